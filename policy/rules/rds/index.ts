import type { Rule } from "../../engine/rule";
import { rdsAuthority } from "./rds-authority";
import { rdsBackups } from "./rds-backups";
import { rdsDeletionProtection } from "./rds-deletion-protection";
import { rdsEncrypted } from "./rds-encrypted";
import { rdsFinalSnapshot } from "./rds-final-snapshot";
import { rdsIamAuthentication } from "./rds-iam-authentication";
import { rdsLogExports } from "./rds-log-exports";
import { rdsMaintenanceWindow } from "./rds-maintenance-window";
import { rdsMinorUpgrades } from "./rds-minor-upgrades";
import { rdsMonitoring } from "./rds-monitoring";
import { rdsMultiAz } from "./rds-multi-az";
import { rdsNotPublic } from "./rds-not-public";
import { rdsOwnKey } from "./rds-own-key";
import { rdsPasswordManaged } from "./rds-password-managed";
import { rdsPerformanceInsights } from "./rds-performance-insights";
import { rdsPerformanceInsightsKey } from "./rds-performance-insights-key";
import { rdsSnapshotTags } from "./rds-snapshot-tags";
import { rdsStorageLimit } from "./rds-storage-limit";
import { rdsTlsRequired } from "./rds-tls-required";
import { rdsVersionSupported } from "./rds-version-supported";

/** Rules for databases of RDS: instances, clusters and their instances. */
export const rdsRules: readonly Rule[] = [
  rdsEncrypted,
  rdsOwnKey,
  rdsNotPublic,
  rdsMultiAz,
  rdsBackups,
  rdsDeletionProtection,
  rdsIamAuthentication,
  rdsLogExports,
  rdsPerformanceInsights,
  rdsPerformanceInsightsKey,
  rdsMonitoring,
  rdsMinorUpgrades,
  rdsSnapshotTags,
  rdsAuthority,
  rdsTlsRequired,
  rdsPasswordManaged,
  rdsFinalSnapshot,
  rdsVersionSupported,
  rdsStorageLimit,
  rdsMaintenanceWindow,
];
