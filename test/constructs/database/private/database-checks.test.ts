import { PostgresDatabase, type PostgresDatabaseProps } from "../../../../constructs/database/postgres-database";
import { importedKey, importedVpc } from "../../../support/cluster";
import { failure, IDENTITY } from "../../../support/fixtures";
import { testStack } from "../../../support/synth";
import { databaseIn, databaseWith, instanceWith } from "../database-fixture";

const refused = (props: Partial<PostgresDatabaseProps>) => failure(() => databaseIn(testStack(), props));
const problemsOf = (props: Partial<PostgresDatabaseProps>) => refused(props).message.split("\n").slice(0, -1);

describe("PostgresDatabase refuses", () => {
  const CODE = "INVALID_POSTGRES_DATABASE_PROPS";

  test("an instance class that does not exist, with the nearest", () => {
    expect(refused({ instanceClass: "db.t4g.meduim" })).toEqual({
      code: CODE,
      message:
        "`instanceClass` must be of a size that db.t4g comes in: micro, small, medium, large, xlarge, 2xlarge " +
        '(did you mean "db.t4g.medium"?), got "db.t4g.meduim"\n  in test/Database',
    });
  });

  test("a network of one zone", () => {
    const stack = testStack();
    const vpc = importedVpc(stack, ["eu-central-1a"]);
    const rest = { identity: IDENTITY, encryptionKey: importedKey(stack), name: "a", engineVersion: "18" };

    expect(
      failure(
        () => new PostgresDatabase(stack, "Database", { ...rest, vpc, instanceClass: "db.t3.micro", storageGiB: 20 }),
      ).message,
    ).toBe(
      '`vpc.zones` must be at least two: RDS takes no subnet group of one zone, got ["eu-central-1a"]\n  in test/Database',
    );
  });

  test.each(["19", "18.5", "17.11", "18.x", "latest"])("the version %s", (engineVersion) => {
    expect(problemsOf({ engineVersion })).toEqual([
      "`engineVersion` must be a major version of PostgreSQL that RDS supports, or a full one up to 18.4, 17.10, 16.14, 15.18, " +
        `got "${engineVersion}"`,
    ]);
  });

  test("upgrades of a pinned minor version", () => {
    expect(instanceWith({ engineVersion: "18", autoMinorVersionUpgrade: false })).toMatchObject({
      auto_minor_version_upgrade: false,
    });
    expect(problemsOf({ engineVersion: "18.4", autoMinorVersionUpgrade: true })).toEqual([
      "`autoMinorVersionUpgrade` must be left out or false with the full `engineVersion` 18.4: " +
        "give the major version 18 to leave minor versions to RDS, got true",
    ]);
  });

  const storage = "must be a whole number of GiB from 20 to 65536";
  test.each([
    [{ storageGiB: 20, maxStorageGiB: 22 }, []],
    [{ storageGiB: 19 }, [`\`storageGiB\` ${storage}, got 19`]],
    [{ storageGiB: 65537 }, [`\`storageGiB\` ${storage}, got 65537`]],
    [{ storageGiB: 20.5 }, [`\`storageGiB\` ${storage}, got 20.5`]],
    [{ maxStorageGiB: 65537 }, [`\`maxStorageGiB\` ${storage}, got 65537`]],
    [
      { maxStorageGiB: 109 },
      ["`maxStorageGiB` must be `storageGiB` (100) for no growth, or at least 10% more (110), got 109"],
    ],
  ])("storage %j: %j", (props, problems) => {
    if (problems.length === 0) expect(databaseWith(props).counts()).toHaveProperty("aws_db_instance", 1);
    else expect(problemsOf(props)).toEqual(problems);
  });

  test("names that PostgreSQL or RDS does not take", () => {
    expect(problemsOf({ name: "My_Db", databaseName: "1a", masterUsername: "way_too_long_name" })).toEqual([
      '`name` must be lower-case letters and digits, in words joined by single hyphens, got "My_Db"',
      '`databaseName` must be 1 to 63 lower-case letters, digits and underscores, starting with a letter, got "1a"',
      '`masterUsername` must be 1 to 16 lower-case letters, digits and underscores, starting with a letter, got "way_too_long_name"',
    ]);
    expect(problemsOf({ databaseName: "template1", masterUsername: "rdsadmin" })).toEqual([
      '`databaseName` must not be a name that PostgreSQL or RDS keeps (rdsadmin, template0, template1), got "template1"',
      "`masterUsername` must not be `admin` nor start with `pg_` or `rds`, which PostgreSQL and RDS keep, " +
        'got "rdsadmin"',
    ]);
  });

  const days = "must be a whole number of days from 1 to 35; `backupsDisabled` is the way to none";
  test.each([0, 36, 1.5])("backups for %d days", (backupRetentionDays) => {
    expect(problemsOf({ backupRetentionDays })).toEqual([
      `\`backupRetentionDays\` ${days}, got ${backupRetentionDays}`,
    ]);
  });

  test.each([1, 35])("nothing about backups for %d days", (backupRetentionDays) => {
    expect(instanceWith({ backupRetentionDays })).toMatchObject({ backup_retention_period: backupRetentionDays });
  });

  test("no backups of what is protected", () => {
    expect(problemsOf({ backupsDisabled: true })).toEqual([
      "`backupsDisabled` must be false with `deletionProtection`: what is worth protecting is worth a backup, got true",
    ]);
  });

  test("a name for a snapshot that is not taken, or that no snapshot can have", () => {
    expect(problemsOf({ finalSnapshotName: "a--b", skipFinalSnapshot: true })).toEqual([
      '`finalSnapshotName` must be at most 255 lower-case letters, digits and single hyphens, starting with a letter, got "a--b"',
      '`finalSnapshotName` must be left out with `skipFinalSnapshot`, got "a--b"',
    ]);
    expect(problemsOf({ finalSnapshotName: "a".repeat(256) })).toHaveLength(1);
    expect(instanceWith({ finalSnapshotName: "a".repeat(255) })).toMatchObject({
      final_snapshot_identifier: "a".repeat(255),
    });
  });

  test.each([
    [
      { monitoringIntervalSeconds: 2 },
      "`monitoringIntervalSeconds` must be one of 0, 1, 5, 10, 15, 30, 60 seconds, got 2",
    ],
    [{ slowStatementMs: -2 }, "`slowStatementMs` must be a whole number of milliseconds, or -1 for none, got -2"],
    [{ insightsRetentionDays: 8 }, "`insightsRetentionDays` must be 7, a multiple of 31 up to 713, or 731 days, got 8"],
    [
      { insightsRetentionDays: 744 },
      "`insightsRetentionDays` must be 7, a multiple of 31 up to 713, or 731 days, got 744",
    ],
    [
      { databaseInsights: "advanced", insightsRetentionDays: 434 },
      '`insightsRetentionDays` must be at least 465 days with `databaseInsights` "advanced", got 434',
    ],
    [
      { certificateAuthority: "rds-ca-2019" },
      '`certificateAuthority` must be one of rds-ca-rsa2048-g1, rds-ca-rsa4096-g1, rds-ca-ecc384-g1, got "rds-ca-2019"',
    ],
  ] as const)("%j", (props, problem) => {
    expect(problemsOf(props)).toEqual([problem]);
  });

  test.each([7, 31, 713, 731])("nothing about insights for %d days", (insightsRetentionDays) => {
    expect(instanceWith({ insightsRetentionDays })).toMatchObject({
      performance_insights_retention_period: insightsRetentionDays,
    });
  });

  test("a period of logs that CloudWatch does not offer", () => {
    expect(problemsOf({ logRetentionDays: 100 })).toEqual([
      expect.stringMatching(
        /^`logRetentionDays` must be a period that CloudWatch Logs offers \(1, 3, .* 3653 days\), got 100$/,
      ),
    ]);
  });

  test("parameters that the database sets itself, twice, or under no name", () => {
    const value = "1";
    const parameters = ["rds.force_ssl", "log_min_duration_statement", "work_mem", "work_mem", "Work Mem"].map(
      (name) => ({ name, value }),
    );

    expect(problemsOf({ parameters })).toEqual([
      '`parameters[0].name` must be left to the database: connections without TLS are always refused, got "rds.force_ssl"',
      '`parameters[1].name` must be left to the database: set `slowStatementMs`, got "log_min_duration_statement"',
      '`parameters[3].name` must not be set twice, got "work_mem"',
      '`parameters[4].name` must be the name of a parameter, in lower case, got "Work Mem"',
    ]);
  });
});

