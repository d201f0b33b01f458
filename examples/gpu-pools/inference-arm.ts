import type { EksCluster, GpuNodePool } from "../../constructs";

/**
 * Light inference on Arm: T4G GPUs beside Graviton processors, the cheapest NVIDIA GPU there is. Images must be built for
 * arm64.
 */
export function addPool(cluster: EksCluster): GpuNodePool {
  return cluster.addGpuNodePool("InferenceArmPool", {
    poolName: "inference-arm",
    instanceTypes: ["g5g.xlarge", "g5g.2xlarge"],
    capacity: "spot",
    maxSize: 4,
    operatingSystem: "bottlerocket",
  });
}
