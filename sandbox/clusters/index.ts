export type { ClusterHealth, ClusterState, NodeCount, PodCounts } from "./cluster-health";
export type { ClusterPlace } from "./cluster-folder";
export { Clusters, type ClustersOptions } from "./clusters";
export type { ControlPlaneSettings, KubernetesRuntime, RunningControlPlane } from "./control-plane-port";
export { endAllLeftovers } from "./end-leftovers";
export { localRuntime } from "./local-runtime";
