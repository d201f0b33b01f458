import { resourceRule } from "../../engine/rule";
import { fail, pass } from "../../engine/verdict";

/** Also login profiles: their password lies in the state as well. */
export const iamNoAccessKeys = resourceRule({
  id: "FD-IAM-024",
  slug: "iam-no-access-keys",
  title: "No lasting credentials are made",
  severity: "high",
  packs: ["baseline"],
  why: "The key or the password lies in the state in the clear, and whoever finds it there, in a log or in an image can use it.",
  fix: "Use a role: through OpenID Connect for pipelines, Pod Identity for pods, an identity provider for people.",
  sameAs: { checkov: ["CKV2_AWS_22"] },
  types: ["aws_iam_access_key", "aws_iam_user_login_profile", "aws_iam_service_specific_credential", "aws_iam_role"],
  judge: ({ type }) =>
    type === "aws_iam_role" ? pass() : fail("must not be defined: its credentials last and lie in the state"),
  examples: {
    failing: { terraform: { resource: { aws_iam_access_key: { ci: { user: "ci" } } } } },
    passing: { terraform: { resource: { aws_iam_role: { ci: { name: "ci" } } } } },
  },
});
