import type { IConstruct } from "constructs";
import type { Grant, IGrantable } from "../core/grants";
import type { IKey } from "../encryption/key";

/** A bucket that workloads read and write. */
export interface IObjectStore {
  /** Name of the bucket. */
  readonly bucketName: string;
  /** ARN of the bucket. */
  readonly bucketArn: string;
  /** The key its objects are encrypted with. */
  readonly encryptionKey: IKey;
  /**
   * Lets the grantee list and read objects, decryption included.
   *
   * @param prefix beginning of the keys it is limited to, such as `raw/`; all keys when left out
   * @throws ValidationError `INVALID_PREFIX`
   */
  grantRead(grantee: IGrantable, prefix?: string): Grant;
  /**
   * Lets the grantee list, read, write and delete objects, encryption included; older versions stay out of its reach.
   *
   * @param prefix beginning of the keys it is limited to, such as `raw/`; all keys when left out
   * @throws ValidationError `INVALID_PREFIX`
   */
  grantReadWrite(grantee: IGrantable, prefix?: string): Grant;
  /**
   * Lets the grantee write objects, encryption included, but neither list nor read nor delete them.
   *
   * @param prefix beginning of the keys it is limited to, such as `raw/`; all keys when left out
   * @throws ValidationError `INVALID_PREFIX`
   */
  grantPut(grantee: IGrantable, prefix?: string): Grant;
  /**
   * Lets the grantee delete objects whose keys it knows; older versions stay out of its reach.
   *
   * @param prefix beginning of the keys it is limited to, such as `raw/`; all keys when left out
   * @throws ValidationError `INVALID_PREFIX`
   */
  grantDelete(grantee: IGrantable, prefix?: string): Grant;
}

/** A bucket in another region that a store is copied to. */
export interface IReplicaStore extends IObjectStore {
  /** Region of the bucket. */
  readonly region: string;
  /** Whether S3 Object Lock is on: a store with a lock can be copied only to a bucket that has one. */
  readonly objectLocked: boolean;
}

/** What S3 writes about a store, and where it puts it. */
export interface StoreReports {
  /** Name of the bucket that is reported on. */
  readonly bucketName: string;
  /** Account that owns it, 12 digits. */
  readonly account: string;
  /** Beginning of the keys the reports are written under, ending with a slash. */
  readonly prefix: string;
}

/** A bucket that takes the server access logs and inventories of stores. */
export interface IAccessLogStore extends IConstruct {
  /** Name of the bucket. */
  readonly bucketName: string;
  /** ARN of the bucket. */
  readonly bucketArn: string;
  /** Region of the bucket: S3 delivers logs and inventories inside one region only. */
  readonly region: string;
  /** Lets S3 write the server access logs of a store. On an imported bucket its owner must have done so. */
  allowServerAccessLogs(from: StoreReports): void;
  /** Lets S3 write the inventories of a store. On an imported bucket its owner must have done so. */
  allowInventories(from: StoreReports): void;
  /**
   * Lets the grantee list and read what was written.
   *
   * @param prefix beginning of the keys it is limited to, such as `access/`; all keys when left out
   * @throws ValidationError `INVALID_PREFIX`
   */
  grantRead(grantee: IGrantable, prefix?: string): Grant;
}
