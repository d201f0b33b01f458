import { mustNotBe } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import type { Example } from "../../engine/rule";

const key = (bypass: unknown): Example => ({
  terraform: { resource: { aws_kms_key: { data: { bypass_policy_lockout_safety_check: bypass } } } },
});

/** Not bypassed unless told otherwise. */
export const kmsLockoutCheck = resourceRule({
  id: "FD-KMS-006",
  slug: "kms-lockout-check",
  title: "KMS checks that a key policy leaves somebody who can change it",
  severity: "medium",
  packs: ["baseline"],
  why: "A policy that names nobody who may change it makes the key unmanageable, and only AWS support can help.",
  fix: "Remove `bypass_policy_lockout_safety_check`.",
  types: ["aws_kms_key", "aws_kms_external_key", "aws_kms_replica_key", "aws_kms_key_policy"],
  judge: (resource) => mustNotBe(resource.at("bypass_policy_lockout_safety_check"), true),
  examples: { failing: key(true), passing: key(false), unknown: key("${var.bypass}") },
});
