import type { EksCluster, GpuNodePool } from "../../constructs";

/**
 * RTX PRO 4500 (G7), for which EKS's image has no driver yet: with an image of one's own, built from EKS's with driver 595 or
 * newer. EKS does not update these nodes: build an image for each Kubernetes version.
 */
export function addPool(cluster: EksCluster): GpuNodePool {
  return cluster.addGpuNodePool("OwnImagePool", {
    poolName: "own-image",
    instanceTypes: ["g7.2xlarge", "g7.4xlarge"],
    maxSize: 2,
    ownImage: { imageId: "ami-0123456789abcdef0" },
  });
}
