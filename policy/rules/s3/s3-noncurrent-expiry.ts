import { mustBeSet } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import type { Example } from "../../engine/rule";
import { allOf, anyOf, fail, notApplicable, unknown } from "../../engine/verdict";
import { BUCKET, exampleBucket } from "./private/example-bucket";
import { isVersioned } from "./private/is-versioned";
import { lifecycleRules, lifecyclesOf } from "./private/lifecycle-rules";

const lifecycle = (rule: object): Example => ({
  terraform: exampleBucket({
    aws_s3_bucket_versioning: { models: { bucket: BUCKET, versioning_configuration: { status: "Enabled" } } },
    aws_s3_bucket_lifecycle_configuration: {
      models: { bucket: BUCKET, rule: { id: "versions", status: "Enabled", filter: {}, ...rule } },
    },
  }),
});

/** Rules for parts of a bucket count: they may well be all the parts there are. */
export const s3NoncurrentExpiry = resourceRule({
  id: "FD-S3-018",
  slug: "s3-noncurrent-expiry",
  title: "A bucket that keeps versions deletes old ones some day",
  severity: "low",
  packs: ["cost", "mlops"],
  why: "Each checkpoint or dataset that is overwritten or deleted stays as a version and is paid for as before, for ever.",
  fix: "Add a rule with `noncurrent_version_expiration.noncurrent_days` to the bucket's lifecycle.",
  types: ["aws_s3_bucket"],
  judge: (bucket, context) => {
    const rules = lifecyclesOf(bucket, context)
      .flatMap(lifecycleRules)
      .filter(({ enabled }) => enabled.outcome !== "fail");
    if (rules.length === 0 || !isVersioned(bucket, context)) return notApplicable();
    const verdict = anyOf(
      rules.map(({ enabled, noncurrentDays }) => {
        const expires = mustBeSet(noncurrentDays);
        return expires.outcome === "pass" ? allOf(enabled) : expires;
      }),
    );
    const message = "a rule of its lifecycle must have `noncurrent_version_expiration`";
    if (verdict.outcome === "fail") return fail(`${message}, and none has`);
    return verdict.outcome === "unknown"
      ? unknown(`${message}, and what its rules do is known only after apply`)
      : verdict;
  },
  examples: {
    failing: lifecycle({ abort_incomplete_multipart_upload: { days_after_initiation: 7 } }),
    passing: lifecycle({ noncurrent_version_expiration: { noncurrent_days: 90 } }),
    unknown: lifecycle({ status: "${var.status}", noncurrent_version_expiration: { noncurrent_days: 90 } }),
  },
});
