import type { Construct } from "constructs";
import { checkIdentity } from "../core/identity-checks";
import { NAME_LIMITS, resourceName } from "../core/naming";
import type { EnvironmentIdentity } from "../core/naming";
import { partitionOf } from "../core/partition";
import { PropChecks } from "../core/prop-checks";
import type { IKey } from "../encryption/key";
import { lifecycleRules, validateLifecycle } from "./object-lifecycle";
import type { ObjectLifecycle } from "./object-lifecycle";
import { retentionUnder, validateObjectLock } from "./object-lock";
import type { ObjectLock } from "./object-lock";
import { defaultBucketName, validateBucketName, validateStoreName } from "./private/bucket-name";
import { defineArchives } from "./private/define-archives";
import { defineReplication } from "./private/define-replication";
import { defineAccessLogs, defineInventory } from "./private/define-reports";
import { definePrivateBucket } from "./private/private-bucket";
import type { PrivateBucket } from "./private/private-bucket";
import { StoreBase } from "./private/store-base";
import { validateReplication } from "./replication";
import type { ReplicationOptions } from "./replication";
import type { IObjectStore } from "./store";
import { requireOtherBucket, validateReports } from "./store-reports";
import type { AccessLogOptions, InventoryOptions } from "./store-reports";

export type { IObjectStore } from "./store";

/** What an `ObjectStore` is made of. */
export interface ObjectStoreProps extends ObjectLifecycle {
  /** The environment the store belongs to. */
  readonly identity: EnvironmentIdentity;
  /** What the store holds, in kebab-case, such as `datasets`: part of the bucket's name. */
  readonly storeName: string;
  /** The key that encrypts the objects. */
  readonly encryptionKey: IKey;
  /**
   * Name of the bucket, unique in all of AWS.
   *
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
   * @default - `<project>-<stage>-<store>-<account>-<region>`, cut to 63 characters with a hash
   */
  readonly bucketName?: string;
  /**
   * Keeps versions from being deleted, for models that must stay as they were released. It must be there from the start: on an
   * existing store it would replace the bucket, which `deletionProtection` refuses.
   *
   * @default - versions can be deleted
   */
  readonly objectLock?: ObjectLock;
  /**
   * Records each request to the store in another bucket.
   *
   * @default - requests are not recorded
   */
  readonly accessLogs?: AccessLogOptions;
  /**
   * Lists all objects in another bucket, each day or week.
   *
   * @default - no lists are made
   */
  readonly inventory?: InventoryOptions;
  /**
   * Copies new objects to a bucket in another region.
   *
   * @default - nothing is copied
   */
  readonly replicateTo?: ReplicationOptions;
  /**
   * Whether Terraform refuses every plan that would destroy the bucket. Without it, destroying the bucket deletes all objects
   * in it; a bucket with `objectLock` is destroyed only when it is empty.
   *
   * @default true
   */
  readonly deletionProtection?: boolean;
}

/** An existing bucket. */
export interface ObjectStoreAttributes {
  /** Name of the bucket. */
  readonly bucketName: string;
  /** Region of the bucket: it says in which partition of AWS its ARN lies. */
  readonly region: string;
  /** The key its objects are encrypted with. */
  readonly encryptionKey: IKey;
}

/**
 * A private bucket: no public access, no object ACLs, TLS 1.2 or newer only, each object encrypted with the given KMS key,
 * all versions kept for a while.
 *
 * @example
 * const datasets = new ObjectStore(this, "Datasets", {
 *   identity,
 *   storeName: "datasets",
 *   encryptionKey: key,
 *   infrequentAccessAfterDays: 90,
 * });
 * datasets.grantRead(trainingRole);
 */
export class ObjectStore extends StoreBase {
  /**
   * A bucket that is defined elsewhere.
   *
   * @throws ValidationError `INVALID_OBJECT_STORE_ATTRIBUTES` when the name cannot be that of a bucket
   */
  static fromObjectStoreAttributes(scope: Construct, id: string, attributes: ObjectStoreAttributes): IObjectStore {
    return new ImportedObjectStore(scope, id, attributes);
  }

