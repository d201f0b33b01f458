import { inUse, invalidRequest } from "../errors";
import { phaseOf } from "../model/lifecycle";
import type { ClusterRecord } from "../model/types";

/** Things are made in a cluster only while it stands. */
export function requireStandingCluster(cluster: ClusterRecord, now: number): void {
  const phase = phaseOf(cluster.life, now);
  if (phase === "ACTIVE" || phase === "UPDATING") return;
  throw invalidRequest(`Cluster '${cluster.name}' is not in ACTIVE status: ${phase}`, { clusterName: cluster.name });
}

/** A cluster takes one update at a time. */
export function requireIdleCluster(cluster: ClusterRecord, updateType: string, now: number): void {
  requireStandingCluster(cluster, now);
  if (phaseOf(cluster.life, now) !== "UPDATING") return;
  throw inUse(
    `Cannot ${updateType} because cluster ${cluster.name} currently has update ${cluster.life.pending?.updateId ?? ""} in progress`,
    { clusterName: cluster.name },
  );
}
