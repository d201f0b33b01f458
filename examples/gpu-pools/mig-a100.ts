import type { EksCluster, GpuNodePool } from "../../constructs";

/**
 * Many small experiments with GPUs of their own: each A100 with 40 GB is cut into seven instances, 56 on a node.
 *
 * Memory and faults are kept apart. Pods ask for `nvidia.com/mig-1g.5gb: 1`. The MIG manager cuts the GPUs after the node has
 * joined, which takes a restart on A100.
 */
export function addPool(cluster: EksCluster): GpuNodePool {
  return cluster.addGpuNodePool("MigA100Pool", {
    poolName: "mig-a100",
    instanceTypes: ["p4d.24xlarge"],
    maxSize: 1,
    sharing: { mig: { profile: "1g.5gb" } },
  });
}
