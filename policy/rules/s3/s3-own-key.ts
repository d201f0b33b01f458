import { mustBeOneOf } from "../../engine/expect";
import type { Graph } from "../../engine/graph";
import { resourceRule } from "../../engine/rule";
import type { Example } from "../../engine/rule";
import type { Value } from "../../engine/value";
import { notApplicable } from "../../engine/verdict";
import type { Verdict } from "../../engine/verdict";
import { mustBeOwnKey } from "../private/must-be-own-key";
import { receivesLogs } from "./private/bucket-roles";
import { BUCKET, exampleBucket } from "./private/example-bucket";
import { mustHaveSetting } from "./private/must-have-setting";

const DEFAULT = "rule.apply_server_side_encryption_by_default";

const encryption = (byDefault: object): Example => ({
  terraform: exampleBucket({
    aws_kms_key: { models: {} },
    aws_s3_bucket_server_side_encryption_configuration: {
      models: { bucket: BUCKET, rule: { apply_server_side_encryption_by_default: byDefault } },
    },
  }),
});

/**
 * S3 encrypts every object since January 2023, with a key that nobody can withhold: what is asked for is a key of one's own.
 * Buckets for access logs are left out, for S3 and load balancers deliver to `AES256` only.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
 */
export const s3OwnKey = resourceRule({
  id: "FD-S3-008",
  slug: "s3-own-key",
  title: "A bucket encrypts with a KMS key of the account's own",
  severity: "high",
  packs: ["baseline", "mlops"],
  why: "With S3's own key whoever may read the bucket reads everything: no key policy, no log of who decrypted what, and no way to lock the data by disabling a key.",
  fix: 'Set `sse_algorithm` to "aws:kms" and `kms_master_key_id` to an `aws_kms_key` in an `aws_s3_bucket_server_side_encryption_configuration`.',
  sameAs: { checkov: ["CKV_AWS_145"], trivy: ["AWS-0132"] },
  types: ["aws_s3_bucket"],
  judge: (bucket, context) => {
    if (receivesLogs(bucket, context.graph)) return notApplicable();
    const type = "aws_s3_bucket_server_side_encryption_configuration";
    const judge = (setting: Pick<Value, "at">): Verdict => mustUseKey(setting.at(DEFAULT), context.graph);
    return mustHaveSetting(context, bucket, { type, judge }, { block: "server_side_encryption_configuration", judge });
  },
  examples: {
    failing: encryption({ sse_algorithm: "AES256" }),
    passing: encryption({ sse_algorithm: "aws:kms", kms_master_key_id: "${aws_kms_key.models.arn}" }),
    unknown: encryption({ sse_algorithm: "aws:kms", kms_master_key_id: "${var.key}" }),
  },
});

function mustUseKey(byDefault: Value, graph: Graph): Verdict {
  const algorithm = mustBeOneOf(byDefault.at("sse_algorithm"), ["aws:kms", "aws:kms:dsse"]);
  return algorithm.outcome === "pass" ? mustBeOwnKey(byDefault.at("kms_master_key_id"), graph) : algorithm;
}
