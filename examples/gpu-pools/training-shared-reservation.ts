import type { EksCluster, GpuNodePool } from "../../constructs";

/**
 * Training on B200 out of a reservation that another team made and shared with this account: by its id, in the placement
 * group that it was made in.
 */
export function addPool(cluster: EksCluster): GpuNodePool {
  const [zone = ""] = cluster.vpc.zones;
  const reservation = {
    reservationId: "cr-0fedcba9876543210",
    zone,
    placementGroupName: "research-b200",
  };
  return cluster.addGpuNodePool("TrainingSharedPool", {
    poolName: "training-shared",
    instanceTypes: ["p6-b200.48xlarge"],
    maxSize: 2,
    capacity: { reservation },
    efa: true,
    localStorage: "raid0",
  });
}
