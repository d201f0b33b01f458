import { mustHaveLinked } from "../../engine/link";
import { resourceRule } from "../../engine/rule";
import type { Example } from "../../engine/rule";
import { pass } from "../../engine/verdict";

const lifecycle = (repository?: string): Example => ({
  terraform: {
    resource: {
      aws_ecr_repository: { serving: { name: "atlas-prod/serving" } },
      ...(repository && { aws_ecr_lifecycle_policy: { serving: { repository, policy: '{"rules":[]}' } } }),
    },
  },
});

/** What its rules keep is for the team to say. */
export const ecrLifecycle = resourceRule({
  id: "FD-ECR-005",
  slug: "ecr-lifecycle",
  title: "An image repository deletes old images",
  severity: "low",
  packs: ["cost"],
  why: "Every build of an image with CUDA in it is gigabytes that are kept and paid for, for ever.",
  fix: "Define an `aws_ecr_lifecycle_policy` for the repository.",
  types: ["aws_ecr_repository"],
  judge: (repository, context) =>
    mustHaveLinked(context, repository, { type: "aws_ecr_lifecycle_policy", argument: "repository" }, pass),
  examples: {
    failing: lifecycle(),
    passing: lifecycle("${aws_ecr_repository.serving.name}"),
    unknown: lifecycle("${var.repository}"),
  },
});
