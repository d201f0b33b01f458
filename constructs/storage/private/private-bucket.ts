import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import type { S3BucketLifecycleConfigurationRule } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketObjectLockConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-object-lock-configuration";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import type { S3BucketServerSideEncryptionConfigurationRuleA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { Lazy, type TerraformProvider } from "cdktf";
import type { Construct } from "constructs";
import { policyDocument } from "../../core/policy-document";
import type { ResourcePolicyStatement } from "../../core/policy-document";
import type { ObjectLock } from "../object-lock";

/** What a private bucket is made of. */
export interface PrivateBucketProps {
  /** Name of the bucket. */
  readonly bucketName: string;
  /** Whether Terraform refuses to destroy it; without it, it is emptied when it is destroyed. */
  readonly deletionProtection: boolean;
  /** The KMS key of the objects; undefined for keys that S3 keeps itself (SSE-S3). */
  readonly keyArn: string | undefined;
  /** How long objects stay, and where. */
  readonly lifecycle: readonly S3BucketLifecycleConfigurationRule[];
  /** For how long no version can be deleted. */
  readonly objectLock: ObjectLock | undefined;
  /** Provider configuration of the bucket's region; undefined for the stack's own. */
  readonly provider: TerraformProvider | undefined;
  /** What the bucket's policy allows; may grow until synthesis. */
  readonly allowed: readonly ResourcePolicyStatement[];
}

/** The parts of a private bucket that others refer to or wait for. */
export interface PrivateBucket {
  readonly bucket: S3Bucket;
  readonly versioning: S3BucketVersioningA;
  readonly policy: S3BucketPolicy;
}

/** A bucket without public access and object ACLs, for TLS 1.2 or newer only, encrypted, with versions, as `Resource` of the scope. */
export function definePrivateBucket(scope: Construct, props: PrivateBucketProps): PrivateBucket {
  const bucket = defineBucket(scope, props);
  const common = { bucket: bucket.bucket, provider: props.provider };
  new S3BucketOwnershipControls(scope, "OwnershipControls", {
    ...common,
    rule: { objectOwnership: "BucketOwnerEnforced" },
  });
  const publicAccessBlock = new S3BucketPublicAccessBlock(scope, "PublicAccessBlock", {
    ...common,
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  });
  const versioning = new S3BucketVersioningA(scope, "Versioning", {
    ...common,
    versioningConfiguration: { status: "Enabled" },
  });
  new S3BucketServerSideEncryptionConfigurationA(scope, "Encryption", {
    ...common,
    rule: [encryptionRule(props.keyArn)],
  });
  // S3 refuses changes to a policy and to the public access block at the same time, so one waits for the other.
  const policy = new S3BucketPolicy(scope, "Policy", {
    ...common,
    policy: Lazy.stringValue({
      produce: () => policyDocument([...denyWithoutModernTls(bucket.arn), ...props.allowed]),
    }),
    dependsOn: [publicAccessBlock],
  });
  new S3BucketLifecycleConfiguration(scope, "Lifecycle", {
    ...common,
    rule: [...props.lifecycle],
    dependsOn: [versioning],
  });
  if (props.objectLock !== undefined) defineObjectLock(scope, common, props.objectLock, versioning);
  return { bucket, versioning, policy };
}

/** A bucket with a lock is never emptied: Terraform would bypass a lock in governance mode, and stop half-way in compliance mode. */
function defineBucket(scope: Construct, props: PrivateBucketProps): S3Bucket {
  const { bucketName, deletionProtection, objectLock, provider } = props;
  return new S3Bucket(scope, "Resource", {
    bucket: bucketName,
    forceDestroy: !deletionProtection && objectLock === undefined,
    objectLockEnabled: objectLock === undefined ? undefined : true,
    tags: { Name: bucketName },
    provider,
    lifecycle: deletionProtection ? { preventDestroy: true } : undefined,
  });
}

function defineObjectLock(
  scope: Construct,
  common: Readonly<{ bucket: string; provider: TerraformProvider | undefined }>,
  { mode, days }: ObjectLock,
  versioning: S3BucketVersioningA,
): void {
  new S3BucketObjectLockConfigurationA(scope, "ObjectLock", {
    ...common,
    rule: { defaultRetention: { mode: mode.toUpperCase(), days } },
    dependsOn: [versioning],
  });
}

/** A bucket key makes one call to KMS serve many objects; S3's own keys cost nothing, so they know none. */
function encryptionRule(keyArn: string | undefined): S3BucketServerSideEncryptionConfigurationRuleA {
  if (keyArn === undefined) return { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } };
  return {
    applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: keyArn },
    bucketKeyEnabled: true,
  };
}

function denyWithoutModernTls(bucketArn: string): ResourcePolicyStatement[] {
  const denied = {
    effect: "Deny",
    principals: "*",
    actions: ["s3:*"],
    resources: [bucketArn, `${bucketArn}/*`],
  } as const;
  return [
    { ...denied, sid: "DenyWithoutTls", conditions: { Bool: { "aws:SecureTransport": "false" } } },
    { ...denied, sid: "DenyOldTls", conditions: { NumericLessThan: { "s3:TlsVersion": "1.2" } } },
  ];
}
