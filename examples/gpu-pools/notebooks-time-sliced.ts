import type { EksCluster, GpuNodePool } from "../../constructs";

/**
 * Notebooks: four people on each A10G, most of whom think more than they compute.
 *
 * Pods ask for `nvidia.com/gpu.shared: 1`. Nothing keeps their memory apart: who fills the GPU fails the others. Karpenter does
 * not count shares; let the cluster autoscaler scale this pool.
 */
export function addPool(cluster: EksCluster): GpuNodePool {
  return cluster.addGpuNodePool("NotebooksPool", {
    poolName: "notebooks",
    instanceTypes: ["g5.xlarge", "g5.2xlarge"],
    maxSize: 4,
    sharing: { timeSlicing: { replicas: 4 } },
  });
}
