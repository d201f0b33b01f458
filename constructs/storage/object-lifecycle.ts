import type { S3BucketIntelligentTieringConfigurationTiering } from "@cdktf/provider-aws/lib/s3-bucket-intelligent-tiering-configuration";
import type { S3BucketLifecycleConfigurationRule } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import type { PropChecks } from "../core/prop-checks";

/**
 * Tiers of the storage class INTELLIGENT_TIERING that S3 uses only where asked. An object in one of them must be restored before
 * it can be read: hours for the first, up to two days for the second; reads fail until then.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/intelligent-tiering-overview.html
 */
export interface IntelligentTiering {
  /**
   * Days without access after which an object is archived, 90 to 730.
   *
   * @default - never
   */
  readonly archiveAfterDays?: number;
  /**
   * Days without access after which an object is archived deeper, 180 to 730, later than `archiveAfterDays`.
   *
   * @default - never
   */
  readonly deepArchiveAfterDays?: number;
}

/** How long objects stay, and where. */
export interface ObjectLifecycle {
  /**
   * Days a version is kept after it was overwritten or deleted: the time in which a mistake can be undone.
   *
   * @default 30, or as long as `objectLock` holds it
   */
  readonly noncurrentRetentionDays?: number;
  /**
   * Days after which S3 moves an object by how often it is read (storage class INTELLIGENT_TIERING): for data whose use nobody
   * knows beforehand.
   *
   * @default - at once when `intelligentTiering` is set, else never
   */
  readonly intelligentTieringAfterDays?: number;
  /**
   * Lets S3 move each object by how often it is read, into its archives too where asked; `{}` uses the tiers that are read
   * without waiting.
   *
   * @default - no archives
   */
  readonly intelligentTiering?: IntelligentTiering;
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

  validateStorageClass(checks, lifecycle);
  validateArchives(checks, lifecycle.intelligentTiering ?? {});
  const expiry = ["expireAfterDays", expireAfterDays] as const;
  requireLater(checks, expiry, ["intelligentTieringAfterDays", intelligentTieringAfterDays]);
  requireLater(checks, expiry, ["infrequentAccessAfterDays", infrequentAccessAfterDays]);
  requireLater(checks, expiry, [ARCHIVE, lifecycle.intelligentTiering?.archiveAfterDays]);
  requireLater(checks, expiry, [DEEP_ARCHIVE, lifecycle.intelligentTiering?.deepArchiveAfterDays]);
}

/** The rules of the bucket, each with one purpose and named after it. */
export function lifecycleRules(lifecycle: ObjectLifecycle): S3BucketLifecycleConfigurationRule[] {
  const {
    noncurrentRetentionDays = 30,
    infrequentAccessAfterDays,
    intelligentTiering,
    intelligentTieringAfterDays = intelligentTiering === undefined ? undefined : 0,
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

/** The archives asked for, as the bucket's tiering configuration names them. */
export function archiveTiers({
  archiveAfterDays,
  deepArchiveAfterDays,
}: IntelligentTiering): S3BucketIntelligentTieringConfigurationTiering[] {
  return [...tier("ARCHIVE_ACCESS", archiveAfterDays), ...tier("DEEP_ARCHIVE_ACCESS", deepArchiveAfterDays)];
}

const SHORTEST_BEFORE_INFREQUENT_ACCESS = 30;
/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_Tiering.html */
const SHORTEST_BEFORE_ARCHIVE = 90;
const SHORTEST_BEFORE_DEEP_ARCHIVE = 180;
const LONGEST_BEFORE_ARCHIVES = 730;
const ARCHIVE = "intelligentTiering.archiveAfterDays";
const DEEP_ARCHIVE = "intelligentTiering.deepArchiveAfterDays";

/** Days with the name of their prop. */
type NamedDays = readonly [prop: string, days: number | undefined];

function validateStorageClass(checks: PropChecks, lifecycle: ObjectLifecycle): void {
  const { infrequentAccessAfterDays, intelligentTieringAfterDays, intelligentTiering } = lifecycle;
  if (infrequentAccessAfterDays === undefined) return;
  const tiering = { intelligentTieringAfterDays, intelligentTiering };
  for (const [prop, value] of Object.entries(tiering)) {
    const oneClass = `must be left out when \`${prop}\` is set: an object can go to one storage class only`;
    checks.require(value === undefined, "infrequentAccessAfterDays", oneClass, infrequentAccessAfterDays);
  }
}

function validateArchives(checks: PropChecks, tiering: IntelligentTiering): void {
  const { archiveAfterDays, deepArchiveAfterDays } = tiering;
  requireArchiveDays(checks, [ARCHIVE, archiveAfterDays], SHORTEST_BEFORE_ARCHIVE);
  requireArchiveDays(checks, [DEEP_ARCHIVE, deepArchiveAfterDays], SHORTEST_BEFORE_DEEP_ARCHIVE);
  requireLater(checks, [DEEP_ARCHIVE, deepArchiveAfterDays], [ARCHIVE, archiveAfterDays]);
}

function requireArchiveDays(checks: PropChecks, [prop, days]: NamedDays, least: number): void {
  const valid = days === undefined || (Number.isInteger(days) && days >= least && days <= LONGEST_BEFORE_ARCHIVES);
  checks.require(valid, prop, `must be a whole number of days from ${least} to ${LONGEST_BEFORE_ARCHIVES}`, days);
}

function requireDays(checks: PropChecks, prop: string, days: number | undefined, least: number): void {
  const valid = days === undefined || (Number.isInteger(days) && days >= least);
  checks.require(valid, prop, `must be a whole number of days, at least ${least}`, days);
}

function requireLater(checks: PropChecks, [prop, days]: NamedDays, [earlier, earlierDays]: NamedDays): void {
  if (days === undefined || earlierDays === undefined) return;
  checks.require(days > earlierDays, prop, `must be later than \`${earlier}\` (${earlierDays})`, days);
}

function transition(id: string, storageClass: string, days: number | undefined): S3BucketLifecycleConfigurationRule[] {
  return days === undefined ? [] : [rule(id, { transition: [{ days, storageClass }] })];
}

function tier(accessTier: string, days: number | undefined): S3BucketIntelligentTieringConfigurationTiering[] {
  return days === undefined ? [] : [{ accessTier, days }];
}

/** An empty prefix means every object; AWS wants one form of filter in each rule. */
function rule(id: string, action: Partial<S3BucketLifecycleConfigurationRule>): S3BucketLifecycleConfigurationRule {
  return { id, status: "Enabled", filter: [{ prefix: "" }], ...action };
}
