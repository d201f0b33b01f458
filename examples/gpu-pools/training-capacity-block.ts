import type { EksCluster, GpuNodePool } from "../../constructs";

/**
 * Large training for some days, planned ahead: 8 × H100 per node out of a Capacity Block that was bought.
 *
 * EKS starts the nodes when the block begins, if a size is asked for, and scales to zero 40 minutes before it ends: write
 * checkpoints. EC2 puts the nodes of a block side by side itself, so the pool makes no placement group.
 */
export function addPool(cluster: EksCluster): GpuNodePool {
  const [zone = ""] = cluster.vpc.zones;
  return cluster.addGpuNodePool("TrainingBlockPool", {
    poolName: "training-block",
    instanceTypes: ["p5.48xlarge"],
    maxSize: 4,
    capacity: { capacityBlock: { reservationId: "cr-0123456789abcdef0", zone } },
    efa: true,
    localStorage: "raid0",
  });
}
