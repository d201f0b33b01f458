import { resourceRule } from "../../engine/rule";
import { flagExamples, mustBlock, PUBLIC_ACCESS_BLOCK } from "./private/public-access-flag";

/** An absent switch is off. */
export const s3RestrictPublicBuckets = resourceRule({
  id: "FD-S3-005",
  slug: "s3-restrict-public-buckets",
  title: "A bucket with a public policy still answers its own account only",
  severity: "high",
  packs: ["baseline"],
  why: "A public policy that was there before, or slipped through, keeps letting strangers in.",
  fix: "Set `restrict_public_buckets` to true.",
  sameAs: { checkov: ["CKV_AWS_56"], trivy: ["AWS-0093"], cdkNag: ["AwsSolutions-S2"] },
  types: [PUBLIC_ACCESS_BLOCK],
  judge: (block, context) => mustBlock(block, "restrict_public_buckets", context),
  examples: flagExamples("restrict_public_buckets"),
});
