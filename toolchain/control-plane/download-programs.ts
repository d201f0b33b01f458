import { chmodSync, renameSync } from "node:fs";
import { join } from "node:path";
import { DownloadError } from "../releases/download-error";
import type { DownloadFailure } from "../releases/download-error";
import { fetchRelease, unpackMember } from "../releases/fetch-release";
import { inWorkingFolder } from "../releases/working-folder";
import { programFolder } from "./program-folder";
import type { ProgramSources } from "./program-folder";
import type { PinnedProgram, ProgramPin } from "./programs";
import type { OnProgramProgress } from "./progress";

/** What is downloaded. */
export interface DownloadOptions extends ProgramSources {
  readonly programs: readonly PinnedProgram[];
  /** @default - nobody is told */
  readonly onProgress?: OnProgramProgress;
}

/** A download that did not come about. */
export interface FailedDownload {
  readonly program: PinnedProgram;
  readonly failure: DownloadFailure;
  readonly reason: string;
}

/** What became of the downloads. */
export interface DownloadReport {
  readonly downloaded: readonly PinnedProgram[];
  readonly failed: readonly FailedDownload[];
}

/**
 * Downloads programs from the official releases into the cache folder, all at once. Each is checked against the
 * checksum that its project publishes before it gets its name; what does not fit is thrown away. A host that cannot be
 * reached costs three seconds in all.
 *
 * @throws ToolchainError `TOOLS_MIRROR_INVALID` when `FLIGHTDECK_TOOLS_MIRROR` is no https address,
 * `TOOLS_FOLDER_UNUSABLE` when the cache folder cannot be written
 */
export async function downloadPrograms(options: DownloadOptions): Promise<DownloadReport> {
  const results = await Promise.all(options.programs.map((program) => tryDownload(program, options)));
  const failed = results.flatMap((result) => result ?? []);
  const lost = new Set(failed.map(({ program }) => program));
  return { downloaded: options.programs.filter((program) => !lost.has(program)), failed };
}

async function tryDownload(program: PinnedProgram, options: DownloadOptions): Promise<FailedDownload | undefined> {
  const pin = options.pins[program];
  const tell = (step: "started" | "done" | "failed", reason?: string): void =>
    options.onProgress?.({ program, version: pin.version, step, by: "download", reason });
  tell("started");
  try {
    await download(program, pin, options);
    tell("done");
    return undefined;
  } catch (error) {
    if (!(error instanceof DownloadError)) throw error;
    tell("failed", error.message);
    return { program, failure: error.failure, reason: error.message };
  }
}

async function download(program: PinnedProgram, pin: ProgramPin, sources: ProgramSources): Promise<void> {
  const { host } = sources;
  const { member } = pin.release;
  const folder = programFolder(sources);
  await inWorkingFolder(folder, async (working) => {
    const fetched = join(working, "fetched");
    await fetchRelease(program, pin, host, fetched);
    const into = { folder: working, program: pin, host };
    const path = member === undefined ? fetched : await unpackMember(fetched, member, into);
    chmodSync(path, 0o755);
    renameSync(path, join(folder, program));
  });
}
