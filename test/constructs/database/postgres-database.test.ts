import type { TerraformStack } from "cdktf";
import { Port } from "../../../constructs/core/connections";
import { Secret } from "../../../constructs/encryption/secret";
import { PostgresDatabase } from "../../../constructs/database/postgres-database";
import { SecurityGroup } from "../../../constructs/network/security-group";
import { KEY_ARN } from "../../support/cluster";
import { failure, IDENTITY, RecordingGrantee } from "../../support/fixtures";
import { resolved, synthesize, testStack } from "../../support/synth";
import { databaseIn, databaseWith, instanceWith } from "./database-fixture";

const INSTANCE = "aws_db_instance.Database_B269D8BB";
const LOGS = "/aws/rds/instance/atlas-dev-platform";

describe("PostgresDatabase with minimal props", () => {
  const out = databaseWith();

  test("is private, encrypted, in two zones, backed up, watched, and protected from being destroyed", () => {
    expect(out.resource("aws_db_instance")).toEqual({
      identifier: "atlas-dev-platform",
      engine: "postgres",
      engine_version: "18",
      instance_class: "db.m7g.large",
      multi_az: true,
      db_name: "platform",
      username: "postgres",
      port: 5432,
      auto_minor_version_upgrade: true,
      allow_major_version_upgrade: false,
      apply_immediately: false,
      maintenance_window: "sun:04:00-sun:05:00",
      parameter_group_name: "${aws_db_parameter_group.Database_ParameterGroup_2462DB94.name}",
      db_subnet_group_name: "${aws_db_subnet_group.Database_SubnetGroup_7D60F180.name}",
      vpc_security_group_ids: ["${aws_security_group.Database_SecurityGroup_5C91FDCB.id}"],
      publicly_accessible: false,
      storage_type: "gp3",
      allocated_storage: 100,
      max_allocated_storage: 200,
      storage_encrypted: true,
      kms_key_id: KEY_ARN,
      backup_retention_period: 7,
      backup_window: "02:00-03:00",
      copy_tags_to_snapshot: true,
      deletion_protection: true,
      skip_final_snapshot: false,
      final_snapshot_identifier: "atlas-dev-platform-final",
      manage_master_user_password: true,
      master_user_secret_kms_key_id: KEY_ARN,
      iam_database_authentication_enabled: true,
      enabled_cloudwatch_logs_exports: ["postgresql", "upgrade", "iam-db-auth-error"],
      monitoring_interval: 60,
      monitoring_role_arn: "${aws_iam_role.Database_MonitoringRole_73427386.arn}",
      database_insights_mode: "standard",
      performance_insights_enabled: true,
      performance_insights_retention_period: 7,
      performance_insights_kms_key_id: KEY_ARN,
      tags: { Name: "atlas-dev-platform" },
      lifecycle: { prevent_destroy: true },
      depends_on: [
        "aws_cloudwatch_log_group.Database_ServerLogs_52AC25FA",
        "aws_cloudwatch_log_group.Database_UpgradeLogs_35B6E6E9",
        "aws_cloudwatch_log_group.Database_SignInErrorLogs_F7D9FD8B",
        "aws_iam_role_policy_attachment.Database_MonitoringPermissions_74168D1A",
      ],
    });
  });

  test("lies in the private subnets", () => {
    expect(out.resource("aws_db_subnet_group")).toMatchObject({
      name: "atlas-dev-platform",
      subnet_ids: ["subnet-a", "subnet-b"],
    });
  });

  test("refuses connections without TLS, and logs slow statements and long waits for locks", () => {
    expect(out.resource("aws_db_parameter_group")).toEqual({
      name: "atlas-dev-platform-postgres18",
      family: "postgres18",
      description: "Settings of atlas-dev-platform",
      parameter: [
        { name: "rds.force_ssl", value: "1", apply_method: "pending-reboot" },
        { name: "log_min_duration_statement", value: "1000", apply_method: "immediate" },
        { name: "log_lock_waits", value: "1", apply_method: "immediate" },
      ],
      tags: { Name: "atlas-dev-platform-postgres18" },
      lifecycle: { create_before_destroy: true },
    });
  });

  test("has its log groups before it has logs, encrypted and kept for 90 days", () => {
    expect(out.resources("aws_cloudwatch_log_group")).toEqual(
      Object.fromEntries(
        [
          ["ServerLogs", "postgresql"],
          ["UpgradeLogs", "upgrade"],
          ["SignInErrorLogs", "iam-db-auth-error"],
        ].map(([id, type]) => [
          `Database/${id}`,
          { name: `${LOGS}/${type}`, retention_in_days: 90, kms_key_id: KEY_ARN, tags: { Name: `${LOGS}/${type}` } },
        ]),
      ),
    );
  });

  test("lets RDS measure the operating system of this instance, and no other", () => {
    expect(out.resource("aws_iam_role")).toMatchObject({ name: "atlas-dev-rds-platform-monitoring" });
    expect(out.policy("aws_iam_role", undefined, "assume_role_policy")).toMatchObject({
      Statement: [
        {
          Principal: { Service: "monitoring.rds.amazonaws.com" },
          Condition: {
            StringEquals: {
              "aws:SourceAccount": "111111111111",
              "aws:SourceArn": "arn:aws:rds:eu-central-1:111111111111:db:atlas-dev-platform",
            },
          },
        },
      ],
    });
    expect(out.resource("aws_iam_role_policy_attachment")).toMatchObject({
      policy_arn: "arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole",
    });
  });

  test("has no password anywhere", () => {
    expect(JSON.stringify(out.json)).not.toMatch(/"password/);
  });

  test("keeps its addresses", () => {
    expect(out.addresses("aws_db_instance")).toEqual({ "Database/Resource": INSTANCE });
    expect(out.addresses("aws_db_subnet_group")).toEqual({
      "Database/SubnetGroup": "aws_db_subnet_group.Database_SubnetGroup_7D60F180",
    });
    expect(out.addresses("aws_db_parameter_group")).toEqual({
      "Database/ParameterGroup": "aws_db_parameter_group.Database_ParameterGroup_2462DB94",
    });
  });
});

describe("PostgresDatabase with all props", () => {
  test("takes each of them", () => {
    const out = databaseWith({
      engineVersion: "17.10",
      databaseName: "features",
      masterUsername: "owner",
      maxStorageGiB: 110,
      multiAz: false,
      backupRetentionDays: 35,
      backupWindow: "23:30-00:15",
      maintenanceWindow: "mon:01:00-mon:02:00",
      finalSnapshotName: "before-the-move",
      monitoringIntervalSeconds: 1,
      databaseInsights: "advanced",
      logRetentionDays: 7,
      slowStatementMs: -1,
      parameters: [
        { name: "shared_preload_libraries", value: "pg_stat_statements,pg_cron" },
        { name: "log_lock_waits", value: "0", appliesImmediately: true },
      ],
      certificateAuthority: "rds-ca-ecc384-g1",
      allowMajorVersionUpgrade: true,
      applyImmediately: true,
    });

    expect(out.resource("aws_db_instance")).toMatchObject({
      engine_version: "17.10",
      auto_minor_version_upgrade: false,
      allow_major_version_upgrade: true,
      apply_immediately: true,
      db_name: "features",
      username: "owner",
      max_allocated_storage: 110,
      multi_az: false,
      backup_retention_period: 35,
      backup_window: "23:30-00:15",
      maintenance_window: "mon:01:00-mon:02:00",
      final_snapshot_identifier: "before-the-move",
      monitoring_interval: 1,
      database_insights_mode: "advanced",
      performance_insights_retention_period: 465,
      ca_cert_identifier: "rds-ca-ecc384-g1",
    });
    expect(out.resource("aws_db_parameter_group")).toMatchObject({
      family: "postgres17",
      parameter: [
        { name: "rds.force_ssl" },
        { name: "log_min_duration_statement", value: "-1" },
        { name: "shared_preload_libraries", apply_method: "pending-reboot" },
        { name: "log_lock_waits", value: "0", apply_method: "immediate" },
      ],
    });
    expect(Object.values(out.resources("aws_cloudwatch_log_group")).map((group) => group["retention_in_days"])).toEqual(
      [7, 7, 7],
    );
  });

  test("gives up protection, backups, snapshot, monitoring, growth and tokens, each by name", () => {
    const out = databaseWith({
      deletionProtection: false,
      backupsDisabled: true,
      skipFinalSnapshot: true,
      monitoringIntervalSeconds: 0,
      maxStorageGiB: 100,
      iamAuthentication: false,
    });
    const instance = out.resource("aws_db_instance");

    expect(instance).toMatchObject({
      deletion_protection: false,
      backup_retention_period: 0,
      skip_final_snapshot: true,
      monitoring_interval: 0,
      iam_database_authentication_enabled: false,
      enabled_cloudwatch_logs_exports: ["postgresql", "upgrade"],
    });
    for (const left of ["lifecycle", "final_snapshot_identifier", "monitoring_role_arn", "max_allocated_storage"]) {
      expect(instance).not.toHaveProperty(left);
    }
    expect(out.counts()).not.toHaveProperty("aws_iam_role");
  });

  test("names the database in PostgreSQL's way, and cuts a long name of the instance with a hash", () => {
    const identity = { ...IDENTITY, project: "a-project-with-a-rather-long-name" };
    const { identifier, db_name, final_snapshot_identifier } = instanceWith({
      identity,
      name: "experiment-tracking-and-features",
    });

    expect(db_name).toBe("experiment_tracking_and_features");
    expect(identifier).toHaveLength(63);
    expect(final_snapshot_identifier).toBe(`${String(identifier)}-final`);
  });

  test("a database of the largest storage does not grow", () => {
    expect(instanceWith({ storageGiB: 65536 })).not.toHaveProperty("max_allocated_storage");
    expect(instanceWith({ storageGiB: 32768 })).toMatchObject({ max_allocated_storage: 65536 });
  });
});

describe("PostgresDatabase lets in", () => {
  test("whom its connections name, at its port", () => {
    const out = synthesize((stack) => {
      const pods = SecurityGroup.fromSecurityGroupAttributes(stack, "Pods", { securityGroupId: "sg-1" });
      const database = databaseIn(stack);
      database.connections.allowFrom(pods, Port.tcp(database.port), "Pods reach PostgreSQL");
    });

    expect(out.resource("aws_vpc_security_group_ingress_rule")).toMatchObject({
      from_port: 5432,
      to_port: 5432,
      referenced_security_group_id: "sg-1",
      security_group_id: "${aws_security_group.Database_SecurityGroup_5C91FDCB.id}",
    });
  });

  test("nobody else", () => {
    expect(databaseWith().counts()).not.toHaveProperty("aws_vpc_security_group_ingress_rule");
  });
});

describe("PostgresDatabase grants", () => {
  test("connecting as one user, and no other", () => {
    const stack = testStack();
    const grant = databaseIn(stack).grantConnect(new RecordingGrantee(), "tracking");

    expect(resolved(stack, grant.statements)).toEqual([
      {
        actions: ["rds-db:connect"],
        resources: [`arn:aws:rds-db:eu-central-1:111111111111:dbuser:\${${INSTANCE}.resource_id}/tracking`],
      },
    ]);
  });

  test("reading the master secret, and its key", () => {
    const stack = testStack();
    const grant = databaseIn(stack).grantReadMasterSecret(new RecordingGrantee());

    expect(resolved(stack, grant.statements)).toEqual([
      {
        actions: ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"],
        resources: [`\${${INSTANCE}.master_user_secret[0].secret_arn}`],
      },
      { actions: ["kms:Decrypt", "kms:DescribeKey"], resources: [KEY_ARN] },
    ]);
  });

  test.each(["a", `u${"x".repeat(62)}`, "tracking-app_1"])("connecting as %s", (user) => {
    const grantee = new RecordingGrantee();
    databaseIn(testStack()).grantConnect(grantee, user);

    expect(grantee.statements).toHaveLength(1);
  });

  test.each(["", "*", "Tracking", "1a", `u${"x".repeat(63)}`])("not connecting as %j", (user) => {
    expect(failure(() => databaseIn(testStack()).grantConnect(new RecordingGrantee(), user))).toEqual({
      code: "INVALID_DATABASE_USER",
      message: `\`databaseUser\` must be 1 to 63 lower-case letters, digits, underscores and hyphens, starting with a letter, got "${user}"\n  in test/Database`,
    });
  });

  test("not connecting where tokens are not taken", () => {
    const stack = testStack();

    expect(
      failure(() => databaseIn(stack, { iamAuthentication: false }).grantConnect(new RecordingGrantee(), "tracking")),
    ).toEqual({
      code: "IAM_AUTHENTICATION_OFF",
      message:
        "The database must have `iamAuthentication` for a role to connect with a token, got false\n  in test/Database",
    });
  });
});

describe("PostgresDatabase exposes", () => {
  test("where it is, and as what IAM knows it", () => {
    const stack = testStack();
    const { endpointAddress, port, databaseName, dbiResourceId, instanceName, instanceArn } = databaseIn(stack);

    expect(resolved(stack, { endpointAddress, port, databaseName, dbiResourceId, instanceName, instanceArn })).toEqual({
      endpointAddress: `\${${INSTANCE}.address}`,
      port: 5432,
      databaseName: "platform",
      dbiResourceId: `\${${INSTANCE}.resource_id}`,
      instanceName: "atlas-dev-platform",
      instanceArn: `\${${INSTANCE}.arn}`,
    });
  });

  test("the ARNs of its log groups before it exists", () => {
    expect(PostgresDatabase.logGroupArn(IDENTITY, "platform")).toBe(
      `arn:aws:logs:eu-central-1:111111111111:log-group:${LOGS}/*`,
    );
    expect(PostgresDatabase.logGroupArn({ ...IDENTITY, region: "cn-north-1" }, "platform")).toMatch(
      /^arn:aws-cn:logs:/,
    );
  });
});

describe("PostgresDatabase.fromPostgresDatabaseAttributes", () => {
  const secretArn = "arn:aws:secretsmanager:eu-central-1:111111111111:secret:rds!db-1-AbC123";
  const imported = (
    stack: TerraformStack,
    more: { port?: number; dbiResourceId?: string; iamAuthentication?: boolean },
  ) =>
    PostgresDatabase.fromPostgresDatabaseAttributes(stack, "Shared", {
      identity: IDENTITY,
      endpointAddress: "shared.abc.eu-central-1.rds.amazonaws.com",
      databaseName: "shared",
      dbiResourceId: "db-ABCDEFGHIJKL",
      securityGroupId: "sg-9",
      masterSecret: Secret.fromSecretAttributes(stack, "SharedSecret", { secretArn }),
      ...more,
    });

  test("can be connected to and granted", () => {
    const grantee = new RecordingGrantee();
    const database = imported(testStack(), {});
    database.grantConnect(grantee, "tracking");
    database.grantReadMasterSecret(grantee);

    expect(database).toMatchObject({ port: 5432, databaseName: "shared" });
    expect(database.connections.securityGroupIds).toEqual(["sg-9"]);
    expect(grantee.statements.map(({ resources }) => resources)).toEqual([
      ["arn:aws:rds-db:eu-central-1:111111111111:dbuser:db-ABCDEFGHIJKL/tracking"],
      [secretArn],
    ]);
  });

  test("may take passwords only", () => {
    const database = imported(testStack(), { iamAuthentication: false });

    expect(failure(() => database.grantConnect(new RecordingGrantee(), "a")).code).toBe("IAM_AUTHENTICATION_OFF");
  });

  test("defines nothing", () => {
    expect(synthesize((stack) => imported(stack, {})).counts()).toEqual({});
  });

  test.each([1, 65535])("takes the port %d", (port) => {
    expect(imported(testStack(), { port }).port).toBe(port);
  });

  test("refuses a port and an id that cannot be", () => {
    expect(failure(() => imported(testStack(), { port: 65536, dbiResourceId: "shared" }))).toEqual({
      code: "INVALID_POSTGRES_DATABASE_ATTRIBUTES",
      message:
        "`port` must be a whole number from 1 to 65535, got 65536\n" +
        '`dbiResourceId` must be db- and capital letters and digits, got "shared"\n' +
        "  in test/Shared",
    });
  });
});
