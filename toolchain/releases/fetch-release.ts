import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { terraformPlatform } from "../host";
import type { Host } from "../host";
import { runCommand } from "../run-command";
import { DownloadError } from "./download-error";
import { fetchAddress } from "./fetch-address";
import type { ReleasedProgram } from "./program-release";
import { publishedChecksum } from "./published-checksum";
import { fillTemplate, mirroredAddress } from "./release-address";
import { isUnusableFolder } from "./working-folder";

/**
 * Downloads the file of a release and checks it against the checksum that its project publishes.
 *
 * @param name what is downloaded, as errors name it
 * @param path where the file is put
 * @throws DownloadError with what stood in the way; `checksum` when it is not what was published
 * @throws ToolchainError `TOOLS_MIRROR_INVALID` when `FLIGHTDECK_TOOLS_MIRROR` is no https address
 */
export async function fetchRelease(name: string, program: ReleasedProgram, host: Host, path: string): Promise<void> {
  const { release, version } = program;
  const platform = terraformPlatform(host);
  if (!release.platforms.includes(platform)) {
    throw new DownloadError("unpublished", `${name} ${version} is not published for ${platform}`);
  }
  const address = mirroredAddress(fillTemplate(release.address, program, host), host);
  const file = address.slice(address.lastIndexOf("/") + 1);
  const checksumAddress = mirroredAddress(fillTemplate(release.checksum.address, program, host), host);
  await save(address, path, await publishedChecksum(release.checksum.kind, checksumAddress, file));
}

/**
 * Takes one file out of a `.tar.gz`.
 *
 * @param member path in the archive, a template as addresses are
 * @returns where it is
 * @throws DownloadError `refused` when it is not in the archive
 */
export async function unpackMember(
  archive: string,
  member: string,
  into: { readonly folder: string; readonly program: ReleasedProgram; readonly host: Host },
): Promise<string> {
  const path = fillTemplate(member, into.program, into.host);
  const args = ["-xzf", archive, "-C", into.folder, path];
  const { status, stderr } = await runCommand("tar", args, { env: into.host.env, timeoutMs: 60_000 });
  if (status === 0) return join(into.folder, path);
  throw new DownloadError(
    "refused",
    `\`tar\` does not find ${path} in the archive: ${stderr.trim().split("\n")[0] ?? ""}`,
  );
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
