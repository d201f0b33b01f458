import type { S3BucketLifecycleConfigurationRule } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import type { PropChecks } from "../core/prop-checks";

/** How long objects stay, and where. */
export interface ObjectLifecycle {
  /**
   * Days a version is kept after it was overwritten or deleted: the time in which a mistake can be undone.
   *
   * @default 30
   */
  readonly noncurrentRetentionDays?: number;
  /**
   * Days after which S3 moves an object by how often it is read (storage class INTELLIGENT_TIERING): for data whose use nobody
   * knows beforehand.
   *
   * @default - never
   */
  readonly intelligentTieringAfterDays?: number;
  /**
   * Days after which an object moves to STANDARD_IA, at least 30: cheaper to keep, dearer to read.
   *
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html
   * @default - never
   */
  readonly infrequentAccessAfterDays?: number;
  /**
   * Days after which an object is deleted. Its last version then stays for `noncurrentRetentionDays`.
   *
   * @default - never
   */
  readonly expireAfterDays?: number;
}

/** Checks the days and their order. */
export function validateLifecycle(checks: PropChecks, lifecycle: ObjectLifecycle): void {
  const { infrequentAccessAfterDays, intelligentTieringAfterDays, expireAfterDays } = lifecycle;
  requireDays(checks, "noncurrentRetentionDays", lifecycle.noncurrentRetentionDays, 1);
  requireDays(checks, "intelligentTieringAfterDays", intelligentTieringAfterDays, 0);
  requireDays(checks, "infrequentAccessAfterDays", infrequentAccessAfterDays, SHORTEST_BEFORE_INFREQUENT_ACCESS);
  requireDays(checks, "expireAfterDays", expireAfterDays, 1);

  const both = infrequentAccessAfterDays !== undefined && intelligentTieringAfterDays !== undefined;
  const oneClass =
    "must be left out when `intelligentTieringAfterDays` is set: an object can go to one storage class only";
  checks.require(!both, "infrequentAccessAfterDays", oneClass, infrequentAccessAfterDays);
  requireLater(checks, expireAfterDays, "intelligentTieringAfterDays", intelligentTieringAfterDays);
  requireLater(checks, expireAfterDays, "infrequentAccessAfterDays", infrequentAccessAfterDays);
}

/** The rules of the bucket, each with one purpose and named after it. */
export function lifecycleRules(lifecycle: ObjectLifecycle): S3BucketLifecycleConfigurationRule[] {
  const {
    noncurrentRetentionDays = 30,
    infrequentAccessAfterDays,
    intelligentTieringAfterDays,
    expireAfterDays,
  } = lifecycle;
  return [
    rule("abort-incomplete-uploads", { abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }] }),
    rule("expire-noncurrent-versions", {
      noncurrentVersionExpiration: [{ noncurrentDays: noncurrentRetentionDays }],
    }),
    rule("remove-lone-delete-markers", { expiration: [{ expiredObjectDeleteMarker: true }] }),
    ...transition("intelligent-tiering", "INTELLIGENT_TIERING", intelligentTieringAfterDays),
    ...transition("infrequent-access", "STANDARD_IA", infrequentAccessAfterDays),
    ...(expireAfterDays === undefined ? [] : [rule("expire", { expiration: [{ days: expireAfterDays }] })]),
  ];
}

const SHORTEST_BEFORE_INFREQUENT_ACCESS = 30;

function requireDays(checks: PropChecks, prop: string, days: number | undefined, least: number): void {
  const valid = days === undefined || (Number.isInteger(days) && days >= least);
  checks.require(valid, prop, `must be a whole number of days, at least ${least}`, days);
}

function requireLater(
  checks: PropChecks,
  expireAfterDays: number | undefined,
  prop: string,
  days: number | undefined,
): void {
  if (expireAfterDays === undefined || days === undefined) return;
  checks.require(
    expireAfterDays > days,
    "expireAfterDays",
    `must be later than \`${prop}\` (${days})`,
    expireAfterDays,
  );
}

function transition(id: string, storageClass: string, days: number | undefined): S3BucketLifecycleConfigurationRule[] {
  return days === undefined ? [] : [rule(id, { transition: [{ days, storageClass }] })];
}

/** An empty prefix means every object; AWS wants one form of filter in each rule. */
function rule(id: string, action: Partial<S3BucketLifecycleConfigurationRule>): S3BucketLifecycleConfigurationRule {
  return { id, status: "Enabled", filter: [{ prefix: "" }], ...action };
}
