/** What reading takes on the bucket itself. */
export const READ_BUCKET_ACTIONS: readonly string[] = ["s3:GetBucketLocation", "s3:ListBucket"];

/** What reading takes on the objects, older versions included. */
export const READ_OBJECT_ACTIONS: readonly string[] = ["s3:GetObject", "s3:GetObjectVersion"];

/** What reading and writing takes on the bucket itself. */
export const READ_WRITE_BUCKET_ACTIONS: readonly string[] = [...READ_BUCKET_ACTIONS, "s3:ListBucketMultipartUploads"];

/**
 * What reading and writing takes on the objects. Deleting a version is not part of it: what a workload deletes or overwrites
 * can be brought back until the retention of the store ends.
 */
export const READ_WRITE_OBJECT_ACTIONS: readonly string[] = [
  ...READ_OBJECT_ACTIONS,
  "s3:AbortMultipartUpload",
  "s3:DeleteObject",
  "s3:ListMultipartUploadParts",
  "s3:PutObject",
];

/** What writing alone takes on the bucket itself: clients ask where it is. */
export const PUT_BUCKET_ACTIONS: readonly string[] = ["s3:GetBucketLocation"];

/** What writing alone takes on the objects, large ones in parts included. */
export const PUT_OBJECT_ACTIONS: readonly string[] = [
  "s3:AbortMultipartUpload",
  "s3:ListMultipartUploadParts",
  "s3:PutObject",
];

/** What deleting alone takes on the objects: the current version becomes an older one, which stays. */
export const DELETE_OBJECT_ACTIONS: readonly string[] = ["s3:DeleteObject"];

/** Actions on the bucket that name keys, which the condition `s3:prefix` limits. */
export const LIST_ACTIONS: readonly string[] = ["s3:ListBucket"];

/** Actions on the bucket that name keys and that no condition limits: who is given a prefix goes without. */
export const LIST_EVERYTHING_ACTIONS: readonly string[] = ["s3:ListBucketMultipartUploads"];

/**
 * What S3 needs on the bucket it copies from.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/setting-repl-config-perm-overview.html
 */
export const REPLICATE_FROM_BUCKET_ACTIONS: readonly string[] = ["s3:GetReplicationConfiguration", "s3:ListBucket"];

/** What S3 needs on the objects it copies. */
export const REPLICATE_FROM_OBJECT_ACTIONS: readonly string[] = [
  "s3:GetObjectVersionForReplication",
  "s3:GetObjectVersionAcl",
  "s3:GetObjectVersionTagging",
];

/** What S3 needs in addition on objects with a lock. */
export const REPLICATE_FROM_LOCKED_OBJECT_ACTIONS: readonly string[] = [
  "s3:GetObjectLegalHold",
  "s3:GetObjectRetention",
];

/** What S3 needs on the objects it writes as copies. */
export const REPLICATE_TO_OBJECT_ACTIONS: readonly string[] = [
  "s3:ReplicateDelete",
  "s3:ReplicateObject",
  "s3:ReplicateTags",
];

/** What S3 needs on the key of the objects it copies. */
export const REPLICATE_FROM_KEY_ACTIONS: readonly string[] = ["kms:Decrypt"];

/**
 * What S3 needs on the key of the copies: it decrypts to check the bucket key it uses, and makes a data key for objects that
 * were put without KMS.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-config-for-kms-objects.html
 */
export const REPLICATE_TO_KEY_ACTIONS: readonly string[] = ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"];
