import type { EksCluster, GpuNodePool } from "../../constructs";

/**
 * A development pool that always has a node by day and none by night or on weekends: 65 of 168 hours a week.
 */
export function addPool(cluster: EksCluster): GpuNodePool {
  return cluster.addGpuNodePool("DevelopmentPool", {
    poolName: "development",
    instanceTypes: ["g6.xlarge", "g6.2xlarge"],
    minSize: 1,
    maxSize: 3,
    offHours: { timeZone: "Europe/Berlin", start: "07:00", stop: "20:00" },
  });
}
