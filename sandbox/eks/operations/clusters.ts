import { callerPrincipalArn, requireRole } from "../effects/roles";
import {
  createClusterSecurityGroup,
  deleteClusterSecurityGroup,
  requireSecurityGroups,
} from "../effects/cluster-security-group";
import { describeSubnets } from "../effects/subnets";
import { inUse, invalidParameter, invalidRequest } from "../errors";
import { clusterView } from "../model/cluster-view";
import { newCluster, type ClusterFacts, type CreateClusterInput } from "../model/new-cluster";
import { end, phaseOf, valueAt } from "../model/lifecycle";
import { alive } from "../model/state";
import { supportedVersions } from "../model/versions";
import { DURATIONS } from "../model/timing";
import {
  defaultServiceCidr,
  requireClusterSubnets,
  requireReachableEndpoint,
  requireServiceCidr,
  requireSupportedVersion,
} from "../validation/cluster-rules";
import { grantAccess } from "../model/access";
import { defineOperation } from "./operation";
import { paginate, type PageInput } from "./paginate";

const CREATOR_POLICY = "AmazonEKSClusterAdminPolicy";

export const createCluster = defineOperation<CreateClusterInput, ClusterFacts>({
  mutates: true,
  check({ state, place, now, catalog }, input) {
    const subject = { clusterName: input.name };
    if (state.tryFindCluster(place, input.name, now) !== undefined) {
      throw inUse(`Cluster already exists with name: ${input.name}`, subject);
    }
    if (input.version !== undefined) requireSupportedVersion(catalog, input.version, subject);
    const { resourcesVpcConfig: vpc, kubernetesNetworkConfig: network } = input;
    if ((vpc.subnetIds ?? []).length === 0) throw invalidParameter("Atleast one subnet is required.", subject);
    requireReachableEndpoint(vpc.endpointPublicAccess ?? true, vpc.endpointPrivateAccess ?? false, subject);
    if (network?.ipFamily === "ipv6" && network.serviceIpv4Cidr !== undefined) {
      throw invalidParameter("serviceIpv4Cidr cannot be specified with ipFamily ipv6", subject);
    }
    for (const { resources } of input.encryptionConfig ?? []) {
      if ((resources ?? []).length === 0) {
        throw invalidParameter("encryptionConfig must name the resources to encrypt: [secrets]", subject);
      }
    }
    const { bootstrapClusterCreatorAdminPermissions: bootstrap, authenticationMode } = input.accessConfig ?? {};
    if (bootstrap === false && (authenticationMode ?? "CONFIG_MAP") === "CONFIG_MAP") {
      throw invalidParameter(
        "bootstrapClusterCreatorAdminPermissions must be true if cluster authentication mode is set to CONFIG_MAP",
        subject,
      );
    }
  },
  async gather({ place, now }, input, aws) {
    const subject = { clusterName: input.name };
    const { resourcesVpcConfig: vpc, kubernetesNetworkConfig: network } = input;
    const subnets = await describeSubnets(aws, vpc.subnetIds ?? [], subject);
    requireClusterSubnets(subnets, subject);
    const serviceIpv4Cidr = network?.serviceIpv4Cidr ?? defaultServiceCidr(subnets);
    requireServiceCidr(serviceIpv4Cidr, subnets, subject);
    await requireSecurityGroups(aws, vpc.securityGroupIds ?? [], subject);
    await requireRole(aws, place, { field: "roleArn", arn: input.roleArn, trusts: "eks.amazonaws.com" }, subject);
    const access = input.accessConfig;
    const bootstrap = access?.bootstrapClusterCreatorAdminPermissions ?? true;
    const hasEntries = (access?.authenticationMode ?? "CONFIG_MAP") !== "CONFIG_MAP";
    const creatorArn = bootstrap && hasEntries ? await callerPrincipalArn(aws, place) : undefined;
    const vpcId = subnets[0]?.vpcId ?? "";
    const owner = { ...place, clusterName: input.name, vpcId, now };
    const clusterSecurityGroupId = await createClusterSecurityGroup(aws, owner);
    return { vpcId, clusterSecurityGroupId, serviceIpv4Cidr, creatorArn };
  },
  execute(context, input, facts) {
    const { state, place, now, catalog, ids } = context;
    const version = input.version ?? supportedVersions(catalog)[0] ?? "";
    const cluster = newCluster({ place, now, ids, input, facts, version });
    state.scope(place).clusters.set(input.name, cluster);
    if (facts.creatorArn !== undefined) {
      grantAccess(cluster, { principalArn: facts.creatorArn, policyName: CREATOR_POLICY, place, now, ids });
    }
    return { cluster: clusterView(cluster, now) };
  },
});

export const describeCluster = defineOperation<{ name: string }>({
  mutates: false,
  execute: ({ state, place, now }, { name }) => ({ cluster: clusterView(state.findCluster(place, name, now), now) }),
});

export const listClusters = defineOperation<PageInput>({
  mutates: false,
  execute({ state, place, now }, input) {
    const names = state.clusters(place, now).map((cluster) => cluster.name);
    const { page, nextToken } = paginate(names, input);
    return { clusters: page, nextToken };
  },
});

export const deleteCluster = defineOperation<{ name: string }, { securityGroupDeleted: boolean }>({
  mutates: true,
  check({ state, place, now }, { name }) {
    const cluster = state.findCluster(place, name, now);
    const subject = { clusterName: name };
    const phase = phaseOf(cluster.life, now);
    if (phase !== "ACTIVE") {
      const doing = { CREATING: "its creation", UPDATING: "an update", DELETING: "its deletion", GONE: "its deletion" }[
        phase
      ];
      throw inUse(`Cluster ${name} has ${doing} in progress`, subject);
    }
    const nodegroups = alive(cluster.nodegroups, now).map((nodegroup) => nodegroup.name);
    if (nodegroups.length > 0) {
      throw inUse(`Cluster has nodegroups attached: ${nodegroups.join(", ")}`, subject);
    }
    if (valueAt(cluster.life, now).deletionProtection) {
      throw invalidRequest(`Cluster ${name} has deletion protection enabled: disable it before deleting`, subject);
    }
  },
  async gather({ state, place, now }, { name }, aws) {
    const { clusterSecurityGroupId } = state.findCluster(place, name, now);
    return { securityGroupDeleted: await deleteClusterSecurityGroup(aws, clusterSecurityGroupId) };
  },
  execute({ state, place, now }, { name }) {
    const cluster = state.findCluster(place, name, now);
    end(cluster.life, now, DURATIONS.cluster);
    return { cluster: clusterView(cluster, now) };
  },
});
