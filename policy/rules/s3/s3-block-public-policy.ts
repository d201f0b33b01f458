import { resourceRule } from "../../engine/rule";
import { flagExamples, mustBlock, PUBLIC_ACCESS_BLOCK } from "./private/public-access-flag";

/** An absent switch is off. */
export const s3BlockPublicPolicy = resourceRule({
  id: "FD-S3-003",
  slug: "s3-block-public-policy",
  title: "A bucket refuses public policies",
  severity: "high",
  packs: ["baseline"],
  why: "Whoever may write the bucket's policy can publish everything that is in it.",
  fix: "Set `block_public_policy` to true.",
  sameAs: { checkov: ["CKV_AWS_54"], trivy: ["AWS-0087"], cdkNag: ["AwsSolutions-S2"] },
  types: [PUBLIC_ACCESS_BLOCK],
  judge: (block, context) => mustBlock(block, "block_public_policy", context),
  examples: flagExamples("block_public_policy"),
});
