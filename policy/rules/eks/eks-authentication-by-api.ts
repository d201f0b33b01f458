import { mustBe } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import type { TerraformJson } from "../../engine/rule";

const cluster = (access: object): TerraformJson => ({
  resource: { aws_eks_cluster: { main: { name: "atlas-prod", access_config: access } } },
});

/** EKS reads the ConfigMap alone unless told otherwise, so an absent argument fails too. */
export const eksAuthenticationByApi = resourceRule({
  id: "FD-EKS-007",
  slug: "eks-authentication-by-api",
  title: "Access entries alone decide who gets into the cluster",
  severity: "medium",
  packs: ["baseline", "cis-eks"],
  why: "Whoever may edit the ConfigMap `aws-auth` in the cluster can make themselves its administrator, and one typo in it locks everybody out.",
  fix: 'Set `access_config.authentication_mode` to "API", once every principal has an access entry.',
  types: ["aws_eks_cluster"],
  judge: (cluster) => mustBe(cluster.at("access_config.authentication_mode"), "API"),
  examples: {
    failing: { terraform: cluster({ authentication_mode: "API_AND_CONFIG_MAP" }) },
    passing: { terraform: cluster({ authentication_mode: "API" }) },
    unknown: { terraform: cluster({ authentication_mode: "${var.mode}" }) },
  },
});
