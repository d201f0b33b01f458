import { resourceRule } from "../../engine/rule";
import { allow, rolePolicy } from "./private/examples";
import { judgeReach } from "./private/judge-reach";
import { POLICY_TYPES } from "./private/policies";

/** Off unless asked for: pipelines and dashboards that list settings do no harm by it. */
export const iamNoUnboundedRead = resourceRule({
  id: "FD-IAM-012",
  slug: "iam-no-unbounded-read",
  title: "Reading and tagging name what they are about",
  severity: "low",
  packs: ["strict"],
  why: "What exists in an account, and how it is set up, tells an attacker where to go next.",
  fix: "Name the resources in `Resource`; actions that can name none may keep `*`.",
  sameAs: { checkov: ["CKV_AWS_355"], cdkNag: ["AwsSolutions-IAM5"] },
  types: POLICY_TYPES,
  judge: judgeReach("read", "on every resource: name the resources"),
  examples: {
    failing: rolePolicy(allow("eks:DescribeCluster", "*")),
    passing: rolePolicy(allow(["ec2:DescribeInstances", "ecr:GetAuthorizationToken"], "*")),
  },
});
