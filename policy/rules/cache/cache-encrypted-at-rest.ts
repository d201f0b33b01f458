import { must } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import { notApplicable } from "../../engine/verdict";
import { exampleCache } from "./private/example-cache";
import { isSecondary } from "./private/is-secondary";

/**
 * Off unless told otherwise for Redis, on for Valkey.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/at-rest-encryption.html
 */
export const cacheEncryptedAtRest = resourceRule({
  id: "FD-CACHE-001",
  slug: "cache-encrypted-at-rest",
  title: "A cache is encrypted at rest",
  severity: "high",
  packs: ["baseline"],
  why: "Swapped pages and snapshots with features and sessions in them lie in the clear, and that cannot be mended later.",
  fix: "Set `at_rest_encryption_enabled` to true. The replication group is replaced.",
  sameAs: { checkov: ["CKV_AWS_29"], trivy: ["AWS-0045"], cdkNag: ["AwsSolutions-AEC3"] },
  types: ["aws_elasticache_replication_group"],
  judge: (group) => {
    if (isSecondary(group)) return notApplicable();
    const isDefault = group.at("engine").literal === "valkey";
    const holds = (on: unknown): boolean => String(on ?? isDefault) === "true";
    return must(group.at("at_rest_encryption_enabled"), holds, "must be true");
  },
  examples: {
    failing: exampleCache({ engine: "redis", at_rest_encryption_enabled: undefined }),
    passing: exampleCache(),
    unknown: exampleCache({ at_rest_encryption_enabled: "${var.encrypted}" }),
  },
});
