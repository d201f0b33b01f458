import { createHash } from "node:crypto";
import { chmodSync, createWriteStream, renameSync } from "node:fs";
import { join } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { terraformPlatform } from "../host";
import type { Host } from "../host";
import { runCommand } from "../run-command";
import { DownloadError } from "./download-error";
import type { DownloadFailure } from "./download-error";
import { fetchAddress } from "./fetch-address";
import { inWorkingFolder, isUnusableFolder } from "./leftovers";
import { programFolder } from "./program-folder";
import type { ProgramSources } from "./program-folder";
import type { PinnedProgram, ProgramPin } from "./programs";
import type { OnProgramProgress } from "./progress";
import { publishedChecksum } from "./published-checksum";
import { fillTemplate, mirroredAddress } from "./release-address";

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
  const { release } = pin;
  const platform = terraformPlatform(host);
  if (!release.platforms.includes(platform)) {
    throw new DownloadError("unpublished", `${program} ${pin.version} is not published for ${platform}`);
  }
  const address = mirroredAddress(fillTemplate(release.address, pin, host), host);
  const file = address.slice(address.lastIndexOf("/") + 1);
  const checksumAddress = mirroredAddress(fillTemplate(release.checksum.address, pin, host), host);
  const expected = await publishedChecksum(release.checksum.kind, checksumAddress, file);
  const folder = programFolder(sources);
  await inWorkingFolder(folder, async (working) => {
    const fetched = join(working, "fetched");
    await save(address, fetched, expected);
    const path = release.member === undefined ? fetched : await unpack(fetched, working, pin, host);
    chmodSync(path, 0o755);
    renameSync(path, join(folder, program));
  });
}

async function save(address: string, path: string, expected: string): Promise<void> {
  const response = await fetchAddress(address);
  const hash = createHash("sha256");
  const hashing = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  try {
    await pipeline(response, hashing, createWriteStream(path));
  } catch (error) {
    if (isUnusableFolder(error)) throw error;
    throw new DownloadError("broken", `${address} broke off: ${(error as Error).message}`);
  }
  const actual = hash.digest("hex");
  if (actual === expected) return;
  throw new DownloadError("checksum", `${address} has the SHA-256 checksum ${actual}, published is ${expected}`);
}

async function unpack(archive: string, folder: string, pin: ProgramPin, host: Host): Promise<string> {
  const member = fillTemplate(pin.release.member ?? "", pin, host);
  const args = ["-xzf", archive, "-C", folder, member];
  const { status, stderr } = await runCommand("tar", args, { env: host.env, timeoutMs: 60_000 });
  if (status === 0) return join(folder, member);
  throw new DownloadError(
    "refused",
    `\`tar\` does not find ${member} in the archive: ${stderr.trim().split("\n")[0] ?? ""}`,
  );
}
