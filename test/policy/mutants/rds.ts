import { put, removeResource, resourceOf } from "./mutant";
import type { CompliantEnvironment, Mutant } from "./mutant";

const puts = (rule: string, what: string, path: string, value: unknown): Mutant => ({
  rule,
  what,
  change: (environment) => put(resourceOf(environment, "aws_db_instance"), path, value),
});

const putsCluster = (rule: string, what: string, path: string, value: unknown): Mutant => ({
  rule,
  what,
  change: (environment) => put(resourceOf(environment, "aws_rds_cluster"), path, value),
});

export const mutants: readonly Mutant[] = [
  puts("FD-RDS-001", "the database is not encrypted", "storage_encrypted", false),
  putsCluster("FD-RDS-001", "the cluster does not say that it is encrypted", "storage_encrypted", undefined),
  puts("FD-RDS-002", "the key of AWS is used", "kms_key_id", undefined),
  puts("FD-RDS-003", "the database has a public address", "publicly_accessible", true),
  puts("FD-RDS-004", "one zone is all there is", "multi_az", false),
  {
    rule: "FD-RDS-004",
    what: "the cluster has one instance",
    change: (environment) => removeResource(environment, "aws_rds_cluster_instance", "Second"),
  },
  puts("FD-RDS-005", "backups are kept for a day", "backup_retention_period", 1),
  putsCluster(
    "FD-RDS-005",
    "how long backups of the cluster are kept is not said",
    "backup_retention_period",
    undefined,
  ),
  puts("FD-RDS-006", "the database may be deleted", "deletion_protection", false),
  puts("FD-RDS-007", "services need passwords", "iam_database_authentication_enabled", undefined),
  puts("FD-RDS-008", "logs stay on the server", "enabled_cloudwatch_logs_exports", []),
  puts("FD-RDS-009", "nothing is recorded of queries", "performance_insights_enabled", false),
  puts("FD-RDS-010", "what is recorded is encrypted with the key of AWS", "performance_insights_kms_key_id", undefined),
  puts("FD-RDS-011", "nobody looks inside", "monitoring_interval", 0),
  puts("FD-RDS-012", "minor versions wait for people", "auto_minor_version_upgrade", false),
  puts("FD-RDS-013", "snapshots have no tags", "copy_tags_to_snapshot", false),
  puts("FD-RDS-014", "the authority has expired", "ca_cert_identifier", "rds-ca-2019"),
  {
    rule: "FD-RDS-015",
    what: "connections without TLS are taken",
    change: (environment) => put(resourceOf(environment, "aws_db_parameter_group"), "parameter.value", "0"),
  },
  {
    rule: "FD-RDS-015",
    what: "the cluster's group no longer asks for TLS",
    change: (environment) => put(resourceOf(environment, "aws_rds_cluster_parameter_group"), "parameter", []),
  },
  {
    rule: "FD-RDS-016",
    what: "the password is in the code",
    change: (environment: CompliantEnvironment): void => {
      const database = resourceOf(environment, "aws_db_instance");
      delete database.manage_master_user_password;
      delete database.master_user_secret_kms_key_id;
      database.password = "correct-horse";
    },
  },
  puts("FD-RDS-016", "nobody keeps the password", "manage_master_user_password", undefined),
  puts("FD-RDS-017", "no snapshot is left", "skip_final_snapshot", true),
  puts("FD-RDS-018", "the version is out of support", "engine_version", "12.19"),
  puts("FD-RDS-019", "the disk does not grow", "max_allocated_storage", undefined),
  puts("FD-RDS-020", "AWS picks the window", "maintenance_window", undefined),
];
