import { resourceRule } from "../../engine/rule";
import { allow, rolePolicy } from "./private/examples";
import { judgeReach } from "./private/judge-reach";
import { POLICY_TYPES } from "./private/policies";

/** Reported instead of what the service has in it: secrets, writes and the rest are then no findings of their own. */
export const iamNoWholeService = resourceRule({
  id: "FD-IAM-003",
  slug: "iam-no-whole-service",
  title: "No policy allows all actions of a service on everything",
  severity: "high",
  packs: ["baseline"],
  why: "All actions of a service are reading, deleting and giving away alike, and every action that AWS adds to it later.",
  fix: "List the actions that are needed, or name the resources that all of them may be used on.",
  sameAs: { checkov: ["CKV_AWS_355"], trivy: ["AWS-0345"], cdkNag: ["AwsSolutions-IAM5"] },
  types: POLICY_TYPES,
  judge: judgeReach("service", "on every resource: it is the whole service"),
  examples: {
    failing: rolePolicy(allow("s3:*", "*")),
    passing: rolePolicy(allow("s3:*", ["arn:aws:s3:::models", "arn:aws:s3:::models/*"])),
  },
});
