import { mustBeSet } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import type { Example } from "../../engine/rule";
import type { Value } from "../../engine/value";
import { notApplicable } from "../../engine/verdict";
import type { Verdict } from "../../engine/verdict";
import { receivesLogs } from "./private/bucket-roles";
import { BUCKET, exampleBucket } from "./private/example-bucket";
import { mustHaveSetting } from "./private/must-have-setting";

const logging = (bucket: string): Example => ({
  terraform: exampleBucket({ aws_s3_bucket_logging: { models: { bucket, target_bucket: "atlas-prod-access-logs" } } }),
});

/** Asked for in production only, and not of the buckets that the logs go to. */
export const s3AccessLogging = resourceRule({
  id: "FD-S3-014",
  slug: "s3-access-logging",
  title: "Who reads a bucket in production is logged",
  severity: "low",
  packs: ["mlops"],
  why: "When models or training data leak, nothing tells which objects were read, when and by whom.",
  fix: "Define an `aws_s3_bucket_logging` for the bucket whose `target_bucket` is one for logs only.",
  sameAs: { checkov: ["CKV_AWS_18"], trivy: ["AWS-0089"], cdkNag: ["AwsSolutions-S1"] },
  types: ["aws_s3_bucket"],
  judge: (bucket, context) => {
    if (context.environment.stage !== "prod" || receivesLogs(bucket, context.graph)) return notApplicable();
    const judge = (setting: Pick<Value, "at">): Verdict => mustBeSet(setting.at("target_bucket"));
    return mustHaveSetting(context, bucket, { type: "aws_s3_bucket_logging", judge }, { block: "logging", judge });
  },
  examples: {
    failing: { terraform: exampleBucket() },
    passing: logging(BUCKET),
    unknown: logging("${var.bucket}"),
  },
});
