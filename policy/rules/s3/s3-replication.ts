import { must } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import type { Example } from "../../engine/rule";
import type { Value } from "../../engine/value";
import { anyOf, notApplicable } from "../../engine/verdict";
import type { Verdict } from "../../engine/verdict";
import { isReplica, receivesLogs } from "./private/bucket-roles";
import { BUCKET, exampleBucket } from "./private/example-bucket";
import { mustHaveSetting } from "./private/must-have-setting";

const replication = (status: string): Example => ({
  terraform: exampleBucket({
    aws_s3_bucket_replication_configuration: {
      models: { bucket: BUCKET, rule: { status, destination: { bucket: "arn:aws:s3:::atlas-prod-models-replica" } } },
    },
  }),
});

/** Of buckets in production, except replicas and those for access logs. */
export const s3Replication = resourceRule({
  id: "FD-S3-021",
  slug: "s3-replication",
  title: "A bucket in production is replicated",
  severity: "low",
  packs: ["strict"],
  why: "While its region is out nothing can be served or trained from the bucket elsewhere.",
  fix: "Define an `aws_s3_bucket_replication_configuration` for the bucket with an enabled rule.",
  sameAs: { checkov: ["CKV_AWS_144"] },
  types: ["aws_s3_bucket"],
  judge: (bucket, context) => {
    const { environment, graph } = context;
    if (environment.stage !== "prod" || isReplica(bucket, graph) || receivesLogs(bucket, graph)) return notApplicable();
    return mustHaveSetting(
      context,
      bucket,
      { type: "aws_s3_bucket_replication_configuration", judge: (other) => mustReplicate(other.each("rule")) },
      { block: "replication_configuration", judge: (block) => mustReplicate(block.each("rules")) },
    );
  },
  examples: {
    failing: { terraform: exampleBucket() },
    passing: replication("Enabled"),
    unknown: replication("${var.replication}"),
  },
});

function mustReplicate(rules: readonly Value[]): Verdict {
  return anyOf(rules.map((rule) => must(rule.at("status"), (status) => status === "Enabled", 'must be "Enabled"')));
}
