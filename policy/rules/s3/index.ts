import type { Rule } from "../../engine/rule";
import { s3AbortUploads } from "./s3-abort-uploads";
import { s3AccessLogging } from "./s3-access-logging";
import { s3AclPrivate } from "./s3-acl-private";
import { s3AclsDisabled } from "./s3-acls-disabled";
import { s3BlockPublicAcls } from "./s3-block-public-acls";
import { s3BlockPublicPolicy } from "./s3-block-public-policy";
import { s3BucketKey } from "./s3-bucket-key";
import { s3DnsName } from "./s3-dns-name";
import { s3ForceDestroy } from "./s3-force-destroy";
import { s3IgnorePublicAcls } from "./s3-ignore-public-acls";
import { s3Lifecycle } from "./s3-lifecycle";
import { s3LogsElsewhere } from "./s3-logs-elsewhere";
import { s3ModelRetention } from "./s3-model-retention";
import { s3NoncurrentExpiry } from "./s3-noncurrent-expiry";
import { s3Notifications } from "./s3-notifications";
import { s3ObjectLock } from "./s3-object-lock";
import { s3OwnKey } from "./s3-own-key";
import { s3PolicyNoLockOut } from "./s3-policy-no-lock-out";
import { s3PolicyNotPublic } from "./s3-policy-not-public";
import { s3PublicAccessBlock } from "./s3-public-access-block";
import { s3Replication } from "./s3-replication";
import { s3RestrictPublicBuckets } from "./s3-restrict-public-buckets";
import { s3TlsOnly } from "./s3-tls-only";
import { s3UniqueName } from "./s3-unique-name";
import { s3Versioning } from "./s3-versioning";

/** Rules for S3 buckets. */
export const s3Rules: readonly Rule[] = [
  s3PublicAccessBlock,
  s3BlockPublicAcls,
  s3BlockPublicPolicy,
  s3IgnorePublicAcls,
  s3RestrictPublicBuckets,
  s3AclPrivate,
  s3AclsDisabled,
  s3OwnKey,
  s3BucketKey,
  s3Versioning,
  s3TlsOnly,
  s3PolicyNotPublic,
  s3PolicyNoLockOut,
  s3AccessLogging,
  s3LogsElsewhere,
  s3Lifecycle,
  s3AbortUploads,
  s3NoncurrentExpiry,
  s3ModelRetention,
  s3ObjectLock,
  s3Replication,
  s3Notifications,
  s3DnsName,
  s3UniqueName,
  s3ForceDestroy,
];
