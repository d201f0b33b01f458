import { NAME_LIMITS, resourceName } from "../../core/naming";
import type { EnvironmentIdentity } from "../../core/naming";
import type { PropChecks } from "../../core/prop-checks";

const STORE_NAME = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const BUCKET_NAME = /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/;
/** Beginnings and ends that S3 keeps for itself. */
const RESERVED_NAME = /^(xn--|sthree-|amzn-s3-demo-)|(-s3alias|--ol-s3|--x-s3|--table-s3)$/;

/** `<project>-<stage>-<store>-<account>-<region>`, cut to 63 characters with a hash. */
export function defaultBucketName(identity: EnvironmentIdentity, storeName: string): string {
  const { project, stage, account, region } = identity;
  return resourceName([project, stage, storeName, account, region], { max: NAME_LIMITS.bucket });
}

/** Checks the part of a bucket's name that says what it holds. */
export function validateStoreName(checks: PropChecks, storeName: string): void {
  const words = "must be lower-case letters and digits, in words joined by single hyphens";
  checks.require(STORE_NAME.test(storeName), "storeName", words, storeName);
}

/** Dots are allowed by S3, but its certificate does not cover names that have them. */
export function validateBucketName(checks: PropChecks, name: string): void {
  const rule = "must be 3 to 63 lower-case letters, digits and hyphens, with a letter or digit at both ends";
  const reserved = "must not start or end in a way that S3 keeps for itself";
  checks.require(BUCKET_NAME.test(name), "bucketName", rule, name);
  checks.require(!RESERVED_NAME.test(name), "bucketName", reserved, name);
}
