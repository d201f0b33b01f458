/** An S3 request by its API name, its IAM action, and whether moto knows it. */
export interface S3Operation {
  readonly action: string;
  /** IAM action without the `s3:`. */
  readonly iamAction: string;
  /** What the operation is about. */
  readonly bucket?: string;
  /** Decoded key. */
  readonly key?: string;
  /** The part of the request that moto does not know and would take for another operation. */
  readonly unknown?: string;
}

type Methods = Partial<
  Record<"GET" | "HEAD" | "PUT" | "POST" | "DELETE", readonly [action: string, iamAction?: string]>
>;

/** By subresource, "" being the bucket itself. Only what moto or an overlay implements: moto takes the rest for a plain bucket call. */
const BUCKET: Readonly<Record<string, Methods>> = {
  "": {
    GET: ["ListObjects", "ListBucket"],
    HEAD: ["HeadBucket", "ListBucket"],
    PUT: ["CreateBucket"],
    DELETE: ["DeleteBucket"],
    POST: ["PostObject", "PutObject"],
  },
  "list-type": { GET: ["ListObjectsV2", "ListBucket"] },
  versions: { GET: ["ListObjectVersions", "ListBucketVersions"] },
  uploads: { GET: ["ListMultipartUploads", "ListBucketMultipartUploads"] },
  delete: { POST: ["DeleteObjects", "DeleteObject"] },
  location: { GET: ["GetBucketLocation"] },
  acl: { GET: ["GetBucketAcl"], PUT: ["PutBucketAcl"] },
  policy: { GET: ["GetBucketPolicy"], PUT: ["PutBucketPolicy"], DELETE: ["DeleteBucketPolicy"] },
  policyStatus: { GET: ["GetBucketPolicyStatus"] },
  versioning: { GET: ["GetBucketVersioning"], PUT: ["PutBucketVersioning"] },
  lifecycle: {
    GET: ["GetBucketLifecycleConfiguration", "GetLifecycleConfiguration"],
    PUT: ["PutBucketLifecycleConfiguration", "PutLifecycleConfiguration"],
    DELETE: ["DeleteBucketLifecycle", "PutLifecycleConfiguration"],
  },
  encryption: {
    GET: ["GetBucketEncryption", "GetEncryptionConfiguration"],
    PUT: ["PutBucketEncryption", "PutEncryptionConfiguration"],
    DELETE: ["DeleteBucketEncryption", "PutEncryptionConfiguration"],
  },
  publicAccessBlock: {
    GET: ["GetPublicAccessBlock", "GetBucketPublicAccessBlock"],
    PUT: ["PutPublicAccessBlock", "PutBucketPublicAccessBlock"],
    DELETE: ["DeletePublicAccessBlock", "PutBucketPublicAccessBlock"],
  },
  ownershipControls: {
    GET: ["GetBucketOwnershipControls"],
    PUT: ["PutBucketOwnershipControls"],
    DELETE: ["DeleteBucketOwnershipControls", "PutBucketOwnershipControls"],
  },
  tagging: {
    GET: ["GetBucketTagging"],
    PUT: ["PutBucketTagging"],
    DELETE: ["DeleteBucketTagging", "PutBucketTagging"],
  },
  cors: {
    GET: ["GetBucketCors", "GetBucketCORS"],
    PUT: ["PutBucketCors", "PutBucketCORS"],
    DELETE: ["DeleteBucketCors", "PutBucketCORS"],
  },
  website: {
    GET: ["GetBucketWebsite"],
    PUT: ["PutBucketWebsite"],
    DELETE: ["DeleteBucketWebsite"],
  },
  logging: { GET: ["GetBucketLogging"], PUT: ["PutBucketLogging"] },
  notification: {
    GET: ["GetBucketNotificationConfiguration", "GetBucketNotification"],
    PUT: ["PutBucketNotificationConfiguration", "PutBucketNotification"],
  },
  accelerate: {
    GET: ["GetBucketAccelerateConfiguration", "GetAccelerateConfiguration"],
    PUT: ["PutBucketAccelerateConfiguration", "PutAccelerateConfiguration"],
  },
  requestPayment: { GET: ["GetBucketRequestPayment"] },
  replication: {
    GET: ["GetBucketReplication", "GetReplicationConfiguration"],
    PUT: ["PutBucketReplication", "PutReplicationConfiguration"],
    DELETE: ["DeleteBucketReplication", "PutReplicationConfiguration"],
  },
  "object-lock": {
    GET: ["GetObjectLockConfiguration", "GetBucketObjectLockConfiguration"],
    PUT: ["PutObjectLockConfiguration", "PutBucketObjectLockConfiguration"],
  },
  inventory: {
    GET: ["GetBucketInventoryConfiguration", "GetInventoryConfiguration"],
    PUT: ["PutBucketInventoryConfiguration", "PutInventoryConfiguration"],
    DELETE: ["DeleteBucketInventoryConfiguration", "PutInventoryConfiguration"],
  },
  "intelligent-tiering": {
    GET: ["GetBucketIntelligentTieringConfiguration", "GetIntelligentTieringConfiguration"],
    PUT: ["PutBucketIntelligentTieringConfiguration", "PutIntelligentTieringConfiguration"],
    DELETE: ["DeleteBucketIntelligentTieringConfiguration", "PutIntelligentTieringConfiguration"],
  },
};

