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
