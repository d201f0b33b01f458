import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Token } from "cdktf";
import type { Construct } from "constructs";
import { checkIdentity } from "../core/identity-checks";
import type { EnvironmentIdentity } from "../core/naming";
import { partitionOf } from "../core/partition";
import { PropChecks } from "../core/prop-checks";
import { Key } from "../encryption/key";
import type { IKey } from "../encryption/key";
import { lifecycleRules, validateLifecycle } from "./object-lifecycle";
import type { ObjectLifecycle } from "./object-lifecycle";
import { retentionUnder, validateObjectLock } from "./object-lock";
import type { ObjectLock } from "./object-lock";
import { defaultBucketName, validateBucketName, validateStoreName } from "./private/bucket-name";
import { defineArchives } from "./private/define-archives";
import { definePrivateBucket } from "./private/private-bucket";
import { StoreBase } from "./private/store-base";
import type { IReplicaStore } from "./store";

/** What a `ReplicaStore` is made of. */
export interface ReplicaStoreProps extends ObjectLifecycle {
  /** The environment the store belongs to; its region is that of the store that is copied. */
  readonly identity: EnvironmentIdentity;
  /** What the store holds, in kebab-case, such as `datasets`: part of the bucket's name. */
  readonly storeName: string;
  /**
   * Provider configuration with an alias, for the region that holds the copies and the account of `identity`. Bucket and key are
   * made through it.
   */
  readonly provider: AwsProvider;
  /**
   * The key that encrypts the copies, in the region of `provider`.
   *
   * @default - a key of its own, with the alias `alias/<project>-<stage>-<store>-replica`
   */
  readonly encryptionKey?: IKey;
  /**
   * Name of the bucket, unique in all of AWS.
   *
   * @default - `<project>-<stage>-<store>-<account>-<region of the copies>`, cut to 63 characters with a hash
   */
  readonly bucketName?: string;
  /**
   * Keeps versions from being deleted. Needed when the store that is copied has a lock; must be there from the start.
   *
   * @default - versions can be deleted
   */
  readonly objectLock?: ObjectLock;
  /**
   * Whether Terraform refuses every plan that would destroy the bucket or its own key. Without it, destroying the bucket deletes
   * all copies in it, unless it has an object lock.
   *
   * @default true
   */
  readonly deletionProtection?: boolean;
}

/** An existing bucket in another region. */
export interface ReplicaStoreAttributes {
  /** Name of the bucket. */
  readonly bucketName: string;
  /** Region of the bucket. */
  readonly region: string;
  /** The key its objects are encrypted with, in the same region. */
  readonly encryptionKey: IKey;
  /**
   * Whether S3 Object Lock is on.
   *
   * @default false
   */
  readonly objectLocked?: boolean;
}

/**
 * A private bucket in a second region that an `ObjectStore` is copied to, so that its data outlives the loss of a region. It is
 * made like the store itself: no public access, TLS 1.2 or newer only, encrypted, with versions.
 *
 * @example
 * const replica = new ReplicaStore(this, "DatasetsReplica", {
 *   identity,
 *   storeName: "datasets",
 *   provider: new AwsProvider(this, "Replicas", { alias: "replicas", region: "eu-west-1" }),
 * });
 * new ObjectStore(this, "Datasets", {
 *   identity,
 *   storeName: "datasets",
 *   encryptionKey: key,
 *   replicateTo: { store: replica },
 * });
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication.html
 */
export class ReplicaStore extends StoreBase implements IReplicaStore {
  /**
   * A bucket that is defined elsewhere, in the same account.
   *
   * @throws ValidationError `INVALID_REPLICA_STORE_ATTRIBUTES` when the name cannot be that of a bucket, or the key is in another
   * region
   */
  static fromReplicaStoreAttributes(scope: Construct, id: string, attributes: ReplicaStoreAttributes): IReplicaStore {
    return new ImportedReplicaStore(scope, id, attributes);
  }

