import { mustNotBe } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import type { Example } from "../../engine/rule";
import { pass } from "../../engine/verdict";

const queue = (managed: unknown): Example => ({
  terraform: { resource: { aws_sqs_queue: { jobs: { name: "atlas-prod-jobs", sqs_managed_sse_enabled: managed } } } },
});

/**
 * SQS encrypts new queues with a key of its own since October 2022, unless it is switched off.
 *
 * @see https://aws.amazon.com/about-aws/whats-new/2022/10/amazon-sqs-announces-server-side-encryption-ssq-managed-sse-sqs-default/
 */
export const queueEncrypted = resourceRule({
  id: "FD-DATA-001",
  slug: "queue-encrypted",
  title: "A queue is encrypted at rest",
  severity: "high",
  packs: ["baseline"],
  why: "Messages, with whatever jobs put into them, lie in the clear for as long as they wait.",
  fix: "Remove `sqs_managed_sse_enabled`, set it to true, or set `kms_master_key_id`.",
  sameAs: { checkov: ["CKV_AWS_27"], trivy: ["AWS-0096"], cdkNag: ["AwsSolutions-SQS2"] },
  types: ["aws_sqs_queue"],
  judge: (resource) =>
    resource.at("kms_master_key_id").text ? pass() : mustNotBe(resource.at("sqs_managed_sse_enabled"), false),
  examples: { failing: queue(false), passing: queue(true), unknown: queue("${var.encrypted}") },
});
