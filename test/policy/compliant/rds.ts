import type { Complement } from "../mutants/mutant";

const KEY = "arn:aws:kms:us-east-1:333333333333:key/0a1b2c3d-4e5f-4071-8293-a4b5c6d7e8f9";
const INSTANCE = {
  cluster_identifier: "${aws_rds_cluster.Features.id}",
  engine: "aurora-postgresql",
  instance_class: "db.r7g.large",
  monitoring_interval: 60,
  monitoring_role_arn: "arn:aws:iam::333333333333:role/atlas-prod-rds-features-monitoring",
  performance_insights_enabled: true,
  performance_insights_kms_key_id: KEY,
};

/** A cluster of Aurora, whose version takes connections without TLS unless its group says otherwise. */
export const compliant: Complement = {
  terraform: {
    resource: {
      aws_rds_cluster: {
        Features: {
          cluster_identifier: "atlas-prod-features",
          engine: "aurora-postgresql",
          engine_version: "16.6",
          storage_encrypted: true,
          kms_key_id: KEY,
          backup_retention_period: 14,
          copy_tags_to_snapshot: true,
          deletion_protection: true,
          final_snapshot_identifier: "atlas-prod-features-final",
          iam_database_authentication_enabled: true,
          enabled_cloudwatch_logs_exports: ["postgresql"],
          manage_master_user_password: true,
          master_user_secret_kms_key_id: KEY,
          master_username: "root",
          preferred_maintenance_window: "sun:04:00-sun:05:00",
          db_cluster_parameter_group_name: "${aws_rds_cluster_parameter_group.Features.name}",
          lifecycle: { prevent_destroy: true },
        },
      },
      aws_rds_cluster_parameter_group: {
        Features: {
          name: "atlas-prod-features",
          family: "aurora-postgresql16",
          parameter: [{ name: "rds.force_ssl", value: "1" }],
        },
      },
      aws_rds_cluster_instance: {
        First: { ...INSTANCE, identifier: "atlas-prod-features-1" },
        Second: { ...INSTANCE, identifier: "atlas-prod-features-2" },
      },
    },
  },
};
