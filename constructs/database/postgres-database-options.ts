/** A setting of the PostgreSQL server. */
export interface PostgresParameter {
  /** Name, such as `shared_preload_libraries`. */
  readonly name: string;
  /** Value, as RDS writes it: `1` for on, numbers in the unit of the parameter. */
  readonly value: string;
  /**
   * Whether a new value takes effect at once. RDS allows that for dynamic parameters only; every other waits for a reboot.
   *
   * @default false
   */
  readonly appliesImmediately?: boolean;
}

/** How much Database Insights keeps and shows: load and its causes, or also plans, locks and the fleet, at a price. */
export type DatabaseInsights = "standard" | "advanced";

/** What a caller chooses about a PostgreSQL database. */
export interface PostgresDatabaseOptions {
  /** What the database is for, in kebab-case, such as `platform`: the last part of the instance's name `<project>-<stage>-<name>`. */
  readonly name: string;
  /**
   * Version of PostgreSQL. A major one (`18`) leaves the minor version to RDS, which then upgrades it by itself; a full one
   * (`18.4`) pins it. The catalogue must know it.
   *
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/PostgreSQLReleaseNotes/postgresql-release-calendar.html
   */
  readonly engineVersion: string;
  /**
   * Instance class, such as `db.t4g.medium`.
   *
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.html
   */
  readonly instanceClass: string;
  /**
   * Storage the database starts with, 20 to 65536 GiB of gp3. It can grow, never shrink.
   *
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html
   */
  readonly storageGiB: number;
  /**
   * Storage the database may grow to by itself when it runs full: at least 10% above `storageGiB`, or the same for no growth.
   *
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIOPS.Autoscaling.html
   * @default - twice `storageGiB`, at most 65536
   */
  readonly maxStorageGiB?: number;
  /**
   * Name of the database made with the instance: lower-case letters, digits and underscores. It cannot be changed later.
   *
   * @default - `name`, with underscores for hyphens
   */
  readonly databaseName?: string;
  /**
   * Name of the master user, whose password RDS makes, keeps in Secrets Manager and rotates. It cannot be changed later.
   *
   * @default "postgres"
   */
  readonly masterUsername?: string;
  /**
   * Whether a standby in a second zone takes over when the first fails.
   *
   * @default true
   */
  readonly multiAz?: boolean;
  /**
   * Days back to which the database can be restored, to the second: 1 to 35.
   *
   * @default 7
   */
  readonly backupRetentionDays?: number;
  /**
   * Whether there are no automated backups, and so no way back to an earlier state. Never together with `deletionProtection`.
   *
   * @default false
   */
  readonly backupsDisabled?: boolean;
  /**
   * Time of day of the backup, UTC, at least 30 minutes.
   *
   * @default "02:00-03:00"
   */
  readonly backupWindow?: string;
  /**
   * Time of the week of maintenance, UTC, 30 minutes to 24 hours, apart from the backup window.
   *
   * @default "sun:04:00-sun:05:00"
   */
  readonly maintenanceWindow?: string;
  /**
   * Whether Terraform refuses every plan that would destroy the database, and AWS every call that would delete it.
   *
   * @default true
   */
  readonly deletionProtection?: boolean;
  /**
   * Whether the data is lost when the database is destroyed.
   *
   * @default false
   */
  readonly skipFinalSnapshot?: boolean;
  /**
   * Name of the snapshot taken when the database is destroyed. AWS refuses to delete the database while there is one of that
   * name, from an earlier time: delete that one, or apply another name before destroying.
   *
   * @default - `<project>-<stage>-<name>-final`
   */
  readonly finalSnapshotName?: string;
  /**
   * Seconds between measurements of the operating system: 1, 5, 10, 15, 30 or 60, and 0 for none.
   *
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Monitoring.OS.html
   * @default 60
   */
  readonly monitoringIntervalSeconds?: number;
  /**
   * Mode of Database Insights.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Database-Insights.html
   * @default "standard"
   */
  readonly databaseInsights?: DatabaseInsights;
  /**
   * Days Database Insights keeps performance data: 7, months of 31 days up to 23, or 731. `advanced` takes 465 at least.
   *
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html
   * @default - 7, or 465 for `advanced`
   */
  readonly insightsRetentionDays?: number;
  /**
   * Whether database users can connect with a token of their IAM role in place of a password.
   *
   * @default true
   */
  readonly iamAuthentication?: boolean;
  /**
   * Days CloudWatch keeps the server's logs: one of the periods it offers.
   *
   * @default 90
   */
  readonly logRetentionDays?: number;
  /**
   * Milliseconds from which a statement is logged, values in it included; -1 logs none.
   *
   * @default 1000
   */
  readonly slowStatementMs?: number;
  /**
   * Further settings of the server. TLS is always required and has no setting here.
   *
   * @default - none
   */
  readonly parameters?: readonly PostgresParameter[];
  /**
   * Authority that signs the server's certificate: `rds-ca-rsa2048-g1`, `rds-ca-rsa4096-g1` or `rds-ca-ecc384-g1`.
   *
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html
   * @default - the account's own, which is `rds-ca-rsa2048-g1` where nobody changed it
   */
  readonly certificateAuthority?: string;
  /**
   * Whether RDS upgrades the minor version in the maintenance window. Not with a full `engineVersion`: Terraform would try to
   * take the upgrade back.
   *
   * @default - true for a major `engineVersion`, false for a full one
   */
  readonly autoMinorVersionUpgrade?: boolean;
  /**
   * Whether `engineVersion` may name another major version than the database has, which upgrades it, not to be undone.
   *
   * @default false
   */
  readonly allowMajorVersionUpgrade?: boolean;
  /**
   * Whether changes are made at once, some with an outage, in place of the next maintenance window.
   *
   * @default false
   */
  readonly applyImmediately?: boolean;
}
