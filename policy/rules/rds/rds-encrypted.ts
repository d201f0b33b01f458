import { must } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import { notApplicable } from "../../engine/verdict";
import { DATABASE_TYPES, isCopy } from "./private/database-kinds";
import { database } from "./private/example-database";

/** A replica or a restored database has what its source had, which is not known here. Serverless v1 is always encrypted. */
export const rdsEncrypted = resourceRule({
  id: "FD-RDS-001",
  slug: "rds-encrypted",
  title: "Databases are encrypted at rest",
  severity: "high",
  packs: ["baseline", "mlops"],
  why: "Disks, backups and replicas lie in the clear, and that cannot be mended later: the database has to be copied.",
  fix: "Set `storage_encrypted` to true. The database is replaced by it.",
  sameAs: { checkov: ["CKV_AWS_16", "CKV_AWS_96"], trivy: ["AWS-0080", "AWS-0079"], cdkNag: ["AwsSolutions-RDS2"] },
  types: DATABASE_TYPES,
  judge: (resource) => {
    const encrypted = resource.at("storage_encrypted");
    if (encrypted.absent && isCopy(resource)) return notApplicable();
    const isDefault = resource.at("engine_mode").literal === "serverless";
    return must(encrypted, (on) => String(on ?? isDefault) === "true", "must be true");
  },
  examples: {
    failing: database({}),
    passing: database({ storage_encrypted: true }),
    unknown: database({ storage_encrypted: "${var.encrypted}" }),
  },
});
