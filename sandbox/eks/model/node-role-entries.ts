import { addAccessEntry } from "./access";
import type { Place } from "./arns";
import type { IdFactory } from "./ids";
import { valueAt } from "./lifecycle";
import type { ClusterRecord, NodegroupRecord } from "./types";

/** EKS lets nodes join by an access entry that it makes for their role, unless the cluster uses the ConfigMap only. */
export function addNodeRoleEntry(
  cluster: ClusterRecord,
  nodegroup: NodegroupRecord,
  made: { readonly place: Place; readonly now: number; readonly ids: IdFactory },
): void {
  if (valueAt(cluster.life, made.now).authenticationMode === "CONFIG_MAP") return;
  if (cluster.accessEntries.has(nodegroup.nodeRole)) return;
  const type = nodegroup.amiType.startsWith("WINDOWS") ? "EC2_WINDOWS" : "EC2_LINUX";
  addAccessEntry(cluster, { ...made, principalArn: nodegroup.nodeRole, type, ownedByNodegroups: true });
}

/** Removes that entry with the last node group of the role. */
export function dropNodeRoleEntry(cluster: ClusterRecord, nodegroup: NodegroupRecord): void {
  const others = [...cluster.nodegroups.values()].filter(
    (other) => other !== nodegroup && other.nodeRole === nodegroup.nodeRole && other.life.deletedAt === undefined,
  );
  const entry = cluster.accessEntries.get(nodegroup.nodeRole);
  if (others.length === 0 && entry?.ownedByNodegroups === true) cluster.accessEntries.delete(nodegroup.nodeRole);
}
