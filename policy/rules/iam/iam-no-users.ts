import { resourceRule } from "../../engine/rule";
import { fail } from "../../engine/verdict";

/** Every user is one too many, so that there is nothing to set right on it. */
export const iamNoUsers = resourceRule({
  id: "FD-IAM-022",
  slug: "iam-no-users",
  title: "People and programs have roles, not users",
  severity: "low",
  packs: ["baseline"],
  why: "Credentials of users last until somebody takes them away; those of a role are gone within hours.",
  fix: "Let people in through an identity provider, pipelines through OpenID Connect and pods through Pod Identity.",
  sameAs: { checkov: ["CKV_AWS_273"] },
  types: ["aws_iam_user", "aws_iam_role"],
  judge: ({ type }) => (type === "aws_iam_user" ? fail("must not be defined: use a role") : { outcome: "pass" }),
  examples: {
    failing: { terraform: { resource: { aws_iam_user: { pipeline: { name: "pipeline" } } } } },
    passing: { terraform: { resource: { aws_iam_role: { pipeline: { name: "pipeline" } } } } },
  },
});
