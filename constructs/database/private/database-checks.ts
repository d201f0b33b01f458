import { instanceClassProblem, limits, postgresVersions, tryFindPostgresVersion } from "../../../catalog";
import type { PropChecks } from "../../core/prop-checks";
import { RESERVED_PARAMETERS } from "./parameter-group";
import { type DatabaseSettings, isMajor, LARGEST_STORAGE_GIB, SHORTEST_ADVANCED_RETENTION } from "./database-settings";
import { checkWindows } from "./windows";

const WORDS = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const DATABASE_NAME = /^[a-z][a-z0-9_]{0,62}$/;
const RESERVED_DATABASES = ["rdsadmin", "template0", "template1"];
const USER_NAME = /^[a-z][a-z0-9_]{0,15}$/;
const RESERVED_USER = /^(admin$|pg_|rds)/;
const SNAPSHOT_NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const PARAMETER_NAME = /^[a-z][a-z0-9_.]*$/;
const MONITORING_INTERVALS = [0, 1, 5, 10, 15, 30, 60];
const AUTHORITIES = ["rds-ca-rsa2048-g1", "rds-ca-rsa4096-g1", "rds-ca-ecc384-g1"];
const SMALLEST_STORAGE_GIB = 20;
const LONGEST_SNAPSHOT_NAME = 255;

/** Adds all rules of a database's own settings. */
export function checkDatabase(checks: PropChecks, settings: DatabaseSettings): void {
  checkNames(checks, settings);
  checkVersion(checks, settings);
  const problem = instanceClassProblem(settings.instanceClass);
  checks.require(problem === undefined, "instanceClass", problem ?? "", settings.instanceClass);
  checkStorage(checks, settings);
  checkBackups(checks, settings);
  checkWindows(checks, settings.backupWindow, settings.maintenanceWindow);
  checkObservation(checks, settings);
  checkParameters(checks, settings);
  const { certificateAuthority: authority } = settings;
  const authorities = `must be one of ${AUTHORITIES.join(", ")}`;
  checks.require(
    authority === undefined || AUTHORITIES.includes(authority),
    "certificateAuthority",
    authorities,
    authority,
  );
}

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html */
export function checkZoneCount(checks: PropChecks, zones: readonly string[]): void {
  checks.require(zones.length >= 2, "vpc.zones", "must be at least two: RDS takes no subnet group of one zone", zones);
}

function checkNames(checks: PropChecks, { name, databaseName, masterUsername }: DatabaseSettings): void {
  const words = "must be lower-case letters and digits, in words joined by single hyphens";
  const database = "must be 1 to 63 lower-case letters, digits and underscores, starting with a letter";
  const user = "must be 1 to 16 lower-case letters, digits and underscores, starting with a letter";
  checks
    .require(WORDS.test(name), "name", words, name)
    .require(DATABASE_NAME.test(databaseName), "databaseName", database, databaseName)
    .require(
      !RESERVED_DATABASES.includes(databaseName),
      "databaseName",
      `must not be a name that PostgreSQL or RDS keeps (${RESERVED_DATABASES.join(", ")})`,
      databaseName,
    )
    .require(USER_NAME.test(masterUsername), "masterUsername", user, masterUsername)
    .require(
      !RESERVED_USER.test(masterUsername),
      "masterUsername",
      "must not be `admin` nor start with `pg_` or `rds`, which PostgreSQL and RDS keep",
      masterUsername,
    );
}

function checkVersion(checks: PropChecks, { engineVersion, autoMinorVersionUpgrade }: DatabaseSettings): void {
  const known = postgresVersions().map(({ latest }) => latest);
  const found = tryFindPostgresVersion(engineVersion);
  const version = `must be a major version of PostgreSQL that RDS supports, or a full one up to ${known.join(", ")}`;
  checks.require(found !== undefined, "engineVersion", version, engineVersion);
  if (found === undefined || isMajor(engineVersion)) return;
  const rule =
    `must be left out or false with the full \`engineVersion\` ${engineVersion}: ` +
    `give the major version ${found.major} to leave minor versions to RDS`;
  checks.require(!autoMinorVersionUpgrade, "autoMinorVersionUpgrade", rule, autoMinorVersionUpgrade);
}

