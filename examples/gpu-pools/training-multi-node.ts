import type { EksCluster, GpuNodePool } from "../../constructs";

/**
 * Training on several nodes without a reservation: A100 nodes on demand, side by side, with four EFA interfaces each.
 *
 * For NCCL jobs that fit on a few nodes. A pod asks for `nvidia.com/gpu: 8` and `vpc.amazonaws.com/efa: 4`.
 */
export function addPool(cluster: EksCluster): GpuNodePool {
  return cluster.addGpuNodePool("TrainingMultiNodePool", {
    poolName: "training-multi-node",
    instanceTypes: ["p4d.24xlarge"],
    maxSize: 4,
    maxGpus: 32,
    zones: cluster.vpc.zones.slice(0, 1),
    efa: true,
    localStorage: "raid0",
  });
}
