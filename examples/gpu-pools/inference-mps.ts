import type { EksCluster, GpuNodePool } from "../../constructs";

/**
 * Several small models on one L40S that compute at the same time: MPS gives each its share of memory and threads.
 *
 * Better than turns when every request keeps only a part of the GPU busy. Pods ask for `nvidia.com/gpu.shared: 1`.
 */
export function addPool(cluster: EksCluster): GpuNodePool {
  return cluster.addGpuNodePool("InferenceMpsPool", {
    poolName: "inference-mps",
    instanceTypes: ["g6e.xlarge", "g6e.2xlarge"],
    maxSize: 4,
    sharing: { mps: { replicas: 6 } },
  });
}
