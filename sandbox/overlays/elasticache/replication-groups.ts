import { identifierOf } from "../overlay";
import { AwsFault } from "./aws-fault";
import type { CacheState, Member, NodeGroup, ReplicationGroup } from "./cache-state";
import type { Operations } from "./operation";
import { listOf } from "./query-answer";
import type { QueryInput } from "./query-input";
import { UNSET, requireSettings, settingsOf } from "./replication-group-input";
import { clusterView, groupView } from "./replication-group-view";
import { takeSnapshot } from "./snapshots";
import { findSubnetGroup } from "./subnet-groups";
import { keepTags } from "./tags";

const GROUP_ID = /^(?!.*--)[a-z][a-z0-9-]{0,39}(?<!-)$/;
const MOST_REPLICAS = 5;

/** Replication groups and the cache clusters they are made of. */
export const replicationGroupOperations: Operations = {
  CreateReplicationGroup: async (input, context) => {
    const { state, seq } = context;
    const id = (input.text("ReplicationGroupId") ?? "").toLowerCase();
    if (!GROUP_ID.test(id))
      throw AwsFault.invalidValue(`The parameter ReplicationGroupId ${id} is not a valid identifier.`);
    if (state.replicationGroups.has(id)) {
      throw new AwsFault("ReplicationGroupAlreadyExists", `Replication group ${id} already exists.`);
    }
    const transitEncryption = input.flag("TransitEncryptionEnabled") ?? false;
    const settings = settingsOf(input, UNSET);
    const parameters = await requireSettings(settings, transitEncryption, context);
    const group: ReplicationGroup = {
      ...settings,
      ...{ id, transitEncryption, parameterGroup: parameters.name },
      transitEncryptionMode: settings.transitEncryptionMode ?? (transitEncryption ? "required" : undefined),
      token: identifierOf(seq, 6),
      port: input.number("Port") ?? 6379,
      clusterMode: parameters.parameters.get("cluster-enabled") === "yes",
      subnetGroup: findSubnetGroup(state, input.text("CacheSubnetGroupName")).name,
      atRestEncryption: input.flag("AtRestEncryptionEnabled") ?? settings.engine === "valkey",
      kmsKeyId: input.text("KmsKeyId"),
      nodeGroups: [],
    };
    const replicas = input.number("ReplicasPerNodeGroup") ?? (input.number("NumCacheClusters") ?? 1) - 1;
    place(state, group, input.number("NumNodeGroups") ?? 1, replicas);
    requireFailover(group);
    state.replicationGroups.set(id, group);
    keepTags(state, state.arn("replicationgroup", id), input);
    return { ReplicationGroup: groupView(state, group) };
  },
  DescribeReplicationGroups: (input, { state }) => {
    const id = input.text("ReplicationGroupId");
    const groups = id === undefined ? [...state.replicationGroups.values()] : [findGroup(state, input)];
    const views = groups.map((group) => groupView(state, group));
    return { ReplicationGroups: listOf(views, "ReplicationGroup") };
  },
  ModifyReplicationGroup: async (input, context) => {
    const group = findGroup(context.state, input);
    const settings = settingsOf(input, group);
    await requireSettings(settings, group.transitEncryption, context);
    requireFailover({ ...group, ...settings });
    Object.assign(group, settings);
    return { ReplicationGroup: groupView(context.state, group) };
  },
  ModifyReplicationGroupShardConfiguration: (input, { state }) => {
    const group = findGroup(state, input);
    const count = input.number("NodeGroupCount") ?? group.nodeGroups.length;
    if (!group.clusterMode) throw AwsFault.invalidCombination("The replication group isn't in cluster mode.");
    const removed = input.list("NodeGroupsToRemove", "NodeGroupToRemove") ?? [];
    group.nodeGroups = group.nodeGroups.filter(({ id }) => !removed.includes(id));
    place(state, group, count, replicasOf(group));
    return { ReplicationGroup: groupView(state, group) };
  },
  IncreaseReplicaCount: (input, { state }) => changeReplicas(input, state, (wanted, present) => wanted > present),
  DecreaseReplicaCount: (input, { state }) => changeReplicas(input, state, (wanted, present) => wanted < present),
  DeleteReplicationGroup: (input, { state }) => {
    const group = findGroup(state, input);
    const snapshot = input.text("FinalSnapshotIdentifier");
    if (snapshot !== undefined) takeSnapshot(state, snapshot, group);
    const view = groupView(state, group);
    state.replicationGroups.delete(group.id);
    state.tags.delete(state.arn("replicationgroup", group.id));
    return { ReplicationGroup: { ...view, Status: "deleting" } };
  },
  DescribeCacheClusters: (input, { state }) => {
    const id = input.text("CacheClusterId")?.toLowerCase();
    const all = [...state.replicationGroups.values()].flatMap((group) =>
      group.nodeGroups.flatMap(({ members }) => members.map((member) => ({ group, member }))),
    );
    const found = all.filter(({ member }) => id === undefined || member.id === id);
    if (id !== undefined && found.length === 0) {
      throw AwsFault.notFound("CacheClusterNotFound", `CacheCluster not found: ${id}`);
    }
    const withNodes = input.flag("ShowCacheNodeInfo") ?? false;
    const views = found.map(({ group, member }) => clusterView(state, group, member, withNodes));
    return { CacheClusters: listOf(views, "CacheCluster") };
  },
};

