import type { PropChecks } from "../core/prop-checks";

/**
 * S3 Object Lock (write once, read many): for a while no new version of an object can be deleted or changed. Overwriting and
 * deleting objects still work, and leave the locked version behind.
 */
export interface ObjectLock {
  /**
   * Who can end the lock early. `governance`: whoever has `s3:BypassGovernanceRetention`. `compliance`: nobody, not even the
   * root user of the account or AWS; what was written by mistake stays, and is paid for, until its days are over.
   *
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html
   */
  readonly mode: "governance" | "compliance";
  /** Days from its creation in which a version cannot be deleted, 1 to 36,500. */
  readonly days: number;
}

/** Checks the lock, and that versions are not to be deleted while they are locked. */
export function validateObjectLock(
  checks: PropChecks,
  lock: ObjectLock | undefined,
  noncurrentRetentionDays: number | undefined,
): void {
  if (lock === undefined) return;
  const { mode, days } = lock;
  const known = (MODES as readonly string[]).includes(mode);
  checks.require(known, "objectLock.mode", `must be one of ${MODES.join(", ")}`, mode);
  const valid = Number.isInteger(days) && days >= 1 && days <= LONGEST_RETENTION;
  checks.require(valid, "objectLock.days", `must be a whole number of days from 1 to ${LONGEST_RETENTION}`, days);
  checks.require(
    noncurrentRetentionDays === undefined || noncurrentRetentionDays >= days,
    "noncurrentRetentionDays",
    `must be at least \`objectLock.days\` (${days}), since no version can be deleted before`,
    noncurrentRetentionDays,
  );
}

/** Days older versions are kept: as chosen, else 30 or as long as the lock holds them. */
export function retentionUnder(lock: ObjectLock | undefined, noncurrentRetentionDays: number | undefined): number {
  return noncurrentRetentionDays ?? Math.max(DEFAULT_RETENTION, lock?.days ?? 0);
}

const MODES = ["governance", "compliance"] as const;
/** A hundred years. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-managing.html */
const LONGEST_RETENTION = 36_500;
const DEFAULT_RETENTION = 30;
