import { mustBe } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import { notApplicable } from "../../engine/verdict";
import { DATABASE_TYPES, isReplica } from "./private/database-kinds";
import { database } from "./private/example-database";

/** Asked in production only: other environments come and go. */
export const rdsDeletionProtection = resourceRule({
  id: "FD-RDS-006",
  slug: "rds-deletion-protection",
  title: "A database of production cannot be deleted by mistake",
  severity: "medium",
  packs: ["baseline", "mlops"],
  why: "One `destroy` in the wrong place, or one rename, deletes the database and its automated backups with it.",
  fix: "Set `deletion_protection` to true.",
  sameAs: { checkov: ["CKV_AWS_293", "CKV_AWS_139"], trivy: ["AWS-0177", "AWS-0343"], cdkNag: ["AwsSolutions-RDS10"] },
  types: DATABASE_TYPES,
  judge: (resource, { environment }) =>
    environment.stage !== "prod" || isReplica(resource)
      ? notApplicable()
      : mustBe(resource.at("deletion_protection"), true),
  examples: {
    failing: database({}),
    passing: database({ deletion_protection: true }),
    unknown: database({ deletion_protection: "${var.protected}" }),
  },
});
