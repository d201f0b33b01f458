import { resourceRule } from "../../engine/rule";
import { allow, rolePolicy } from "./private/examples";
import { judgeReach } from "./private/judge-reach";
import { POLICY_TYPES } from "./private/policies";

/** A condition on the service alone does not help: an instance with the strongest role is one call away. */
export const iamPassRoleNamed = resourceRule({
  id: "FD-IAM-006",
  slug: "iam-pass-role-named",
  title: "Roles that may be passed to services are named",
  severity: "high",
  packs: ["baseline"],
  why: "Whoever may pass any role to a service they can start something in works with the rights of the strongest role of the account.",
  fix: "Name the roles in `Resource`, and the services in a condition on `iam:PassedToService`.",
  sameAs: { checkov: ["CKV_AWS_286"], trivy: ["AWS-0342"] },
  types: POLICY_TYPES,
  judge: judgeReach("pass-role", "on every role: name the roles"),
  examples: {
    failing: rolePolicy(allow("iam:PassRole", "*")),
    passing: rolePolicy(allow("iam:PassRole", "arn:aws:iam::111111111111:role/atlas-prod-node")),
  },
});
