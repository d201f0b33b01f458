import type { Construct } from "constructs";
import type { ICluster } from "../cluster";
import { ServiceRole } from "./service-role";

/** What the VPC CNI needs; on the role of the nodes only where the CNI has none of its own. */
export const CNI_POLICY = "AmazonEKS_CNI_Policy";

/** What tells the role of one kind of nodes from another's. */
export interface NodeRoleProps {
  /** Last part of the role's name. */
  readonly purpose: string;
  /** What the role is for, as a sentence. */
  readonly description: string;
  /** Whether people may open a shell on the nodes. */
  readonly sessionManager: boolean;
}

/** The role of instances: join the cluster and pull images, nothing of what pods need. */
export function defineNodeRole(scope: Construct, cluster: ICluster, props: NodeRoleProps): ServiceRole {
  const { purpose, description, sessionManager } = props;
  const role = new ServiceRole(scope, "NodeRole", {
    identity: cluster.identity,
    purpose,
    description,
    service: "ec2.amazonaws.com",
    managedPolicies: [
      "AmazonEKSWorkerNodePolicy",
      "AmazonEC2ContainerRegistryPullOnly",
      ...(cluster.cniUsesNodeRole ? [CNI_POLICY] : []),
      ...(sessionManager ? ["AmazonSSMManagedInstanceCore"] : []),
    ],
  });
  // The first pull of an image makes its repository, which the managed policy does not allow.
  cluster.imageCaches.forEach((cache) => cache.grantPull(role));
  return role;
}
