import { resourceRule } from "../../engine/rule";
import { allow, rolePolicy } from "./private/examples";
import { judgeReach } from "./private/judge-reach";
import { POLICY_TYPES } from "./private/policies";

/** Actions that can name no resource pass: nothing else can be written for them. */
export const iamNoUnboundedWrite = resourceRule({
  id: "FD-IAM-011",
  slug: "iam-no-unbounded-write",
  title: "No policy changes or deletes whatever there is",
  severity: "medium",
  packs: ["baseline"],
  why: "One mistake of a script, or one stolen session, reaches the resources of every project in the account.",
  fix: "Name the resources: a log group by its ARN, for example. Or bound them by a condition: on their tags, or for network interfaces on their subnet (`ec2:Subnet`).",
  sameAs: { checkov: ["CKV_AWS_290"] },
  types: POLICY_TYPES,
  judge: judgeReach("write", "on every resource: it creates, changes or deletes them"),
  examples: {
    failing: rolePolicy(allow("ec2:TerminateInstances", "*")),
    passing: rolePolicy(
      allow("ec2:TerminateInstances", "arn:aws:ec2:us-east-1:111111111111:instance/i-0123456789abcdef0"),
    ),
  },
});
