import type { Construct } from "constructs";
import type { ICluster } from "../cluster";
import type { PoolSettings } from "./pool-settings";
import { ServiceRole } from "./service-role";

/** What the VPC CNI needs; on the role of the nodes only where the CNI has none of its own. */
export const CNI_POLICY = "AmazonEKS_CNI_Policy";

/** The role of a pool's instances: join the cluster and pull images, nothing of what pods need. */
export function defineNodeRole(scope: Construct, cluster: ICluster, settings: PoolSettings): ServiceRole {
  const { identity } = cluster;
  return new ServiceRole(scope, "NodeRole", {
    identity,
    purpose: `node-${settings.poolName}`,
    description: `Nodes of pool ${settings.poolName} of ${identity.project}/${identity.stage}`,
    service: "ec2.amazonaws.com",
    managedPolicies: [
      "AmazonEKSWorkerNodePolicy",
      "AmazonEC2ContainerRegistryPullOnly",
      ...(cluster.cniUsesNodeRole ? [CNI_POLICY] : []),
      ...(settings.sessionManager ? ["AmazonSSMManagedInstanceCore"] : []),
    ],
  });
}
