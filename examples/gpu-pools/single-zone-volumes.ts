import type { EksCluster, GpuNodePool } from "../../constructs";

/**
 * Work on EBS volumes: a volume lies in one zone, so the nodes that use it stay there.
 */
export function addPool(cluster: EksCluster): GpuNodePool {
  return cluster.addGpuNodePool("SingleZonePool", {
    poolName: "single-zone",
    instanceTypes: ["g6.4xlarge", "g6.8xlarge"],
    maxSize: 2,
    zones: cluster.vpc.zones.slice(0, 1),
  });
}
