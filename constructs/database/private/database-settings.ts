import { tryFindPostgresVersion } from "../../../catalog";
import type { PostgresDatabaseOptions } from "../postgres-database-options";

/** Largest gp3 volume of RDS for PostgreSQL. */
export const LARGEST_STORAGE_GIB = 65536;

/** Options with their defaults in place. */
export type DatabaseSettings = Required<Omit<PostgresDatabaseOptions, LeftOpen>> &
  Pick<PostgresDatabaseOptions, LeftOpen>;

/** What AWS, or a name known only later, decides when the caller does not. */
type LeftOpen = "maxStorageGiB" | "finalSnapshotName" | "certificateAuthority";

/** Fills in what the caller left open. */
export function settingsOf(options: PostgresDatabaseOptions): DatabaseSettings {
  const { name, storageGiB, engineVersion, databaseInsights = "standard" } = options;
  const twice = storageGiB * 2;
  return {
    databaseName: name.replaceAll("-", "_"),
    maxStorageGiB: twice <= LARGEST_STORAGE_GIB ? twice : undefined,
    masterUsername: "postgres",
    multiAz: true,
    backupRetentionDays: 7,
    backupsDisabled: false,
    backupWindow: "02:00-03:00",
    maintenanceWindow: "sun:04:00-sun:05:00",
    deletionProtection: true,
    skipFinalSnapshot: false,
    monitoringIntervalSeconds: 60,
    databaseInsights,
    insightsRetentionDays: databaseInsights === "advanced" ? SHORTEST_ADVANCED_RETENTION : 7,
    iamAuthentication: true,
    logRetentionDays: 90,
    slowStatementMs: 1000,
    parameters: [],
    autoMinorVersionUpgrade: isMajor(engineVersion),
    allowMajorVersionUpgrade: false,
    applyImmediately: false,
    ...withoutUndefined(options),
  };
}

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DatabaseInsights.Considerations.html */
export const SHORTEST_ADVANCED_RETENTION = 465;

/** `18`, and not `18.4`. */
export function isMajor(engineVersion: string): boolean {
  return tryFindPostgresVersion(engineVersion)?.major === engineVersion;
}

function withoutUndefined(options: PostgresDatabaseOptions): PostgresDatabaseOptions {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as unknown as PostgresDatabaseOptions;
}
