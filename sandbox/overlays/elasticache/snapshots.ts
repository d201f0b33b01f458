import { AwsFault } from "./aws-fault";
import type { CacheState, ReplicationGroup, Snapshot } from "./cache-state";
import type { Operations } from "./operation";
import { type AnswerFields, listOf } from "./query-answer";

/** Snapshots: those that a deleted replication group leaves behind. */
export const snapshotOperations: Operations = {
  DescribeSnapshots: (input, { state }) => {
    const name = input.text("SnapshotName");
    const group = input.text("ReplicationGroupId");
    const all = name === undefined ? [...state.snapshots.values()] : [findSnapshot(state, name)];
    const found = all.filter((snapshot) => group === undefined || snapshot.group.id === group);
    return {
      Snapshots: listOf(
        found.map((one) => view(state, one)),
        "Snapshot",
      ),
    };
  },
  DeleteSnapshot: (input, { state }) => {
    const snapshot = findSnapshot(state, input.text("SnapshotName") ?? "");
    state.snapshots.delete(snapshot.name);
    state.tags.delete(state.arn("snapshot", snapshot.name));
    return { Snapshot: { ...view(state, snapshot), SnapshotStatus: "deleting" } };
  },
};

/** @throws AwsFault when the name is taken */
export function takeSnapshot(state: CacheState, name: string, group: ReplicationGroup): void {
  if (state.snapshots.has(name)) {
    throw new AwsFault("SnapshotAlreadyExistsFault", `Snapshot with specified name already exists: ${name}`);
  }
  state.snapshots.set(name, { name, group: { ...group } });
  state.tags.set(state.arn("snapshot", name), new Map());
}

function findSnapshot(state: CacheState, name: string): Snapshot {
  const snapshot = state.snapshots.get(name);
  if (snapshot !== undefined) return snapshot;
  throw AwsFault.notFound("SnapshotNotFoundFault", `Snapshot ${name} not found.`);
}

function view(state: CacheState, { name, group }: Snapshot): AnswerFields {
  return {
    SnapshotName: name,
    ReplicationGroupId: group.id,
    ReplicationGroupDescription: group.description,
    SnapshotStatus: "available",
    SnapshotSource: "manual",
    CacheNodeType: group.nodeType,
    Engine: group.engine,
    EngineVersion: `${group.engineVersion}.0`,
    Port: group.port,
    CacheParameterGroupName: group.parameterGroup,
    CacheSubnetGroupName: group.subnetGroup,
    AutoMinorVersionUpgrade: group.autoMinorVersionUpgrade,
    SnapshotRetentionLimit: group.snapshotRetentionLimit,
    SnapshotWindow: group.snapshotWindow,
    NumNodeGroups: group.nodeGroups.length,
    AutomaticFailover: group.automaticFailover ? "enabled" : "disabled",
    NodeSnapshots: listOf([], "NodeSnapshot"),
    KmsKeyId: group.kmsKeyId,
    ARN: state.arn("snapshot", name),
    DataTiering: "disabled",
  };
}
