import { resourceRule } from "../../engine/rule";
import type { TerraformJson } from "../../engine/rule";
import { fail, pass, unknown } from "../../engine/verdict";

const entry = (principal: string): TerraformJson => ({
  resource: { aws_eks_access_entry: { team: { cluster_name: "atlas-prod", principal_arn: principal } } },
});

/** A reference to a role, or the ARN of one, passes. */
export const eksAccessForRoles = resourceRule({
  id: "FD-EKS-012",
  slug: "eks-access-for-roles",
  title: "Access entries are for roles, not for users or whole accounts",
  severity: "medium",
  packs: ["baseline", "cis-eks"],
  why: "A user's keys never expire and are copied about, while a role is taken on for an hour by somebody who has just signed in.",
  fix: "Name the ARN of an IAM role in `principal_arn`.",
  types: ["aws_eks_access_entry"],
  judge: (entry, { graph }) => {
    const principal = entry.at("principal_arn");
    const about = { attribute: principal.path };
    const message = `\`${principal.path}\` must be a role, got ${principal.toString()}`;
    const targets = graph.targets(principal);
    if (targets.some(({ type }) => type === "aws_iam_user")) return fail(message, about);
    if (targets.some(({ type }) => type === "aws_iam_role")) return pass();
    if (/:(user\/|root$)/.test(principal.text ?? "")) return fail(message, about);
    return principal.text?.includes(":role/") ? pass() : unknown(message, about);
  },
  examples: {
    failing: { terraform: entry("arn:aws:iam::111111111111:user/alice") },
    passing: { terraform: entry("arn:aws:iam::111111111111:role/ml-engineer") },
    unknown: { terraform: entry("${var.principal}") },
  },
});
