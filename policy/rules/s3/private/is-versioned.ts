import type { RuleContext } from "../../../engine/context";
import type { Resource } from "../../../engine/subject";

/** Whether a bucket is known to keep versions. */
export function isVersioned(bucket: Resource, { graph }: RuleContext): boolean {
  const own = graph.linked(bucket, "aws_s3_bucket_versioning", "bucket");
  return own.length > 0
    ? own.some((versioning) => versioning.at("versioning_configuration.status").literal === "Enabled")
    : bucket.at("versioning.enabled").boolean === true;
}
