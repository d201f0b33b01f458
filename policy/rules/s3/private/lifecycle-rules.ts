import type { RuleContext } from "../../../engine/context";
import { must } from "../../../engine/expect";
import type { Resource } from "../../../engine/subject";
import type { Value } from "../../../engine/value";
import { allOf } from "../../../engine/verdict";
import type { Verdict } from "../../../engine/verdict";

/** A rule of a bucket's lifecycle, whichever way it is written. */
export interface LifecycleRule {
  /** Passes when the rule is switched on. */
  readonly enabled: Verdict;
  /** Passes when it is for all objects of the bucket. */
  readonly unfiltered: Verdict;
  /** Days after which parts of uploads that never ended are deleted. */
  readonly abortDays: Value;
  /** Days after which a version is deleted that is no longer the newest. */
  readonly noncurrentDays: Value;
}

/** The resources in which a bucket's lifecycle is written: those of its own, or the bucket itself. */
export function lifecyclesOf(bucket: Resource, { graph }: RuleContext): readonly Resource[] {
  const own = graph.linked(bucket, "aws_s3_bucket_lifecycle_configuration", "bucket");
  return own.length > 0 ? own : [bucket].filter((resource) => resource.each("lifecycle_rule").length > 0);
}

/** The rules of an `aws_s3_bucket_lifecycle_configuration`, or those in an `aws_s3_bucket`. */
export function lifecycleRules(owner: Resource): readonly LifecycleRule[] {
  return owner.type === "aws_s3_bucket" ? owner.each("lifecycle_rule").map(inline) : owner.each("rule").map(separate);
}

function separate(rule: Value): LifecycleRule {
  return {
    enabled: must(rule.at("status"), (status) => status === "Enabled", 'must be "Enabled"'),
    unfiltered: allOf(
      ["prefix", "filter.prefix", "filter.tag", "filter.and", ...SIZES].map((path) => mustBeEmpty(rule.at(path))),
    ),
    abortDays: rule.at("abort_incomplete_multipart_upload.days_after_initiation"),
    noncurrentDays: rule.at("noncurrent_version_expiration.noncurrent_days"),
  };
}

const SIZES = ["filter.object_size_greater_than", "filter.object_size_less_than"] as const;

function inline(rule: Value): LifecycleRule {
  return {
    enabled: must(rule.at("enabled"), (enabled) => String(enabled) === "true", "must be true"),
    unfiltered: allOf(["prefix", "tags"].map((path) => mustBeEmpty(rule.at(path)))),
    abortDays: rule.at("abort_incomplete_multipart_upload_days"),
    noncurrentDays: rule.at("noncurrent_version_expiration.days"),
  };
}

function mustBeEmpty(value: Value): Verdict {
  const isEmpty = (literal: unknown): boolean =>
    !literal || literal === "0" || (typeof literal === "object" && Object.keys(literal).length === 0);
  return must(value, isEmpty, "must be empty");
}