/** @throws AwsFault when there is none */
export function findGroup(state: CacheState, input: QueryInput): ReplicationGroup {
  const id = input.text("ReplicationGroupId") ?? "";
  const group = state.replicationGroups.get(id.toLowerCase());
  if (group !== undefined) return group;
  throw AwsFault.notFound("ReplicationGroupNotFoundFault", `ReplicationGroup ${id} not found.`);
}

function requireFailover(group: ReplicationGroup): void {
  if (group.clusterMode && !group.automaticFailover) {
    throw AwsFault.invalidCombination("AutomaticFailover must be enabled for replication groups in cluster mode.");
  }
  if (group.automaticFailover && !group.clusterMode && replicasOf(group) < 1) {
    const message = "Replication group with automatic failover enabled must have at least 2 cache clusters.";
    throw AwsFault.invalidCombination(message);
  }
}

function changeReplicas(
  input: QueryInput,
  state: CacheState,
  fits: (wanted: number, present: number) => boolean,
): { ReplicationGroup: ReturnType<typeof groupView> } {
  const group = findGroup(state, input);
  const present = replicasOf(group);
  const wanted = input.number("NewReplicaCount") ?? present;
  if (!fits(wanted, present)) {
    throw new AwsFault("NoOperationFault", `The replication group has ${present} replicas: nothing would change.`);
  }
  if (wanted < 1 && group.automaticFailover && !group.clusterMode) {
    throw AwsFault.invalidCombination("At least one replica must stay while AutomaticFailover is enabled.");
  }
  place(state, group, group.nodeGroups.length, wanted);
  return { ReplicationGroup: groupView(state, group) };
}

function replicasOf({ nodeGroups }: ReplicationGroup): number {
  return (nodeGroups[0]?.members.length ?? 1) - 1;
}

/** Gives the group that many node groups and replicas, spread over the zones of its subnets. */
function place(state: CacheState, group: ReplicationGroup, nodeGroups: number, replicas: number): void {
  if (nodeGroups > 1 && !group.clusterMode) {
    const message = "More than one node group needs a parameter group with cluster-enabled=yes.";
    throw AwsFault.invalidCombination(message);
  }
  if (replicas < 0 || replicas > MOST_REPLICAS) {
    throw AwsFault.invalidValue(`Replica count must be between 0 and ${MOST_REPLICAS}.`);
  }
  const zones = findSubnetGroup(state, group.subnetGroup).subnets.map(({ zone }) => zone);
  const kept = group.nodeGroups.map(({ id }) => id);
  const ids = Array.from({ length: Math.max(nodeGroups, kept.length) }, (_, index) => numbered(index + 1, 4));
  group.nodeGroups = [...new Set([...kept, ...ids])].slice(0, nodeGroups).map((id, shard): NodeGroup => {
    const prefix = group.clusterMode ? `${group.id}-${id}` : group.id;
    const members = Array.from({ length: 1 + replicas }, (_, index): Member => {
      const zone = zones[(shard + index) % Math.max(zones.length, 1)] ?? "";
      return { id: `${prefix}-${numbered(index + 1, 3)}`, zone };
    });
    return { id, members };
  });
}

function numbered(number: number, digits: number): string {
  return String(number).padStart(digits, "0");
}
