import type { EksCluster, GpuNodePool } from "../../constructs";

/**
 * Serving of mid-sized models on shares of an H100: two instances with 40 GB each, on the smallest type that has one.
 */
export function addPool(cluster: EksCluster): GpuNodePool {
  return cluster.addGpuNodePool("MigH100Pool", {
    poolName: "mig-h100",
    instanceTypes: ["p5.4xlarge"],
    maxSize: 3,
    sharing: { mig: { profile: "3g.40gb" } },
  });
}
