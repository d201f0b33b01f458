import { resourceRule } from "../../engine/rule";
import { allow, rolePolicy } from "./private/examples";
import { judgeReach } from "./private/judge-reach";
import { POLICY_TYPES } from "./private/policies";

/** Tokens of registries are left out: they only say who asks. */
export const iamNoCredentialsExposure = resourceRule({
  id: "FD-IAM-008",
  slug: "iam-no-credentials-exposure",
  title: "No policy hands out credentials of everyone",
  severity: "high",
  packs: ["baseline"],
  why: "These actions answer with passwords, tokens or sessions, so that their holder goes on as somebody else.",
  fix: "Name the one role, database user or instance in `Resource`.",
  sameAs: { checkov: ["CKV_AWS_287"] },
  types: POLICY_TYPES,
  judge: judgeReach("credentials", "on every resource: it hands out credentials"),
  examples: {
    failing: rolePolicy(allow("sts:AssumeRole", "*")),
    passing: rolePolicy(allow("sts:AssumeRole", "arn:aws:iam::111111111111:role/atlas-prod-reader")),
  },
});
