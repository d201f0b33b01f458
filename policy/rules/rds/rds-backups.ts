import { mustBeAtLeast } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import { notApplicable } from "../../engine/verdict";
import { DATABASE_TYPES, isReplica } from "./private/database-kinds";
import { database } from "./private/example-database";

/** How long is a threshold of the stage. Without the argument an instance keeps none and a cluster one day. */
export const rdsBackups = resourceRule({
  id: "FD-RDS-005",
  slug: "rds-backups",
  title: "Backups of databases are kept long enough",
  severity: "medium",
  packs: ["baseline", "mlops"],
  why: "What was deleted or overwritten by mistake can be brought back only as far as the backups reach.",
  fix: "Set `backup_retention_period` to the days of the stage, 35 at most.",
  sameAs: { checkov: ["CKV_AWS_133"], trivy: ["AWS-0077"], cdkNag: ["AwsSolutions-RDS13"] },
  types: DATABASE_TYPES,
  judge: (resource, { thresholds }) => {
    if (isReplica(resource)) return notApplicable();
    const awsDefault = resource.type === "aws_rds_cluster" ? 1 : 0;
    return mustBeAtLeast(resource.at("backup_retention_period"), thresholds.minBackupDays, awsDefault);
  },
  examples: {
    failing: database({ backup_retention_period: 1 }),
    passing: database({ backup_retention_period: 35 }),
    unknown: database({ backup_retention_period: "${var.days}" }),
  },
});
