import { resourceRule } from "../../engine/rule";
import { allow, rolePolicy } from "./private/examples";
import { judgeReach } from "./private/judge-reach";
import { POLICY_TYPES } from "./private/policies";

/** What IAM counts as the management of permissions, without the actions of `iam-no-privilege-escalation`. */
export const iamNoPermissionsManagement = resourceRule({
  id: "FD-IAM-010",
  slug: "iam-no-permissions-management",
  title: "No policy gives away access to everything",
  severity: "high",
  packs: ["baseline"],
  why: "Policies of buckets, keys, queues and repositories can then be changed so that other accounts or anybody gets in.",
  fix: "Name the resources whose permissions may be changed.",
  sameAs: { checkov: ["CKV_AWS_289"] },
  types: POLICY_TYPES,
  judge: judgeReach("permissions", "on every resource: it changes who has access"),
  examples: {
    failing: rolePolicy(allow("s3:PutBucketPolicy", "*")),
    passing: rolePolicy(allow("s3:PutBucketPolicy", "arn:aws:s3:::atlas-prod-models")),
  },
});
