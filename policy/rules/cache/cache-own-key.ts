import { resourceRule } from "../../engine/rule";
import { notApplicable } from "../../engine/verdict";
import { mustBeOwnKey } from "../private/must-be-own-key";
import { exampleCache } from "./private/example-cache";
import { isSecondary } from "./private/is-secondary";

/** A cache that is not encrypted at rest is for another rule. */
export const cacheOwnKey = resourceRule({
  id: "FD-CACHE-002",
  slug: "cache-own-key",
  title: "A cache encrypts with a KMS key of the account's own",
  severity: "low",
  packs: ["mlops"],
  why: "With ElastiCache's own key no key policy keeps anyone from snapshots, and no log tells who read them.",
  fix: "Set `kms_key_id` to an `aws_kms_key`. The replication group is replaced.",
  sameAs: { checkov: ["CKV_AWS_191"] },
  types: ["aws_elasticache_replication_group", "aws_elasticache_serverless_cache"],
  judge: (cache, { graph }) => {
    const isEncrypted = cache.at("engine").literal === "valkey" || cache.type === "aws_elasticache_serverless_cache";
    const isOn = cache.at("at_rest_encryption_enabled").boolean ?? isEncrypted;
    return isOn && !isSecondary(cache) ? mustBeOwnKey(cache.at("kms_key_id"), graph) : notApplicable();
  },
  examples: {
    failing: exampleCache(),
    passing: exampleCache({ kms_key_id: "${aws_kms_key.data.arn}" }),
    unknown: exampleCache({ kms_key_id: "${var.key}" }),
  },
});
