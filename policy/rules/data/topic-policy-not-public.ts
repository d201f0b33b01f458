import { resourceRule } from "../../engine/rule";
import type { Example } from "../../engine/rule";
import { mustNotBePublic } from "../private/must-not-be-public";
import { policyForEveryone } from "./private/policy-example";

const policy = (condition: object): Example => policyForEveryone("aws_sns_topic_policy", "sns:Publish", condition);

/** A statement for everyone is no fault when a condition leaves known accounts or sources only. */
export const topicPolicyNotPublic = resourceRule({
  id: "FD-DATA-004",
  slug: "topic-policy-not-public",
  title: "No policy lets everyone into a topic",
  severity: "high",
  packs: ["baseline"],
  why: "Anyone can send alarms and events that are taken for real, or have them all sent to themselves.",
  fix: "Name accounts, roles or services in `Principal`, or add a condition such as `aws:SourceAccount`.",
  sameAs: { checkov: ["CKV_AWS_169"] },
  types: ["aws_sns_topic_policy", "aws_sns_topic"],
  judge: (resource, { graph }) => mustNotBePublic(resource, graph),
  examples: {
    failing: policy({}),
    passing: policy({ StringEquals: { "aws:SourceAccount": "111111111111" } }),
    unknown: { terraform: { resource: { aws_sns_topic_policy: { jobs: { policy: "${var.policy}" } } } } },
  },
});
