import { mustBe } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import type { TerraformJson } from "../../engine/rule";

const cluster = (about: object): TerraformJson => ({
  resource: { aws_eks_cluster: { main: { name: "atlas-prod", ...about } } },
});

/** EKS lets clusters run into extended support unless told otherwise, so an absent argument fails too. */
export const eksUpgradePolicyStandard = resourceRule({
  id: "FD-EKS-009",
  slug: "eks-upgrade-policy-standard",
  title: "The cluster does not slip into extended support by itself",
  severity: "low",
  packs: ["cost"],
  why: "With the policy EXTENDED, which is the default, a cluster that nobody upgrades starts to cost several times as much without a word.",
  fix: 'Set `upgrade_policy.support_type` to "STANDARD"; EKS then upgrades the cluster when standard support ends.',
  types: ["aws_eks_cluster"],
  judge: (cluster) => mustBe(cluster.at("upgrade_policy.support_type"), "STANDARD"),
  examples: {
    failing: { terraform: cluster({}) },
    passing: { terraform: cluster({ upgrade_policy: { support_type: "STANDARD" } }) },
    unknown: { terraform: cluster({ upgrade_policy: { support_type: "${var.support}" } }) },
  },
});
