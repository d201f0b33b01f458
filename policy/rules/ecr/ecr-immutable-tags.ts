import { mustBeOneOf } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import type { Example } from "../../engine/rule";

const repository = (values: object): Example => ({
  terraform: { resource: { aws_ecr_repository: { serving: { name: "atlas-prod/serving", ...values } } } },
});

/** Mutable unless told otherwise. */
export const ecrImmutableTags = resourceRule({
  id: "FD-ECR-001",
  slug: "ecr-immutable-tags",
  title: "A tag of an image never points to another image",
  severity: "high",
  packs: ["baseline"],
  why: "Whoever may push can replace what runs under a tag that was tested and approved, and a restart of a pod brings it in.",
  fix: 'Set `image_tag_mutability` to "IMMUTABLE".',
  sameAs: { checkov: ["CKV_AWS_51"], trivy: ["AWS-0031"] },
  types: ["aws_ecr_repository"],
  judge: (resource) => mustBeOneOf(resource.at("image_tag_mutability"), ["IMMUTABLE", "IMMUTABLE_WITH_EXCLUSION"]),
  examples: {
    failing: repository({}),
    passing: repository({ image_tag_mutability: "IMMUTABLE" }),
    unknown: repository({ image_tag_mutability: "${var.mutability}" }),
  },
});
