import { homedir } from "node:os";
import { monitoringReleases } from "../../catalog";
import { type MonitoringPrograms, monitoringPrograms } from "../../toolchain";

let programs: Promise<MonitoringPrograms> | undefined;

/** Prometheus, Alertmanager and their tools for proofs: as the product finds them, and fetched where they are not there. */
export function provenPrograms(): Promise<MonitoringPrograms> {
  const host = { env: process.env, home: homedir(), platform: process.platform, arch: process.arch };
  programs ??= monitoringPrograms({ host, releases: monitoringReleases });
  return programs;
}
