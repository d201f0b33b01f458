import { mustHaveLinked } from "../../engine/link";
import { resourceRule } from "../../engine/rule";
import { pass } from "../../engine/verdict";
import { BUCKET, exampleBucket } from "./private/example-bucket";
import { isBlockedForAccount, PUBLIC_ACCESS_BLOCK, PUBLIC_ACCESS_FLAGS } from "./private/public-access-flag";

/**
 * S3 blocks public access to buckets made since April 2023, but the provider neither says so nor notices when that changes. A
 * block of the whole account will do.
 */
export const s3PublicAccessBlock = resourceRule({
  id: "FD-S3-001",
  slug: "s3-public-access-block",
  title: "A bucket has a public access block",
  severity: "medium",
  packs: ["baseline"],
  why: "AWS switches the block on for new buckets only since April 2023. Where no code states it, somebody can switch it off, no plan shows that, and the next policy or ACL may make the bucket public.",
  fix: "Define an `aws_s3_bucket_public_access_block` for the bucket with all four switches on.",
  sameAs: { checkov: ["CKV2_AWS_6"], trivy: ["AWS-0094"], cdkNag: ["AwsSolutions-S2"] },
  types: ["aws_s3_bucket"],
  judge: (bucket, context) =>
    PUBLIC_ACCESS_FLAGS.every((flag) => isBlockedForAccount(flag, context))
      ? pass()
      : mustHaveLinked(context, bucket, { type: PUBLIC_ACCESS_BLOCK, argument: "bucket" }, pass),
  examples: {
    failing: { terraform: exampleBucket() },
    passing: {
      terraform: exampleBucket({ [PUBLIC_ACCESS_BLOCK]: { models: { bucket: BUCKET, block_public_acls: true } } }),
    },
    unknown: { terraform: exampleBucket({ [PUBLIC_ACCESS_BLOCK]: { models: { bucket: "${var.bucket}" } } }) },
  },
});
