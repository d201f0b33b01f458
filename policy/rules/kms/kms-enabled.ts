import { mustNotBe } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import type { Example } from "../../engine/rule";

const key = (enabled: unknown): Example => ({
  terraform: { resource: { aws_kms_key: { data: { is_enabled: enabled } } } },
});

/** On unless told otherwise. */
export const kmsEnabled = resourceRule({
  id: "FD-KMS-003",
  slug: "kms-enabled",
  title: "A KMS key is enabled",
  severity: "medium",
  packs: ["baseline"],
  why: "Nothing that the key encrypts can be read: pods do not start, volumes do not attach, databases stop.",
  fix: "Remove `is_enabled`, or set it to true.",
  sameAs: { checkov: ["CKV_AWS_227"] },
  types: ["aws_kms_key", "aws_kms_replica_key"],
  judge: (resource) => mustNotBe(resource.at(resource.type === "aws_kms_key" ? "is_enabled" : "enabled"), false),
  examples: { failing: key(false), passing: key(true), unknown: key("${var.enabled}") },
});
