import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { Construct } from "constructs";
import type { Grant, IGrantable } from "../core/grants";
import { checkIdentity } from "../core/identity-checks";
import { NAME_LIMITS, resourceName } from "../core/naming";
import type { EnvironmentIdentity } from "../core/naming";
import { partitionOf } from "../core/partition";
import { policyDocument } from "../core/policy-document";
import { PropChecks } from "../core/prop-checks";
import type { IKey } from "../encryption/key";
import { lifecycleRules, validateLifecycle } from "./object-lifecycle";
import type { ObjectLifecycle } from "./object-lifecycle";
import { ObjectStoreGrants } from "./object-store-grants";

/** A bucket that workloads read and write. */
export interface IObjectStore {
  /** Name of the bucket. */
  readonly bucketName: string;
  /** ARN of the bucket. */
  readonly bucketArn: string;
  /** The key its objects are encrypted with. */
  readonly encryptionKey: IKey;
  /** Lets the grantee list and read objects, decryption included. */
  grantRead(grantee: IGrantable): Grant;
  /** Lets the grantee list, read, write and delete objects, encryption included; older versions stay out of its reach. */
  grantReadWrite(grantee: IGrantable): Grant;
}

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
   * Whether Terraform refuses every plan that would destroy the bucket. Without it, destroying the bucket deletes all objects
   * in it.
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

abstract class ObjectStoreBase extends Construct implements IObjectStore {
  abstract readonly bucketName: string;
  abstract readonly bucketArn: string;
  abstract readonly encryptionKey: IKey;

  grantRead(grantee: IGrantable): Grant {
    return new ObjectStoreGrants(this).read(grantee);
  }

  grantReadWrite(grantee: IGrantable): Grant {
    return new ObjectStoreGrants(this).readWrite(grantee);
  }
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
export class ObjectStore extends ObjectStoreBase {
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
    const { identity, storeName, encryptionKey, deletionProtection = true } = props;

    this.validateProps(props);

    const bucketName = props.bucketName ?? defaultName(identity, storeName);
    const bucket = new S3Bucket(this, "Resource", {
      bucket: bucketName,
      forceDestroy: !deletionProtection,
      tags: { Name: bucketName },
      lifecycle: deletionProtection ? { preventDestroy: true } : undefined,
    });
    this.bucketName = bucket.bucket;
    this.bucketArn = bucket.arn;
    this.encryptionKey = encryptionKey;
    const publicAccessBlock = this.closeToPublic();
    const versioning = this.keepVersions();
    this.encrypt();
    this.defineBucketPolicy(publicAccessBlock);
    this.defineLifecycle(props, versioning);
  }

  private closeToPublic(): S3BucketPublicAccessBlock {
    new S3BucketOwnershipControls(this, "OwnershipControls", {
      bucket: this.bucketName,
      rule: { objectOwnership: "BucketOwnerEnforced" },
    });
    return new S3BucketPublicAccessBlock(this, "PublicAccessBlock", {
      bucket: this.bucketName,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
  }

  private keepVersions(): S3BucketVersioningA {
    return new S3BucketVersioningA(this, "Versioning", {
      bucket: this.bucketName,
      versioningConfiguration: { status: "Enabled" },
    });
  }

  private encrypt(): void {
    new S3BucketServerSideEncryptionConfigurationA(this, "Encryption", {
      bucket: this.bucketName,
      rule: [
        {
          applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: this.encryptionKey.keyArn },
          bucketKeyEnabled: true,
        },
      ],
    });
  }

  /** S3 refuses changes to a policy and to the public access block at the same time, so one waits for the other. */
  private defineBucketPolicy(publicAccessBlock: S3BucketPublicAccessBlock): void {
    const denied = {
      effect: "Deny",
      principals: "*",
      actions: ["s3:*"],
      resources: [this.bucketArn, `${this.bucketArn}/*`],
    } as const;
    new S3BucketPolicy(this, "Policy", {
      bucket: this.bucketName,
      policy: policyDocument([
        { ...denied, sid: "DenyWithoutTls", conditions: { Bool: { "aws:SecureTransport": "false" } } },
        { ...denied, sid: "DenyOldTls", conditions: { NumericLessThan: { "s3:TlsVersion": "1.2" } } },
      ]),
      dependsOn: [publicAccessBlock],
    });
  }

  private defineLifecycle(lifecycle: ObjectLifecycle, versioning: S3BucketVersioningA): void {
    new S3BucketLifecycleConfiguration(this, "Lifecycle", {
      bucket: this.bucketName,
      rule: lifecycleRules(lifecycle),
      dependsOn: [versioning],
    });
  }

  private validateProps(props: ObjectStoreProps): void {
    const { storeName, bucketName } = props;
    const checks = checkIdentity(new PropChecks(this, "INVALID_OBJECT_STORE_PROPS"), props.identity);
    const words = "must be lower-case letters and digits, in words joined by single hyphens";
    checks.require(STORE_NAME.test(storeName), "storeName", words, storeName);
    if (bucketName !== undefined) validateBucketName(checks, bucketName);
    validateLifecycle(checks, props);
    checks.throwIfAny();
  }
}

class ImportedObjectStore extends ObjectStoreBase {
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

const STORE_NAME = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const BUCKET_NAME = /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/;
/** Beginnings and ends that S3 keeps for itself. */
const RESERVED_NAME = /^(xn--|sthree-|amzn-s3-demo-)|(-s3alias|--ol-s3|--x-s3|--table-s3)$/;

function defaultName({ project, stage, account, region }: EnvironmentIdentity, storeName: string): string {
  return resourceName([project, stage, storeName, account, region], { max: NAME_LIMITS.bucket });
}

/** Dots are allowed by S3, but its certificate does not cover names that have them. */
function validateBucketName(checks: PropChecks, name: string): void {
  const rule = "must be 3 to 63 lower-case letters, digits and hyphens, with a letter or digit at both ends";
  checks.require(BUCKET_NAME.test(name), "bucketName", rule, name);
  checks.require(
    !RESERVED_NAME.test(name),
    "bucketName",
    "must not start or end in a way that S3 keeps for itself",
    name,
  );
}
