import { mustBe } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import type { Example } from "../../engine/rule";
import { notApplicable } from "../../engine/verdict";

const table = (isProtected: unknown): Example => ({
  terraform: {
    resource: {
      aws_dynamodb_table: { features: { name: "atlas-prod-features", deletion_protection_enabled: isProtected } },
    },
  },
});

/** Asked for in production only; off unless told otherwise. */
export const tableDeletionProtection = resourceRule({
  id: "FD-DATA-009",
  slug: "table-deletion-protection",
  title: "A DynamoDB table in production is protected from deletion",
  severity: "medium",
  packs: ["mlops"],
  why: "One renamed or removed resource deletes the table with everything in it.",
  fix: "Set `deletion_protection_enabled` to true.",
  types: ["aws_dynamodb_table"],
  judge: (resource, { environment }) =>
    environment.stage === "prod" ? mustBe(resource.at("deletion_protection_enabled"), true) : notApplicable(),
  examples: { failing: table(false), passing: table(true), unknown: table("${var.protected}") },
});
