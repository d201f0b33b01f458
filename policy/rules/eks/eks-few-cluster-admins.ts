import { resourceRule } from "../../engine/rule";
import type { TerraformJson } from "../../engine/rule";
import { fail, notApplicable, pass, unknown } from "../../engine/verdict";

const POLICY = "AmazonEKSClusterAdminPolicy";

const cluster = (...policies: readonly string[]): TerraformJson => ({
  resource: {
    aws_eks_cluster: { main: { name: "atlas-prod" } },
    aws_eks_access_policy_association: Object.fromEntries(
      policies.map((policy, index) => [
        `role${index}`,
        {
          cluster_name: "${aws_eks_cluster.main.name}",
          principal_arn: `arn:aws:iam::111111111111:role/role-${index}`,
          policy_arn: policy,
          access_scope: { type: "cluster" },
        },
      ]),
    ),
  },
});

const policy = (name: string): string => `arn:aws:eks::aws:cluster-access-policy/${name}`;

/** How many are too many is a threshold of the stage: `maxClusterAdmins`. */
export const eksFewClusterAdmins = resourceRule({
  id: "FD-EKS-011",
  slug: "eks-few-cluster-admins",
  title: "Few principals administer the whole cluster",
  severity: "medium",
  packs: ["baseline", "cis-eks"],
  why: "Each administrator can read every secret and run pods as any role, so that their number is how many accounts an attacker may start from.",
  fix: `Associate a policy with fewer rights, or the scope of a namespace; keep ${POLICY} for those who run the platform.`,
  types: ["aws_eks_cluster"],
  judge: (cluster, { graph, thresholds }) => {
    const all = graph.linked(cluster, "aws_eks_access_policy_association", "cluster_name");
    if (all.length === 0) return notApplicable();
    const admins = all.filter((one) => one.at("policy_arn").text?.endsWith(`/${POLICY}`));
    const most = thresholds.maxClusterAdmins;
    const open = all.filter((one) => one.at("policy_arn").unknown);
    const message = `at most ${most} principals may have ${POLICY}, got ${admins.length}`;
    if (admins.length > most) {
      const names = admins.map((one) => one.at("principal_arn").toString()).join(", ");
      return fail(`${message}: ${names}`);
    }
    return admins.length + open.length > most
      ? unknown(`${message}, and ${open.length} whose policy is known only after apply`)
      : pass();
  },
  examples: {
    failing: { terraform: cluster(policy(POLICY), policy(POLICY), policy(POLICY)) },
    passing: { terraform: cluster(policy(POLICY), policy("AmazonEKSViewPolicy")) },
    unknown: { terraform: cluster(policy(POLICY), policy(POLICY), "${var.policy}") },
  },
});
