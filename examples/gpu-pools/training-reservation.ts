import { CapacityReservation } from "../../constructs";
import type { EksCluster, GpuNodePool } from "../../constructs";

/**
 * Training that runs every week and must not wait for capacity: H200 nodes that are held, and paid, for this pool alone.
 *
 * The reservation is made side by side, in a placement group of its own, which the pool starts in.
 */
export function addPool(cluster: EksCluster): GpuNodePool {
  const [zone = ""] = cluster.vpc.zones;
  const reservation = new CapacityReservation(cluster, "TrainingReservation", {
    identity: cluster.identity,
    purpose: "training-p5en",
    instanceType: "p5en.48xlarge",
    zone,
    instanceCount: 2,
    clusterPlacement: true,
  });
  return cluster.addGpuNodePool("TrainingReservedPool", {
    poolName: "training-reserved",
    instanceTypes: ["p5en.48xlarge"],
    maxSize: 2,
    capacity: { reservation },
    efa: true,
    localStorage: "raid0",
  });
}
