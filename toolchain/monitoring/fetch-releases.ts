import { chmodSync, renameSync } from "node:fs";
import { join } from "node:path";
import { DownloadError } from "../releases/download-error";
import { fetchRelease, unpackMember } from "../releases/fetch-release";
import { inWorkingFolder } from "../releases/working-folder";
import { ToolchainError } from "../toolchain-error";
import { monitoringFolder } from "./program-folder";
import type { MonitoringProgramOptions, MonitoringRelease, ReleasedMonitoringProgram } from "./programs";

/** What the folder holds, as errors name it. */
export const WHAT = "programs of monitoring";

/**
 * Downloads the official releases that hold the programs into the cache folder, all at once, each checked against the
 * checksum that its project publishes.
 *
 * @returns why a release could not be had, by its address
 * @throws ToolchainError `PROGRAM_CHECKSUM_WRONG` when one is not what was published, `TOOLS_MIRROR_INVALID` when
 * `FLIGHTDECK_TOOLS_MIRROR` is no https address, `TOOLS_FOLDER_UNUSABLE` when the cache folder cannot be written
 */
export async function fetchMonitoringReleases(
  programs: readonly ReleasedMonitoringProgram[],
  options: MonitoringProgramOptions,
): Promise<ReadonlyMap<MonitoringRelease, string>> {
  const releases = [...new Set(programs.map(({ release }) => release))];
  const reasons = await Promise.all(
    releases.map(async (release) => {
      const wanted = programs.filter((program) => program.release === release);
      const reason = await tryFetch(release, wanted, options);
      return reason === undefined ? [] : [[release, reason] as const];
    }),
  );
  return new Map(reasons.flat());
}

async function tryFetch(
  release: MonitoringRelease,
  programs: readonly ReleasedMonitoringProgram[],
  options: MonitoringProgramOptions,
): Promise<string | undefined> {
  const names = programs.map(({ name }) => name).join(", ");
  options.onProgress?.(`${names} ${release.version}: fetching the official release`);
  try {
    await fetchPrograms(names, release, programs, options);
    return undefined;
  } catch (error) {
    if (!(error instanceof DownloadError)) throw error;
    if (error.failure === "checksum") {
      throw new ToolchainError(
        "PROGRAM_CHECKSUM_WRONG",
        `A download is not what its project has published, so it was thrown away: ${error.message}. Ask whoever runs the mirror or the proxy.`,
      );
    }
    options.onProgress?.(`${names} ${release.version}: ${error.message}`);
    return error.message;
  }
}

async function fetchPrograms(
  names: string,
  { address, checksums, platforms, version }: MonitoringRelease,
  programs: readonly ReleasedMonitoringProgram[],
  { host, releases }: MonitoringProgramOptions,
): Promise<void> {
  const released = {
    version,
    release: { address, platforms, checksum: { kind: "list", address: checksums } },
  } as const;
  const folder = monitoringFolder({ host, releases });
  const work = async (working: string): Promise<void> => {
    const archive = join(working, "fetched");
    await fetchRelease(names, released, host, archive);
    for (const { name, member } of programs) {
      const path = await unpackMember(archive, member, { folder: working, program: released, host });
      chmodSync(path, 0o755);
      renameSync(path, join(folder, name));
    }
  };
  await inWorkingFolder(folder, work, WHAT);
}
