import { resourceRule } from "../../engine/rule";
import type { Example } from "../../engine/rule";
import { allOf, fail, notApplicable, pass, unknown } from "../../engine/verdict";
import type { Verdict } from "../../engine/verdict";
import type { Value } from "../../engine/value";
import type { Graph } from "../../engine/graph";
import { bucketsBehind } from "./private/bucket-roles";
import { BUCKET, exampleBucket } from "./private/example-bucket";

const logging = (target: string): Example => ({
  terraform: exampleBucket({
    aws_s3_bucket: { models: {}, logs: {} },
    aws_s3_bucket_logging: { models: { bucket: BUCKET, target_bucket: target } },
  }),
});

/** A bucket in which the logging stands refers to itself by its name. */
export const s3LogsElsewhere = resourceRule({
  id: "FD-S3-015",
  slug: "s3-logs-elsewhere",
  title: "A bucket does not deliver its access logs to itself",
  severity: "medium",
  packs: ["baseline", "cost"],
  why: "Each delivery of logs is logged again, so that the bucket grows without end, and who may write objects may also change the logs about it.",
  fix: "Set `target_bucket` to a bucket that is for logs only.",
  types: ["aws_s3_bucket_logging", "aws_s3_bucket"],
  judge: (resource, { graph }) =>
    resource.type === "aws_s3_bucket"
      ? allOf(
          resource.each("logging").map((block) => mustDiffer(resource.at("bucket"), block.at("target_bucket"), graph)),
        )
      : mustDiffer(resource.at("bucket"), resource.at("target_bucket"), graph),
  examples: {
    failing: logging(BUCKET),
    passing: logging("${aws_s3_bucket.logs.id}"),
    unknown: logging("${var.logs}"),
  },
});

function mustDiffer(bucket: Value, target: Value, graph: Graph): Verdict {
  if (bucket.absent || target.absent) return notApplicable();
  const message = `\`${target.path}\` must be another bucket`;
  const about = { attribute: target.path };
  const sources = bucketsBehind(bucket, graph);
  const targets = bucketsBehind(target, graph);
  const names = [bucket, ...sources.map((source) => source.at("bucket"))].map(({ text }) => text);
  const isSame = target.text !== undefined && names.includes(target.text);
  if (isSame || targets.some((one) => sources.includes(one)))
    return fail(`${message}, got ${target.toString()}`, about);
  return target.known || targets.length > 0
    ? pass()
    : unknown(`${message}, and is known only after apply: ${target.toString()}`, about);
}
