import { mustBe } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import type { Example } from "../../engine/rule";
import { BUCKET, exampleBucket } from "./private/example-bucket";

const ownership = (objectOwnership: string): Example => ({
  terraform: exampleBucket({
    aws_s3_bucket_ownership_controls: { models: { bucket: BUCKET, rule: { object_ownership: objectOwnership } } },
  }),
});

/** ACLs are off in buckets made since April 2023 unless ownership controls turn them on, so that a bucket without any passes. */
export const s3AclsDisabled = resourceRule({
  id: "FD-S3-007",
  slug: "s3-acls-disabled",
  title: "A bucket has no ACLs",
  severity: "medium",
  packs: ["baseline"],
  why: "With ACLs on, who uploads an object owns it and says who reads it, past every policy of the bucket.",
  fix: 'Set `rule.object_ownership` to "BucketOwnerEnforced".',
  sameAs: { checkov: ["CKV2_AWS_65"] },
  types: ["aws_s3_bucket_ownership_controls"],
  judge: (controls) => mustBe(controls.at("rule.object_ownership"), "BucketOwnerEnforced"),
  examples: {
    failing: ownership("BucketOwnerPreferred"),
    passing: ownership("BucketOwnerEnforced"),
    unknown: ownership("${var.ownership}"),
  },
});
