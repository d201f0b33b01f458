import { mustBe } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import type { Example } from "../../engine/rule";
import { allOf, notApplicable } from "../../engine/verdict";
import { BUCKET, exampleBucket } from "./private/example-bucket";

const encryption = (bucketKey: object): Example => ({
  terraform: exampleBucket({
    aws_s3_bucket_server_side_encryption_configuration: {
      models: {
        bucket: BUCKET,
        rule: { apply_server_side_encryption_by_default: { sse_algorithm: "aws:kms" }, ...bucketKey },
      },
    },
  }),
});

/** Off unless told otherwise. Double encryption (`aws:kms:dsse`) cannot use it. */
export const s3BucketKey = resourceRule({
  id: "FD-S3-009",
  slug: "s3-bucket-key",
  title: "A bucket encrypted with KMS uses a bucket key",
  severity: "low",
  packs: ["cost"],
  why: "Each object read or written is a request to KMS that is paid for and counts against its quota: training jobs that read millions of small files are throttled.",
  fix: "Set `rule.bucket_key_enabled` to true.",
  types: ["aws_s3_bucket_server_side_encryption_configuration"],
  judge: (encryption) =>
    allOf(
      encryption.each("rule").map((rule) => {
        const algorithm = rule.at("apply_server_side_encryption_by_default.sse_algorithm");
        return algorithm.literal === "aws:kms" ? mustBe(rule.at("bucket_key_enabled"), true) : notApplicable();
      }),
    ),
  examples: {
    failing: encryption({}),
    passing: encryption({ bucket_key_enabled: true }),
    unknown: encryption({ bucket_key_enabled: "${var.bucket_key}" }),
  },
});
