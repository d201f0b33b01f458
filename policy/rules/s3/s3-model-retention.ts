import { resourceRule } from "../../engine/rule";
import type { Example } from "../../engine/rule";
import type { Resource } from "../../engine/subject";
import type { RuleContext } from "../../engine/context";
import type { Value } from "../../engine/value";
import { fail, notApplicable, pass, unknown } from "../../engine/verdict";
import { holdsModels } from "./private/bucket-roles";
import { BUCKET, exampleBucket } from "./private/example-bucket";
import { isVersioned } from "./private/is-versioned";
import { lifecycleRules, lifecyclesOf } from "./private/lifecycle-rules";

const DAYS_OF_A_YEAR = 365;

const versions = (noncurrentDays: unknown): Example => ({
  terraform: exampleBucket({
    aws_s3_bucket_versioning: { models: { bucket: BUCKET, versioning_configuration: { status: "Enabled" } } },
    aws_s3_bucket_lifecycle_configuration: {
      models: {
        bucket: BUCKET,
        rule: {
          id: "versions",
          status: "Enabled",
          filter: {},
          noncurrent_version_expiration: { noncurrent_days: noncurrentDays },
        },
      },
    },
  }),
});

/**
 * Object lock or versions that are kept long enough, whichever is longer. Versions that nothing expires are kept for ever. A
 * bucket that keeps no versions is for another rule.
 */
export const s3ModelRetention = resourceRule({
  id: "FD-S3-019",
  slug: "s3-model-retention",
  title: "Models that are overwritten or deleted in production can be brought back",
  severity: "high",
  packs: ["mlops"],
  why: "A model that serves cannot be rolled back to, nor audited, when its files are gone days after a wrong upload or deletion.",
  fix: "Keep noncurrent versions of the bucket for as long as the limit asks, or set object lock with a default retention of as much.",
  types: ["aws_s3_bucket"],
  judge: (bucket, context) => {
    if (context.environment.stage !== "prod" || !holdsModels(bucket) || !isVersioned(bucket, context))
      return notApplicable();
    const least = context.thresholds.minModelRetentionDays;
    const [locked, kept] = [lockedDays(bucket, context), keptDays(bucket, context)];
    if ([locked, kept].some((days) => Number(days) >= least)) return pass();
    const message = `versions of models must be kept at least ${least} days, got ${kept} of its lifecycle and ${locked} of object lock`;
    return [locked, kept].includes("unknown days") ? unknown(message) : fail(message);
  },
  examples: { failing: versions(7), passing: versions(365), unknown: versions("${var.days}") },
});

type Days = number | "unknown days";

function lockedDays(bucket: Resource, { graph }: RuleContext): Days {
  const [retention] = graph
    .linked(bucket, "aws_s3_bucket_object_lock_configuration", "bucket")
    .flatMap((lock) => lock.each("rule.default_retention"));
  if (!retention) return 0;
  const [days, years] = [retention.at("days"), retention.at("years")];
  return days.absent ? inDays(years, DAYS_OF_A_YEAR) : inDays(days);
}

/** Of several rules the first to expire a version counts. */
function keptDays(bucket: Resource, context: RuleContext): Days {
  const expiries = lifecyclesOf(bucket, context)
    .flatMap(lifecycleRules)
    .filter(({ enabled, noncurrentDays }) => enabled.outcome !== "fail" && !noncurrentDays.absent)
    .map(({ noncurrentDays }) => inDays(noncurrentDays));
  const known = expiries.filter((days) => typeof days === "number");
  return known.length < expiries.length ? "unknown days" : Math.min(...known);
}

function inDays(value: Value, unit = 1): Days {
  if (value.unknown) return "unknown days";
  return (value.number ?? 0) * unit;
}
