import type { PropChecks } from "../core/prop-checks";
import { PREFIX_RULE, isPrefix } from "./prefix";
import type { IAccessLogStore } from "./store";

/** Where S3 records the requests to a store. */
export interface AccessLogOptions {
  /** The bucket that takes the records, in the region of the store. Its policy is extended so that S3 may write there. */
  readonly store: IAccessLogStore;
  /**
   * Beginning of the keys, ending with a slash. S3 appends account, region, bucket and day of the requests.
   *
   * @default "access/"
   */
  readonly prefix?: string;
}

/** The lists that S3 makes of all objects of a store, older versions included. */
export interface InventoryOptions {
  /** The bucket that takes the lists, in the region of the store. Its policy is extended so that S3 may write there. */
  readonly store: IAccessLogStore;
  /**
   * How often a list is made.
   *
   * @default "weekly"
   */
  readonly frequency?: "daily" | "weekly";
  /**
   * Beginning of the keys, ending with a slash. S3 appends the bucket, the name `everything` and the day.
   *
   * @default "inventory/"
   */
  readonly prefix?: string;
}

/** Checks that S3 can write reports on a bucket of `region` into the given store. */
export function validateReports(
  checks: PropChecks,
  prop: "accessLogs" | "inventory",
  region: string,
  { store, prefix }: AccessLogOptions,
): void {
  const sameRegion = `must be in the region of the store (${region})`;
  checks
    .require(store.region === region, `${prop}.store`, sameRegion, store.region)
    .require(prefix === undefined || isPrefix(prefix), `${prop}.prefix`, PREFIX_RULE, prefix);
}

/** Checks that a bucket is not to take the reports on itself: each record would be a request that makes the next record. */
export function requireOtherBucket(
  checks: PropChecks,
  prop: string,
  bucketName: string,
  store: IAccessLogStore | undefined,
): void {
  checks.require(store?.bucketName !== bucketName, prop, "must be another bucket than the store itself", bucketName);
}
