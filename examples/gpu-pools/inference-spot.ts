import type { EksCluster, GpuNodePool } from "../../constructs";

/**
 * Inference that survives the loss of a node: L4 GPUs from spare capacity, at a fraction of the price.
 *
 * Several types with one GPU each: when one runs short, EKS takes another. Not for work that cannot be interrupted within
 * two minutes.
 */
export function addPool(cluster: EksCluster): GpuNodePool {
  return cluster.addGpuNodePool("InferenceSpotPool", {
    poolName: "inference-spot",
    instanceTypes: ["g6.xlarge", "g6.2xlarge", "g6.4xlarge", "gr6.4xlarge"],
    capacity: "spot",
    maxSize: 10,
    labels: { workload: "inference" },
  });
}
