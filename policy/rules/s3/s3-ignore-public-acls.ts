import { resourceRule } from "../../engine/rule";
import { flagExamples, mustBlock, PUBLIC_ACCESS_BLOCK } from "./private/public-access-flag";

/** An absent switch is off. */
export const s3IgnorePublicAcls = resourceRule({
  id: "FD-S3-004",
  slug: "s3-ignore-public-acls",
  title: "Public ACLs of a bucket and its objects have no effect",
  severity: "high",
  packs: ["baseline"],
  why: "Objects that once got a public ACL stay readable for the whole internet, also after new ones are refused.",
  fix: "Set `ignore_public_acls` to true.",
  sameAs: { checkov: ["CKV_AWS_55"], trivy: ["AWS-0091"], cdkNag: ["AwsSolutions-S2"] },
  types: [PUBLIC_ACCESS_BLOCK],
  judge: (block, context) => mustBlock(block, "ignore_public_acls", context),
  examples: flagExamples("ignore_public_acls"),
});
