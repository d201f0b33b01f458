import { resourceRule } from "../../engine/rule";
import type { Example } from "../../engine/rule";
import { mustNotBePublic } from "../private/must-not-be-public";
import { policyForEveryone } from "./private/policy-example";

const policy = (condition: object): Example => policyForEveryone("aws_sqs_queue_policy", "sqs:SendMessage", condition);

/** A statement for everyone is no fault when a condition leaves known accounts or sources only. */
export const queuePolicyNotPublic = resourceRule({
  id: "FD-DATA-002",
  slug: "queue-policy-not-public",
  title: "No policy lets everyone into a queue",
  severity: "high",
  packs: ["baseline"],
  why: "Anyone can put jobs into the queue, or take them out before whoever they were for.",
  fix: "Name accounts, roles or services in `Principal`, or add a condition such as `aws:SourceAccount`.",
  sameAs: { checkov: ["CKV_AWS_168", "CKV_AWS_387"] },
  types: ["aws_sqs_queue_policy", "aws_sqs_queue"],
  judge: (resource, { graph }) => mustNotBePublic(resource, graph),
  examples: {
    failing: policy({}),
    passing: policy({ StringEquals: { "aws:SourceAccount": "111111111111" } }),
    unknown: { terraform: { resource: { aws_sqs_queue_policy: { jobs: { policy: "${var.policy}" } } } } },
  },
});
