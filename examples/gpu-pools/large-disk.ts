import type { EksCluster, GpuNodePool } from "../../constructs";

/**
 * Images of 30 GiB and models on disk: a root disk of 2 TiB, where local disks would be lost with the instance.
 */
export function addPool(cluster: EksCluster): GpuNodePool {
  return cluster.addGpuNodePool("LargeDiskPool", {
    poolName: "large-disk",
    instanceTypes: ["g6.12xlarge"],
    maxSize: 2,
    diskGiB: 2048,
  });
}