  readonly bucketName: string;
  /** ARN of the bucket, by way of its versioning: what copies to it waits until it keeps versions. */
  readonly bucketArn: string;
  readonly encryptionKey: IKey;
  readonly region: string;
  readonly objectLocked: boolean;

  /** @throws ValidationError `INVALID_REPLICA_STORE_PROPS` */
  constructor(scope: Construct, id: string, props: ReplicaStoreProps) {
    super(scope, id);
    const { storeName, provider, objectLock, deletionProtection = true } = props;
    const region = provider.region ?? "";
    const identity = { ...props.identity, region };
    const lifecycle = {
      ...props,
      noncurrentRetentionDays: retentionUnder(objectLock, props.noncurrentRetentionDays),
    };

    this.validateProps(props);

    this.encryptionKey =
      props.encryptionKey ??
      new Key(this, "Key", { identity, purpose: `${storeName}-replica`, deletionProtection, provider });
    const { bucket, versioning } = definePrivateBucket(this, {
      bucketName: props.bucketName ?? defaultBucketName(identity, storeName),
      deletionProtection,
      keyArn: this.encryptionKey.keyArn,
      lifecycle: lifecycleRules(lifecycle),
      objectLock,
      provider,
      allowed: [],
    });
    defineArchives(this, { bucket: bucket.bucket, provider }, props.intelligentTiering);

    this.bucketName = bucket.bucket;
    this.bucketArn = `arn:${partitionOf(region)}:s3:::${versioning.bucket}`;
    this.region = region;
    this.objectLocked = objectLock !== undefined;
  }

  private validateProps(props: ReplicaStoreProps): void {
    const { identity, storeName, bucketName, provider, encryptionKey } = props;
    const { region } = provider;
    const checks = checkIdentity(new PropChecks(this, "INVALID_REPLICA_STORE_PROPS"), identity);
    validateStoreName(checks, storeName);
    if (bucketName !== undefined) validateBucketName(checks, bucketName);
    const known = region !== undefined && REGION.test(region) && !Token.isUnresolved(region);
    checks.require(known, "provider.region", "must be an AWS region such as eu-west-1", region);
    if (known) {
      const partition = `must be in the same partition of AWS as \`identity.region\` (${identity.region})`;
      checks
        .require(region !== identity.region, "provider.region", "must be another region than `identity.region`", region)
        .require(partitionOf(region) === partitionOf(identity.region), "provider.region", partition, region);
      if (encryptionKey !== undefined) validateKeyRegion(checks, encryptionKey, region);
    }
    validateLifecycle(checks, props);
    validateObjectLock(checks, props.objectLock, props.noncurrentRetentionDays);
    checks.throwIfAny();
  }
}

class ImportedReplicaStore extends StoreBase implements IReplicaStore {
  readonly bucketName: string;
  readonly bucketArn: string;
  readonly encryptionKey: IKey;
  readonly region: string;
  readonly objectLocked: boolean;

  constructor(scope: Construct, id: string, attributes: ReplicaStoreAttributes) {
    super(scope, id);
    const { bucketName, region, encryptionKey, objectLocked = false } = attributes;
    const checks = new PropChecks(this, "INVALID_REPLICA_STORE_ATTRIBUTES");
    validateBucketName(checks, bucketName);
    validateKeyRegion(checks, encryptionKey, region);
    checks.throwIfAny();
    this.bucketName = bucketName;
    this.bucketArn = `arn:${partitionOf(region)}:s3:::${bucketName}`;
    this.encryptionKey = encryptionKey;
    this.region = region;
    this.objectLocked = objectLocked;
  }
}

const REGION = /^[a-z]{2}(-[a-z]+)+-\d$/;

/** S3 takes a replication with a key of another region, and then fails to copy. */
function validateKeyRegion(checks: PropChecks, { keyArn }: IKey, region: string): void {
  const inRegion = keyArn.split(":")[3] === region;
  checks.require(inRegion, "encryptionKey", `must be in the region of the copies (${region})`, keyArn);
}
