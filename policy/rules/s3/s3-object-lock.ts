import { mustBeSet } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import type { Example } from "../../engine/rule";
import type { Value } from "../../engine/value";
import { notApplicable } from "../../engine/verdict";
import type { Verdict } from "../../engine/verdict";
import { holdsModels } from "./private/bucket-roles";
import { BUCKET, exampleBucket } from "./private/example-bucket";
import { mustHaveSetting } from "./private/must-have-setting";

const lock = (bucket: string): Example => ({
  terraform: exampleBucket({
    aws_s3_bucket_object_lock_configuration: {
      models: { bucket, rule: { default_retention: { mode: "GOVERNANCE", days: 90 } } },
    },
  }),
});

/** Of buckets for models in production; how long the lock lasts is for another rule. */
export const s3ObjectLock = resourceRule({
  id: "FD-S3-020",
  slug: "s3-object-lock",
  title: "Models in production are locked against deletion",
  severity: "low",
  packs: ["strict"],
  why: "Versions protect from mistakes, not from whoever may delete versions: only object lock does.",
  fix: "Define an `aws_s3_bucket_object_lock_configuration` with `rule.default_retention` for the bucket.",
  sameAs: { checkov: ["CKV_AWS_143"] },
  types: ["aws_s3_bucket"],
  judge: (bucket, context) => {
    if (context.environment.stage !== "prod" || !holdsModels(bucket)) return notApplicable();
    const type = "aws_s3_bucket_object_lock_configuration";
    const judge = (setting: Pick<Value, "at">): Verdict => mustBeSet(setting.at("rule.default_retention"));
    return mustHaveSetting(context, bucket, { type, judge }, { block: "object_lock_configuration", judge });
  },
  examples: { failing: { terraform: exampleBucket() }, passing: lock(BUCKET), unknown: lock("${var.bucket}") },
});
