import { EksCluster } from "@cdktf/provider-aws/lib/eks-cluster";
import type { ICluster } from "../cluster";
import type { OwnImageOptions } from "../pool-options";

/** IPv4 range of a cluster's services: as told, or as EKS answers for a cluster that is defined in the same code. */
export function serviceCidrOf(cluster: ICluster, ownImage: OwnImageOptions | undefined): string | undefined {
  if (ownImage?.serviceCidr !== undefined) return ownImage.serviceCidr;
  const resource = cluster.node.tryFindChild("Resource");
  return resource instanceof EksCluster ? resource.kubernetesNetworkConfig.serviceIpv4Cidr : undefined;
}
