import { packageManagerOf } from "../host";
import { ToolchainError } from "../toolchain-error";
import { fetchMonitoringReleases } from "./fetch-releases";
import { findMonitoringPrograms } from "./find-programs";
import { MONITORING_PROGRAMS } from "./programs";
import type {
  MonitoringProgramOptions,
  MonitoringPrograms,
  MonitoringRelease,
  ReleasedMonitoringProgram,
} from "./programs";
import { unpackDebianPackages } from "./unpack-debian-packages";

/** Why programs are still missing. */
interface Reasons {
  readonly releases: ReadonlyMap<MonitoringRelease, string>;
  readonly debian: string;
  readonly passedOver: readonly string[];
}

/**
 * The programs that prove rules and draw dashboards: those in the folder that `FLIGHTDECK_MONITORING_PROGRAMS` names, on
 * the PATH, or fetched before into the cache folder; else the official releases, else the packages of Debian, unpacked
 * without the rights of an administrator.
 *
 * @returns absolute paths
 * @throws ToolchainError `MONITORING_PROGRAMS_MISSING` naming each that is missing, why, and what to do;
 * `PROGRAM_CHECKSUM_WRONG` when a download is not what was published; `PROGRAM_NOT_RELOCATABLE` when a program of a package
 * must be installed; `TOOLS_MIRROR_INVALID`, `TOOLS_FOLDER_UNUSABLE`
 */
export async function monitoringPrograms(options: MonitoringProgramOptions): Promise<MonitoringPrograms> {
  const { missing } = await findMonitoringPrograms(options);
  const fetches = missing.length > 0 && !options.offline;
  const releases = fetches ? await fetchMonitoringReleases(missing, options) : new Map<MonitoringRelease, string>();
  const unpublished = missing.filter(({ release }) => releases.has(release));
  const debian = unpublished.length > 0 ? await unpackDebianPackages(unpublished, options) : undefined;
  const after = await findMonitoringPrograms(options);
  if (after.missing.length > 0) {
    const offline = options.offline ? "not fetched, as asked" : "unpacked, but it does not run";
    throw missingPrograms(after.missing, options, {
      releases,
      debian: debian ?? offline,
      passedOver: after.passedOver,
    });
  }
  return Object.fromEntries(after.found) as unknown as MonitoringPrograms;
}

function missingPrograms(
  missing: readonly ReleasedMonitoringProgram[],
  options: MonitoringProgramOptions,
  { releases, debian, passedOver }: Reasons,
): ToolchainError {
  const lines = missing.map(({ name, release }) => {
    const official = releases.get(release);
    const reasons = [...(official === undefined ? [] : [official]), debian].join("; ");
    return `  ${name} ${release.atLeast} or later: ${reasons}`;
  });
  return new ToolchainError(
    "MONITORING_PROGRAMS_MISSING",
    [
      `${missing.length} of ${MONITORING_PROGRAMS.length} programs of monitoring are missing:`,
      ...lines,
      ...passedOver.map((one) => `  passed over: ${one}`),
      `Install them: ${hint(missing, options)};`,
      "or put them into a folder that FLIGHTDECK_MONITORING_PROGRAMS names, or set FLIGHTDECK_TOOLS_MIRROR to a mirror of the releases.",
    ].join("\n"),
  );
}

function hint(missing: readonly ReleasedMonitoringProgram[], { host }: MonitoringProgramOptions): string {
  const packages = [...new Set(missing.map(({ release }) => release.debianPackage))];
  const manager = packageManagerOf(host);
  return manager === "apt"
    ? `sudo apt-get update && sudo apt-get install -y ${packages.join(" ")}`
    : "see https://prometheus.io/download";
}
