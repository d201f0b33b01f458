import { mustBe } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import type { Example } from "../../engine/rule";
import { BUCKET, exampleBucket } from "./private/example-bucket";
import { mustHaveSetting } from "./private/must-have-setting";

const versioning = (status: string): Example => ({
  terraform: exampleBucket({
    aws_s3_bucket_versioning: { models: { bucket: BUCKET, versioning_configuration: { status } } },
  }),
});

/** Off unless told otherwise. */
export const s3Versioning = resourceRule({
  id: "FD-S3-010",
  slug: "s3-versioning",
  title: "A bucket keeps versions of its objects",
  severity: "medium",
  packs: ["baseline", "mlops"],
  why: "What is overwritten or deleted is gone, be it by a wrong path in a job or by whoever stole its credentials.",
  fix: 'Define an `aws_s3_bucket_versioning` for the bucket with `versioning_configuration.status` "Enabled".',
  sameAs: { checkov: ["CKV_AWS_21"], trivy: ["AWS-0090"] },
  types: ["aws_s3_bucket"],
  judge: (bucket, context) =>
    mustHaveSetting(
      context,
      bucket,
      {
        type: "aws_s3_bucket_versioning",
        judge: (other) => mustBe(other.at("versioning_configuration.status"), "Enabled"),
      },
      { block: "versioning", judge: (block) => mustBe(block.at("enabled"), true) },
    ),
  examples: {
    failing: { terraform: exampleBucket() },
    passing: versioning("Enabled"),
    unknown: versioning("${var.versioning}"),
  },
});
