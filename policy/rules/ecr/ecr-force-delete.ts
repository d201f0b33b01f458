import { mustNotBe } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import type { Example } from "../../engine/rule";
import { notApplicable } from "../../engine/verdict";

const repository = (forceDelete: unknown): Example => ({
  terraform: {
    resource: { aws_ecr_repository: { serving: { name: "atlas-prod/serving", force_delete: forceDelete } } },
  },
});

/** Asked for in production only; off unless told otherwise. */
export const ecrForceDelete = resourceRule({
  id: "FD-ECR-006",
  slug: "ecr-force-delete",
  title: "An image repository in production is not deleted with its images",
  severity: "medium",
  packs: ["baseline", "mlops"],
  why: "Pods that run go on, but none can start again or be rolled back once the images are gone.",
  fix: "Remove `force_delete`, so that a repository with images in it cannot be deleted.",
  types: ["aws_ecr_repository"],
  judge: (resource, { environment }) =>
    environment.stage === "prod" ? mustNotBe(resource.at("force_delete"), true) : notApplicable(),
  examples: { failing: repository(true), passing: repository(false), unknown: repository("${var.disposable}") },
});
