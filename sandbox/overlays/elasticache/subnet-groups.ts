import { AwsFault } from "./aws-fault";
import type { CacheState, SubnetGroup } from "./cache-state";
import { findSubnets } from "./ec2-lookup";
import type { Operations } from "./operation";
import { type AnswerFields, listOf } from "./query-answer";
import { keepTags } from "./tags";

/** Subnet groups. */
export const subnetGroupOperations: Operations = {
  CreateCacheSubnetGroup: async (input, context) => {
    const { state } = context;
    const name = (input.text("CacheSubnetGroupName") ?? "").toLowerCase();
    if (state.subnetGroups.has(name)) {
      throw new AwsFault("CacheSubnetGroupAlreadyExists", `Cache subnet group ${name} already exists.`);
    }
    const found = await findSubnets(input.list("SubnetIds", "SubnetIdentifier") ?? [], context);
    const group = { name, description: input.text("CacheSubnetGroupDescription") ?? "", ...found };
    state.subnetGroups.set(name, group);
    keepTags(state, state.arn("subnetgroup", name), input);
    return { CacheSubnetGroup: view(state, group) };
  },
  ModifyCacheSubnetGroup: async (input, context) => {
    const group = findSubnetGroup(context.state, input.text("CacheSubnetGroupName"));
    const ids = input.list("SubnetIds", "SubnetIdentifier");
    if (ids !== undefined) group.subnets = (await findSubnets(ids, context)).subnets;
    group.description = input.text("CacheSubnetGroupDescription") ?? group.description;
    return { CacheSubnetGroup: view(context.state, group) };
  },
  DescribeCacheSubnetGroups: (input, { state }) => {
    const name = input.text("CacheSubnetGroupName");
    const groups = name === undefined ? [...state.subnetGroups.values()] : [findSubnetGroup(state, name)];
    const views = groups.map((group) => view(state, group));
    return { CacheSubnetGroups: listOf(views, "CacheSubnetGroup") };
  },
  DeleteCacheSubnetGroup: (input, { state }) => {
    const { name } = findSubnetGroup(state, input.text("CacheSubnetGroupName"));
    if ([...state.replicationGroups.values()].some(({ subnetGroup }) => subnetGroup === name)) {
      throw new AwsFault("CacheSubnetGroupInUse", `Cache subnet group ${name} is currently in use by a cache cluster.`);
    }
    state.subnetGroups.delete(name);
    state.tags.delete(state.arn("subnetgroup", name));
    return undefined;
  },
};

/** @throws AwsFault when there is none */
export function findSubnetGroup(state: CacheState, name = ""): SubnetGroup {
  const group = state.subnetGroups.get(name.toLowerCase());
  if (group !== undefined) return group;
  throw new AwsFault("CacheSubnetGroupNotFoundFault", `Cache Subnet Group ${name} does not exist.`);
}

function view(state: CacheState, { name, description, vpcId, subnets }: SubnetGroup): AnswerFields {
  const items = subnets.map(({ id, zone }) => ({
    SubnetIdentifier: id,
    SubnetAvailabilityZone: { Name: zone },
    SupportedNetworkTypes: listOf(["ipv4"]),
  }));
  return {
    CacheSubnetGroupName: name,
    CacheSubnetGroupDescription: description,
    VpcId: vpcId,
    Subnets: listOf(items, "Subnet"),
    ARN: state.arn("subnetgroup", name),
    SupportedNetworkTypes: listOf(["ipv4"]),
  };
}
