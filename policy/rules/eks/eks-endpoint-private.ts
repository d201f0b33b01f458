import { mustBe } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import type { TerraformJson } from "../../engine/rule";

const cluster = (vpcConfig: object): TerraformJson => ({
  resource: { aws_eks_cluster: { main: { name: "atlas-prod", vpc_config: vpcConfig } } },
});

/** EKS opens the endpoint to the internet unless told otherwise, so an absent argument fails too. */
export const eksEndpointPrivate = resourceRule({
  id: "FD-EKS-001",
  slug: "eks-endpoint-private",
  title: "The Kubernetes API cannot be reached from the internet",
  severity: "critical",
  packs: ["baseline", "cis-eks"],
  why: "Whoever holds a token, or finds a hole in the API server, can use it from anywhere once its endpoint is public.",
  fix: "Set `vpc_config.endpoint_public_access` to false and reach the endpoint from inside the network.",
  sameAs: { checkov: ["CKV_AWS_39"], trivy: ["AWS-0040"], cdkNag: ["AwsSolutions-EKS1"] },
  types: ["aws_eks_cluster"],
  judge: (cluster) => mustBe(cluster.at("vpc_config.endpoint_public_access"), false),
  examples: {
    failing: { terraform: cluster({ endpoint_private_access: true }) },
    passing: { terraform: cluster({ endpoint_private_access: true, endpoint_public_access: false }) },
    unknown: { terraform: cluster({ endpoint_public_access: "${var.public}" }) },
  },
});
