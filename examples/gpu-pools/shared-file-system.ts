import { SecurityGroup } from "../../constructs";
import type { EksCluster, GpuNodePool } from "../../constructs";

/**
 * Training that reads from a file system which lets in one security group only: the nodes carry that group besides their own.
 */
export function addPool(cluster: EksCluster): GpuNodePool {
  const clients = new SecurityGroup(cluster, "FileSystemClients", {
    identity: cluster.identity,
    vpc: cluster.vpc,
    purpose: "file-system-clients",
    description: "Nodes that mount the shared file system",
  });
  return cluster.addGpuNodePool("FileSystemPool", {
    poolName: "file-system",
    instanceTypes: ["g6.8xlarge", "g6.16xlarge"],
    maxSize: 4,
    securityGroups: [clients],
  });
}