  readonly bucketName: string;
  readonly bucketArn: string;
  readonly encryptionKey: IKey;

  /** @throws ValidationError `INVALID_OBJECT_STORE_PROPS` */
  constructor(scope: Construct, id: string, props: ObjectStoreProps) {
    super(scope, id);
    const { identity, storeName, encryptionKey, objectLock, deletionProtection = true } = props;
    const lifecycle = {
      ...props,
      noncurrentRetentionDays: retentionUnder(objectLock, props.noncurrentRetentionDays),
    };

    this.validateProps(props);

    const bucketName = props.bucketName ?? defaultBucketName(identity, storeName);
    const parts = definePrivateBucket(this, {
      bucketName,
      deletionProtection,
      keyArn: encryptionKey.keyArn,
      lifecycle: lifecycleRules(lifecycle),
      objectLock,
      provider: undefined,
      allowed: [],
    });
    this.bucketName = parts.bucket.bucket;
    this.bucketArn = parts.bucket.arn;
    this.encryptionKey = encryptionKey;
    defineArchives(this, { bucket: this.bucketName }, props.intelligentTiering);
    this.defineReports(props, bucketName);
    this.defineReplication(props, parts);
  }

  private defineReports(props: ObjectStoreProps, bucketName: string): void {
    const { identity, objectLock, accessLogs, inventory } = props;
    const { account, region } = identity;
    const reported = { bucket: this.bucketName, bucketName, account, region, locked: objectLock !== undefined };
    const checks = new PropChecks(this, "INVALID_OBJECT_STORE_PROPS");
    requireOtherBucket(checks, "accessLogs.store", bucketName, accessLogs?.store);
    requireOtherBucket(checks, "inventory.store", bucketName, inventory?.store);
    checks.throwIfAny();
    if (accessLogs !== undefined) defineAccessLogs(this, reported, accessLogs);
    if (inventory !== undefined) defineInventory(this, reported, inventory);
  }

  private defineReplication(props: ObjectStoreProps, { versioning }: PrivateBucket): void {
    const { identity, storeName, objectLock, replicateTo } = props;
    if (replicateTo === undefined) return;
    const { project, stage, region } = identity;
    const roleName = resourceName([project, stage, storeName, "replication"], { max: NAME_LIMITS.iamRole });
    const source = { store: this, region, locked: objectLock !== undefined, roleName, versioning };
    defineReplication(this, source, replicateTo);
  }

  private validateProps(props: ObjectStoreProps): void {
    const { identity, storeName, bucketName, objectLock, accessLogs, inventory, replicateTo } = props;
    const checks = checkIdentity(new PropChecks(this, "INVALID_OBJECT_STORE_PROPS"), identity);
    validateStoreName(checks, storeName);
    if (bucketName !== undefined) validateBucketName(checks, bucketName);
    validateLifecycle(checks, props);
    validateObjectLock(checks, objectLock, props.noncurrentRetentionDays);
    if (replicateTo !== undefined) validateReplication(checks, identity.region, replicateTo, objectLock);
    if (accessLogs !== undefined) validateReports(checks, "accessLogs", identity.region, accessLogs);
    if (inventory !== undefined) validateReports(checks, "inventory", identity.region, inventory);
    checks.throwIfAny();
  }
}

class ImportedObjectStore extends StoreBase {
  readonly bucketName: string;
  readonly bucketArn: string;
  readonly encryptionKey: IKey;

  constructor(scope: Construct, id: string, { bucketName, region, encryptionKey }: ObjectStoreAttributes) {
    super(scope, id);
    const checks = new PropChecks(this, "INVALID_OBJECT_STORE_ATTRIBUTES");
    validateBucketName(checks, bucketName);
    checks.throwIfAny();
    this.bucketName = bucketName;
    this.bucketArn = `arn:${partitionOf(region)}:s3:::${bucketName}`;
    this.encryptionKey = encryptionKey;
  }
}