describe("PostgresDatabase windows", () => {
  const backup = "`backupWindow` must be a time of day in UTC of at least 30 minutes, hh:mm-hh:mm";
  const maintenance =
    "`maintenanceWindow` must be a time of the week in UTC of 30 minutes to 24 hours, ddd:hh:mm-ddd:hh:mm, such as sun:04:00-sun:05:00";

  test.each([
    ["02:00-02:30", "sun:02:31-sun:03:01"],
    ["23:45-00:15", "sun:00:16-sun:00:46"],
    ["01:00-02:00", "mon:02:01-tue:00:59"],
    ["00:30-01:00", "sun:23:45-mon:00:15"],
  ])("are taken when they are apart: %s and %s", (backupWindow, maintenanceWindow) => {
    expect(instanceWith({ backupWindow, maintenanceWindow })).toMatchObject({ backup_window: backupWindow });
  });

  test.each(["02:00-02:29", "2:00-3:00", "24:00-25:00", "02:00", "02:00-02:00"])("refuse the backup %s", (window) => {
    expect(problemsOf({ backupWindow: window })).toEqual([`${backup}, got "${window}"`]);
  });

  test.each([
    "sun:04:00-sun:04:29",
    "Sun:04:00-Sun:05:00",
    "sun:04:00-mon:04:01",
    "04:00-05:00",
    "sun:04:00-xyz:05:00",
  ])("refuse the maintenance %s", (window) => {
    expect(problemsOf({ maintenanceWindow: window })[0]).toBe(`${maintenance}, got "${window}"`);
  });

  test.each([
    ["02:00-03:00", "sun:03:00-sun:04:00"],
    ["04:30-05:30", "sun:04:00-sun:05:00"],
    ["23:30-00:30", "mon:00:00-mon:01:00"],
    ["23:30-00:30", "sun:23:00-sun:23:45"],
    ["00:00-00:30", "sun:23:00-mon:00:15"],
    ["12:00-13:00", "tue:00:00-wed:00:00"],
  ])("refuse to overlap or touch: %s and %s", (backupWindow, maintenanceWindow) => {
    expect(problemsOf({ backupWindow, maintenanceWindow })).toEqual([
      `\`maintenanceWindow\` must neither overlap nor touch \`backupWindow\` (${backupWindow}), got "${maintenanceWindow}"`,
    ]);
  });
});
