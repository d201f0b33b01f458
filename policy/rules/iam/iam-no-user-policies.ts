import { resourceRule } from "../../engine/rule";
import { fail, notApplicable, pass } from "../../engine/verdict";

/** What a policy says is judged by other rules; this one is about whom it is given to. */
export const iamNoUserPolicies = resourceRule({
  id: "FD-IAM-023",
  slug: "iam-no-user-policies",
  title: "Policies belong to roles and groups, not to single users",
  severity: "low",
  packs: ["baseline"],
  why: "Rights of single users are forgotten when people change teams, and nobody sees who may do what.",
  fix: "Attach the policy to a role, or to a group that the user is in.",
  sameAs: { checkov: ["CKV_AWS_40"], trivy: ["AWS-0143"] },
  types: [
    "aws_iam_user_policy",
    "aws_iam_user_policy_attachment",
    "aws_iam_policy_attachment",
    "aws_iam_role_policy_attachment",
    "aws_iam_group_policy_attachment",
  ],
  judge: (resource) => {
    if (/^aws_iam_(role|group)_policy_attachment$/.test(resource.type)) return pass();
    if (resource.type !== "aws_iam_policy_attachment") return fail("must not give rights to a single user");
    const users = resource.at("users");
    if (users.absent) return notApplicable();
    return users.items.length === 0 && !users.unknown
      ? pass()
      : fail(`\`users\` must not be set, got ${users.toString()}`, { attribute: "users" });
  },
  examples: {
    failing: {
      terraform: {
        resource: {
          aws_iam_user_policy_attachment: { ci: { user: "ci", policy_arn: "arn:aws:iam::aws:policy/ReadOnlyAccess" } },
        },
      },
    },
    passing: {
      terraform: {
        resource: {
          aws_iam_group_policy_attachment: {
            ci: { group: "ci", policy_arn: "arn:aws:iam::aws:policy/ReadOnlyAccess" },
          },
        },
      },
    },
  },
});
