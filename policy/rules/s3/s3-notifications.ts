import { mustHaveLinked } from "../../engine/link";
import { resourceRule } from "../../engine/rule";
import type { Example } from "../../engine/rule";
import { pass } from "../../engine/verdict";
import { BUCKET, exampleBucket } from "./private/example-bucket";

const notification = (bucket: string): Example => ({
  terraform: exampleBucket({ aws_s3_bucket_notification: { models: { bucket, eventbridge: true } } }),
});

/** Few buckets need any, which is why nothing but `strict` asks. */
export const s3Notifications = resourceRule({
  id: "FD-S3-022",
  slug: "s3-notifications",
  title: "A bucket tells of its events",
  severity: "low",
  packs: ["strict"],
  why: "Nothing can react to objects that appear, change or vanish.",
  fix: "Define an `aws_s3_bucket_notification` for the bucket, such as one with `eventbridge` true.",
  sameAs: { checkov: ["CKV2_AWS_62"] },
  types: ["aws_s3_bucket"],
  judge: (bucket, context) =>
    mustHaveLinked(context, bucket, { type: "aws_s3_bucket_notification", argument: "bucket" }, pass),
  examples: {
    failing: { terraform: exampleBucket() },
    passing: notification(BUCKET),
    unknown: notification("${var.bucket}"),
  },
});