/** Subresources of which a bucket has several: without an id, a read lists them. */
const LISTED: Readonly<Record<string, string>> = {
  inventory: "ListBucketInventoryConfigurations",
  "intelligent-tiering": "ListBucketIntelligentTieringConfigurations",
};

const OBJECT: Readonly<Record<string, Methods>> = {
  "": {
    GET: ["GetObject"],
    HEAD: ["HeadObject", "GetObject"],
    PUT: ["PutObject"],
    DELETE: ["DeleteObject"],
  },
  versionId: {
    GET: ["GetObject", "GetObjectVersion"],
    HEAD: ["HeadObject", "GetObjectVersion"],
    DELETE: ["DeleteObject", "DeleteObjectVersion"],
  },
  uploads: { POST: ["CreateMultipartUpload", "PutObject"] },
  uploadId: {
    GET: ["ListParts", "ListMultipartUploadParts"],
    PUT: ["UploadPart", "PutObject"],
    POST: ["CompleteMultipartUpload", "PutObject"],
    DELETE: ["AbortMultipartUpload"],
  },
  acl: { GET: ["GetObjectAcl"], PUT: ["PutObjectAcl"] },
  attributes: { GET: ["GetObjectAttributes"] },
  "legal-hold": { GET: ["GetObjectLegalHold"], PUT: ["PutObjectLegalHold"] },
  retention: { PUT: ["PutObjectRetention"] },
  restore: { POST: ["RestoreObject"] },
  select: { POST: ["SelectObjectContent", "GetObject"] },
  tagging: {
    GET: ["GetObjectTagging"],
    PUT: ["PutObjectTagging"],
    DELETE: ["DeleteObjectTagging"],
  },
};

/** Query parameters that refine an operation without choosing it. */
const REFINEMENT =
  /^(x-id|prefix|delimiter|max-.*|marker|key-marker|version-id-marker|upload-id-marker|continuation-token|start-after|encoding-type|fetch-owner|part-number-marker|partNumber|response-.*|id|versionId|select-type|bucket-region|optional-object-attributes|X-Amz-.*)$/i;

/**
 * Names an S3 request in path style.
 *
 * @param method HTTP method
 * @param path percent-encoded path: `/`, `/bucket`, `/bucket/key…`
 * @param query decoded query
 */
export function s3Operation(method: string, path: string, query: URLSearchParams): S3Operation {
  const [, bucket = "", ...rest] = path.split("/");
  const key = decodeKey(rest.join("/"));
  if (bucket === "") return { action: "ListBuckets", iamAction: "ListAllMyBuckets" };
  const target = key === "" ? { bucket } : { bucket, key };
  const table = key === "" ? BUCKET : OBJECT;
  const subresources = [...query.keys()].filter((name) => name in table && name !== "versionId");
  const unknown = [...query.keys()].find((name) => !(name in table) && !REFINEMENT.test(name));
  const version = key !== "" && query.has("versionId") ? "versionId" : "";
  const subresource = unknown ?? subresources.at(-1) ?? version;
  const [action, iamAction] = table[subresource]?.[method as "GET"] ?? [];
  if (action === undefined) {
    const name = `${method} ${key === "" ? "bucket" : "object"}${subresource === "" ? "" : `?${subresource}`}`;
    return { action: name, iamAction: name, ...target, unknown: subresource === "" ? method : subresource };
  }
  const listing = method === "GET" && !query.has("id") ? LISTED[subresource] : undefined;
  return { action: listing ?? action, iamAction: iamAction ?? action, ...target };
}

function decodeKey(raw: string): string {
  try {
    return decodeURIComponent(raw);
  } catch {
    return raw;
  }
}
