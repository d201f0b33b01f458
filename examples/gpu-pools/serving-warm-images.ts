import type { EksCluster, GpuNodePool } from "../../constructs";

/**
 * Serving that must start within a minute: Bottlerocket nodes whose images are on the disk already, from a snapshot.
 *
 * The snapshot is one of Bottlerocket's data volume after the images were pulled; EBS loads it at 300 MiB per second. Make a
 * new one with each release of the images.
 */
export function addPool(cluster: EksCluster): GpuNodePool {
  return cluster.addGpuNodePool("WarmImagesPool", {
    poolName: "warm-images",
    instanceTypes: ["g6.2xlarge", "g6.4xlarge"],
    maxSize: 6,
    operatingSystem: "bottlerocket",
    diskGiB: 300,
    imageVolume: { snapshotId: "snap-0123456789abcdef0", initializationRateMiBps: 300 },
  });
}
