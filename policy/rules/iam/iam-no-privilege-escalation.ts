import { resourceRule } from "../../engine/rule";
import { allow, rolePolicy } from "./private/examples";
import { judgeReach } from "./private/judge-reach";
import { POLICY_TYPES } from "./private/policies";

/** One action is enough for a finding: a role can always be had that its holder may take, their own at least. */
export const iamNoPrivilegeEscalation = resourceRule({
  id: "FD-IAM-007",
  slug: "iam-no-privilege-escalation",
  title: "No policy lets its holder take more rights",
  severity: "high",
  packs: ["baseline"],
  why: "Changing policies, trusts, passwords or access keys of anyone is the same as being administrator.",
  fix: "Name the roles or policies that may be changed, and require a permissions boundary on them.",
  sameAs: { checkov: ["CKV_AWS_286"] },
  types: POLICY_TYPES,
  judge: judgeReach("escalation", "on every resource: whoever may do this can take any right"),
  examples: {
    failing: rolePolicy(allow("iam:PutRolePolicy", "*")),
    passing: rolePolicy(allow("iam:PutRolePolicy", "arn:aws:iam::111111111111:role/atlas-prod-*")),
  },
});
