import type { EksCluster, GpuNodePool } from "../../constructs";

/**
 * Preprocessing and feature extraction that writes much: the local NVMe disks as one scratch volume for images and pods.
 *
 * What is written there is gone with the instance; keep results in an object store.
 */
export function addPool(cluster: EksCluster): GpuNodePool {
  return cluster.addGpuNodePool("PreprocessingPool", {
    poolName: "preprocessing",
    instanceTypes: ["g5.4xlarge", "g5.8xlarge"],
    capacity: "spot",
    maxSize: 4,
    localStorage: "raid0",
  });
}
