import { mustBe } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import type { TerraformJson } from "../../engine/rule";

const cluster = (vpcConfig: object): TerraformJson => ({
  resource: { aws_eks_cluster: { main: { name: "atlas-prod", vpc_config: vpcConfig } } },
});

/** EKS has no endpoint inside the network unless told otherwise, so an absent argument fails too. */
export const eksEndpointInside = resourceRule({
  id: "FD-EKS-019",
  slug: "eks-endpoint-inside",
  title: "Nodes reach the Kubernetes API inside the network",
  severity: "medium",
  packs: ["baseline", "cis-eks"],
  why: "Without an endpoint inside, every node talks to its control plane through the NAT gateway, and a list of networks for the public endpoint must let the nodes in too.",
  fix: "Set `vpc_config.endpoint_private_access` to true.",
  types: ["aws_eks_cluster"],
  judge: (cluster) => mustBe(cluster.at("vpc_config.endpoint_private_access"), true),
  examples: {
    failing: { terraform: cluster({ endpoint_public_access: true }) },
    passing: { terraform: cluster({ endpoint_private_access: true }) },
    unknown: { terraform: cluster({ endpoint_private_access: "${var.private}" }) },
  },
});
