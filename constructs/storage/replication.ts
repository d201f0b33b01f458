import { partitionOf } from "../core/partition";
import type { PropChecks } from "../core/prop-checks";
import type { ObjectLock } from "./object-lock";
import type { IReplicaStore } from "./store";

/** Where a store is copied to, and how. */
export interface ReplicationOptions {
  /** The bucket in another region. Only what is written from now on is copied; S3 Batch Replication brings what is there already. */
  readonly store: IReplicaStore;
  /**
   * Whether deleting an object hides its copy too. Without it the copy outlives a deletion by mistake or malice, and whatever
   * must be forgotten has to be deleted in both places. Expiry by lifecycle is never copied: the replica has one of its own.
   *
   * @default false
   */
  readonly deleteMarkers?: boolean;
  /**
   * Whether S3 vouches for a copy within 15 minutes (S3 Replication Time Control), at a price per gigabyte.
   *
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-time-control.html
   * @default false
   */
  readonly timeControl?: boolean;
  /**
   * Whether CloudWatch shows what is waiting, how late it is, and what failed. Time control needs it.
   *
   * @default true
   */
  readonly metrics?: boolean;
}

/** Checks that S3 can copy from a store in `region` to the replica. */
export function validateReplication(
  checks: PropChecks,
  region: string,
  { store, timeControl = false, metrics = true }: ReplicationOptions,
  objectLock: ObjectLock | undefined,
): void {
  const samePartition = partitionOf(store.region) === partitionOf(region);
  const otherRegion = `must be in another region than the store (${region})`;
  const partition = `must be in the same partition of AWS as the store (${partitionOf(region)})`;
  const locked = "must have an object lock, since the store has one";
  checks.require(store.region !== region, "replicateTo.store", otherRegion, store.region);
  checks.require(samePartition, "replicateTo.store", partition, store.region);
  if (objectLock !== undefined) {
    checks.require(store.objectLocked, "replicateTo.store", locked, `a store in ${store.region} without`);
  }
  checks.require(metrics || !timeControl, "replicateTo.metrics", "must be true with `timeControl`", metrics);
}
