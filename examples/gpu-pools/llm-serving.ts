import type { EksCluster, GpuNodePool } from "../../constructs";

/**
 * Serving of large language models: four L40S with 48 GB each on a node, for models that do not fit on one GPU.
 *
 * One node stays up, so that the first request of the morning does not wait for a node and a model.
 */
export function addPool(cluster: EksCluster): GpuNodePool {
  return cluster.addGpuNodePool("LlmServingPool", {
    poolName: "llm-serving",
    instanceTypes: ["g6e.12xlarge"],
    minSize: 1,
    maxSize: 3,
    maxGpus: 12,
    diskGiB: 500,
    labels: { workload: "llm" },
  });
}
