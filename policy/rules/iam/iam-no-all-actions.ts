import { resourceRule } from "../../engine/rule";
import { allow, rolePolicy } from "./private/examples";
import { judgeReach } from "./private/judge-reach";
import { POLICY_TYPES } from "./private/policies";

/** Whether what it names is everything is judged by `iam-no-admin-policy`. */
export const iamNoAllActions = resourceRule({
  id: "FD-IAM-002",
  slug: "iam-no-all-actions",
  title: "No policy allows every action on what it names",
  severity: "high",
  packs: ["baseline"],
  why: "A policy that allows `*` on one bucket also lets its holder delete it, open it to others and turn its protection off.",
  fix: "List the actions that are needed.",
  sameAs: { checkov: ["CKV_AWS_63"], cdkNag: ["AwsSolutions-IAM5"] },
  types: POLICY_TYPES,
  judge: judgeReach("all-actions", "on the resources it names: list actions"),
  examples: {
    failing: rolePolicy(allow("*", "arn:aws:s3:::models/*")),
    passing: rolePolicy(allow("s3:GetObject", "arn:aws:s3:::models/*")),
  },
});