function checkStorage(checks: PropChecks, { storageGiB, maxStorageGiB }: DatabaseSettings): void {
  const range = `must be a whole number of GiB from ${SMALLEST_STORAGE_GIB} to ${LARGEST_STORAGE_GIB}`;
  const inRange = (size: number) =>
    Number.isInteger(size) && size >= SMALLEST_STORAGE_GIB && size <= LARGEST_STORAGE_GIB;
  checks.require(inRange(storageGiB), "storageGiB", range, storageGiB);
  if (!inRange(storageGiB) || maxStorageGiB === undefined) return;
  checks.require(inRange(maxStorageGiB), "maxStorageGiB", range, maxStorageGiB);
  const least = Math.ceil((storageGiB * 11) / 10);
  const rule = `must be \`storageGiB\` (${storageGiB}) for no growth, or at least 10% more (${least})`;
  const fits = maxStorageGiB === storageGiB || maxStorageGiB >= least;
  checks.require(fits || !inRange(maxStorageGiB), "maxStorageGiB", rule, maxStorageGiB);
}

function checkBackups(checks: PropChecks, settings: DatabaseSettings): void {
  const { backupRetentionDays: days, backupsDisabled, deletionProtection, finalSnapshotName } = settings;
  const inRange = Number.isInteger(days) && days >= 1 && days <= 35;
  checks.require(
    inRange,
    "backupRetentionDays",
    "must be a whole number of days from 1 to 35; `backupsDisabled` is the way to none",
    days,
  );
  checks.require(
    !backupsDisabled || !deletionProtection,
    "backupsDisabled",
    "must be false with `deletionProtection`: what is worth protecting is worth a backup",
    backupsDisabled,
  );
  if (finalSnapshotName === undefined) return;
  const name = `must be at most ${LONGEST_SNAPSHOT_NAME} lower-case letters, digits and single hyphens, starting with a letter`;
  const valid = SNAPSHOT_NAME.test(finalSnapshotName) && finalSnapshotName.length <= LONGEST_SNAPSHOT_NAME;
  checks.require(valid, "finalSnapshotName", name, finalSnapshotName);
  checks.require(
    !settings.skipFinalSnapshot,
    "finalSnapshotName",
    "must be left out with `skipFinalSnapshot`",
    finalSnapshotName,
  );
}

function checkObservation(checks: PropChecks, settings: DatabaseSettings): void {
  const { monitoringIntervalSeconds: seconds, logRetentionDays, slowStatementMs } = settings;
  const intervals = `must be one of ${MONITORING_INTERVALS.join(", ")} seconds`;
  checks.require(MONITORING_INTERVALS.includes(seconds), "monitoringIntervalSeconds", intervals, seconds);
  const { retentionDays } = limits().logs;
  const periods = `must be a period that CloudWatch Logs offers (${retentionDays.join(", ")} days)`;
  checks.require(retentionDays.includes(logRetentionDays), "logRetentionDays", periods, logRetentionDays);
  const slow = Number.isInteger(slowStatementMs) && slowStatementMs >= -1;
  checks.require(slow, "slowStatementMs", "must be a whole number of milliseconds, or -1 for none", slowStatementMs);
  checkInsights(checks, settings);
}

function checkInsights(checks: PropChecks, { databaseInsights, insightsRetentionDays: days }: DatabaseSettings): void {
  const months = days / 31;
  const offered = days === 7 || days === 731 || (Number.isInteger(months) && months >= 1 && months <= 23);
  const rule = "must be 7, a multiple of 31 up to 713, or 731 days";
  checks.require(offered, "insightsRetentionDays", rule, days);
  checks.require(
    databaseInsights !== "advanced" || !offered || days >= SHORTEST_ADVANCED_RETENTION,
    "insightsRetentionDays",
    `must be at least ${SHORTEST_ADVANCED_RETENTION} days with \`databaseInsights\` "advanced"`,
    days,
  );
}

function checkParameters(checks: PropChecks, { parameters }: DatabaseSettings): void {
  parameters.forEach(({ name }, index) => {
    const prop = `parameters[${index}].name`;
    checks.require(PARAMETER_NAME.test(name), prop, "must be the name of a parameter, in lower case", name);
    const reserved = RESERVED_PARAMETERS[name];
    checks.require(reserved === undefined, prop, `must be left to the database: ${reserved ?? ""}`, name);
    const first = parameters.findIndex((other) => other.name === name) === index;
    checks.require(first, prop, "must not be set twice", name);
  });
}
