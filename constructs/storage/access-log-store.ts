import { Construct } from "constructs";
import type { Grant, IGrantable } from "../core/grants";
import { checkIdentity } from "../core/identity-checks";
import type { EnvironmentIdentity } from "../core/naming";
import { partitionOf } from "../core/partition";
import type { ResourcePolicyStatement } from "../core/policy-document";
import { PropChecks } from "../core/prop-checks";
import { lifecycleRules, validateLifecycle } from "./object-lifecycle";
import { ObjectStoreGrants } from "./object-store-grants";
import { defaultBucketName, validateBucketName, validateStoreName } from "./private/bucket-name";
import { definePrivateBucket } from "./private/private-bucket";
import type { IAccessLogStore, StoreReports } from "./store";

/** What an `AccessLogStore` is made of. */
export interface AccessLogStoreProps {
  /** The environment the store belongs to. */
  readonly identity: EnvironmentIdentity;
  /**
   * What the store holds, in kebab-case: part of the bucket's name.
   *
   * @default "access-logs"
   */
  readonly storeName?: string;
  /**
   * Name of the bucket, unique in all of AWS.
   *
   * @default - `<project>-<stage>-<store>-<account>-<region>`, cut to 63 characters with a hash
   */
  readonly bucketName?: string;
  /**
   * Days after which records are deleted.
   *
   * @default 365
   */
  readonly expireAfterDays?: number;
  /**
   * Days a record is kept after it was overwritten or deleted.
   *
   * @default 30
   */
  readonly noncurrentRetentionDays?: number;
  /**
   * Whether Terraform refuses every plan that would destroy the bucket. Without it, destroying the bucket deletes all records
   * in it.
   *
   * @default true
   */
  readonly deletionProtection?: boolean;
}

/** An existing bucket for access logs. */
export interface AccessLogStoreAttributes {
  /** Name of the bucket. */
  readonly bucketName: string;
  /** Region of the bucket. */
  readonly region: string;
}

abstract class AccessLogStoreBase extends Construct implements IAccessLogStore {
  abstract readonly bucketName: string;
  abstract readonly bucketArn: string;
  abstract readonly region: string;

  abstract allowServerAccessLogs(from: StoreReports): void;
  abstract allowInventories(from: StoreReports): void;

  grantRead(grantee: IGrantable, prefix?: string): Grant {
    return new ObjectStoreGrants({ bucketArn: this.bucketArn }, this).read(grantee, prefix);
  }
}

/**
 * A private bucket for what S3 writes about stores: server access logs and inventories. It is encrypted with keys that S3 keeps
 * (SSE-S3), since S3 delivers access logs to no bucket with a KMS key, and has no object lock for the same reason.
 *
 * @example
 * const accessLogs = new AccessLogStore(this, "AccessLogs", { identity });
 * new ObjectStore(this, "Datasets", {
 *   identity,
 *   storeName: "datasets",
 *   encryptionKey: key,
 *   accessLogs: { store: accessLogs },
 * });
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
 */
export class AccessLogStore extends AccessLogStoreBase {
  /**
   * A bucket that is defined elsewhere. Its own policy must let S3 write there: nothing here changes it.
   *
   * @throws ValidationError `INVALID_ACCESS_LOG_STORE_ATTRIBUTES` when the name cannot be that of a bucket
   */
  static fromAccessLogStoreAttributes(
    scope: Construct,
    id: string,
    attributes: AccessLogStoreAttributes,
  ): IAccessLogStore {
    return new ImportedAccessLogStore(scope, id, attributes);
  }

  /** Name of the bucket, by way of its policy: what writes here waits until it may. */
  readonly bucketName: string;
  readonly bucketArn: string;
  readonly region: string;
  private readonly allowed: ResourcePolicyStatement[] = [];

  /** @throws ValidationError `INVALID_ACCESS_LOG_STORE_PROPS` */
  constructor(scope: Construct, id: string, props: AccessLogStoreProps) {
    super(scope, id);
    const { identity, storeName = "access-logs", deletionProtection = true } = props;
    const { expireAfterDays = 365, noncurrentRetentionDays = 30 } = props;
    const lifecycle = { expireAfterDays, noncurrentRetentionDays };

    const checks = checkIdentity(new PropChecks(this, "INVALID_ACCESS_LOG_STORE_PROPS"), identity);
    validateStoreName(checks, storeName);
    if (props.bucketName !== undefined) validateBucketName(checks, props.bucketName);
    validateLifecycle(checks, lifecycle);
    checks.throwIfAny();

    const { bucket, policy } = definePrivateBucket(this, {
      bucketName: props.bucketName ?? defaultBucketName(identity, storeName),
      deletionProtection,
      keyArn: undefined,
      lifecycle: lifecycleRules(lifecycle),
      objectLock: undefined,
      provider: undefined,
      allowed: this.allowed,
    });

    this.bucketName = policy.bucket;
    this.bucketArn = bucket.arn;
    this.region = identity.region;
  }

  allowServerAccessLogs(from: StoreReports): void {
    this.allowWriting("logging.s3.amazonaws.com", from);
  }

  allowInventories(from: StoreReports): void {
    this.allowWriting("s3.amazonaws.com", from);
  }

  /** Source and account are named, so that S3 writes for this bucket of ours and for nobody else's. */
  private allowWriting(service: string, { bucketName, account, prefix }: StoreReports): void {
    this.allowed.push({
      principals: { Service: [service] },
      actions: ["s3:PutObject"],
      resources: [`${this.bucketArn}/${prefix}*`],
      conditions: {
        ArnLike: { "aws:SourceArn": `arn:${partitionOf(this.region)}:s3:::${bucketName}` },
        StringEquals: { "aws:SourceAccount": account },
      },
    });
  }
}

class ImportedAccessLogStore extends AccessLogStoreBase {
  readonly bucketName: string;
  readonly bucketArn: string;
  readonly region: string;

  constructor(scope: Construct, id: string, { bucketName, region }: AccessLogStoreAttributes) {
    super(scope, id);
    const checks = new PropChecks(this, "INVALID_ACCESS_LOG_STORE_ATTRIBUTES");
    validateBucketName(checks, bucketName);
    checks.throwIfAny();
    this.bucketName = bucketName;
    this.bucketArn = `arn:${partitionOf(region)}:s3:::${bucketName}`;
    this.region = region;
  }

  allowServerAccessLogs(): void {
    // The policy of a bucket is one document, and this one is its owner's.
  }

  allowInventories(): void {
    // As for access logs.
  }
}
