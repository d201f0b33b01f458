import { mustHaveLinked } from "../../engine/link";
import { resourceRule } from "../../engine/rule";
import type { Example } from "../../engine/rule";
import type { Resource } from "../../engine/subject";
import { anyOf, fail } from "../../engine/verdict";
import type { Verdict } from "../../engine/verdict";
import { BUCKET, exampleBucket } from "./private/example-bucket";
import { lifecycleRules, lifecyclesOf } from "./private/lifecycle-rules";

const lifecycle = (status: string): Example => ({
  terraform: exampleBucket({
    aws_s3_bucket_lifecycle_configuration: {
      models: { bucket: BUCKET, rule: { id: "expire", status, filter: {}, expiration: { days: 365 } } },
    },
  }),
});

/** What its rules do is for other rules to say. */
export const s3Lifecycle = resourceRule({
  id: "FD-S3-016",
  slug: "s3-lifecycle",
  title: "A bucket has a lifecycle",
  severity: "low",
  packs: ["cost"],
  why: "Everything that was ever written is paid for, checkpoints nobody reads and old versions included.",
  fix: 'Define an `aws_s3_bucket_lifecycle_configuration` for the bucket with a rule whose `status` is "Enabled".',
  sameAs: { checkov: ["CKV2_AWS_61"] },
  types: ["aws_s3_bucket"],
  judge: (bucket, context) => {
    const lifecycles = lifecyclesOf(bucket, context);
    const link = { type: "aws_s3_bucket_lifecycle_configuration", argument: "bucket" };
    return lifecycles.length > 0
      ? anyOf(lifecycles.map(mustDoSomething))
      : mustHaveLinked(context, bucket, link, mustDoSomething);
  },
  examples: {
    failing: lifecycle("Disabled"),
    passing: lifecycle("Enabled"),
    unknown: lifecycle("${var.lifecycle}"),
  },
});

function mustDoSomething(lifecycle: Resource): Verdict {
  const verdict = anyOf(lifecycleRules(lifecycle).map(({ enabled }) => enabled));
  return verdict.outcome === "pass" || verdict.outcome === "unknown"
    ? verdict
    : fail(`\`${lifecycle.address}\` must have a rule that is enabled, and has none`);
}
