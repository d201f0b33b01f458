import { resourceRule } from "../../engine/rule";
import { flagExamples, mustBlock, PUBLIC_ACCESS_BLOCK } from "./private/public-access-flag";

/** An absent switch is off. */
export const s3BlockPublicAcls = resourceRule({
  id: "FD-S3-002",
  slug: "s3-block-public-acls",
  title: "A bucket refuses new public ACLs",
  severity: "high",
  packs: ["baseline"],
  why: "Any upload may carry an ACL that lets the whole internet read what is uploaded.",
  fix: "Set `block_public_acls` to true.",
  sameAs: { checkov: ["CKV_AWS_53"], trivy: ["AWS-0086"], cdkNag: ["AwsSolutions-S2"] },
  types: [PUBLIC_ACCESS_BLOCK],
  judge: (block, context) => mustBlock(block, "block_public_acls", context),
  examples: flagExamples("block_public_acls"),
});
