import { resourceRule } from "../../engine/rule";
import { allOf, unknown } from "../../engine/verdict";
import { allow, rolePolicy } from "./private/examples";
import { judgeReach } from "./private/judge-reach";
import { openGrantsOf } from "./private/open-grants";
import { POLICY_TYPES } from "./private/policies";

const judgeGrants = judgeReach("everything", "on every resource: its holder is administrator");

/** Also says, for all rules about what policies allow, which policies cannot be read before they are applied. */
export const iamNoAdminPolicy = resourceRule({
  id: "FD-IAM-001",
  slug: "iam-no-admin-policy",
  title: "No policy allows everything",
  severity: "critical",
  packs: ["baseline"],
  why: "Whoever gets hold of one session with such a policy owns the account, with all its data and all its logs.",
  fix: "List the actions that are needed and name the resources they are needed on.",
  sameAs: { checkov: ["CKV_AWS_62"], trivy: ["AWS-0057"], cdkNag: ["AwsSolutions-IAM5"] },
  types: POLICY_TYPES,
  judge: (resource, context) =>
    allOf(
      judgeGrants(resource, context),
      openGrantsOf(resource, context.graph).incomplete.map((attribute) =>
        unknown(`what \`${attribute}\` allows is known in full only after apply`, { attribute }),
      ),
    ),
  examples: {
    failing: rolePolicy(allow("*", "*")),
    passing: rolePolicy(allow(["s3:GetObject", "s3:ListBucket"], ["arn:aws:s3:::models", "arn:aws:s3:::models/*"])),
    unknown: {
      terraform: {
        resource: {
          aws_iam_role_policy: { trainer: { name: "permissions", role: "trainer", policy: "${var.policy}" } },
        },
      },
    },
  },
});
