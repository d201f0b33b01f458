import { z } from "zod";
import { DownloadError } from "./download-error";
import { fetchText } from "./fetch-address";
import type { ProgramRelease } from "./program-release";

const SHA256 = /^[0-9a-f]{64}$/;
const release = z.object({ assets: z.array(z.object({ name: z.string(), digest: z.string().nullable() })) });

/**
 * The SHA-256 checksum that a project publishes for a file.
 *
 * @param kind how it is published
 * @param address where
 * @param file name of the file
 * @throws DownloadError `unpublished` when what is there holds none for the file
 */
export async function publishedChecksum(
  kind: ProgramRelease["checksum"]["kind"],
  address: string,
  file: string,
): Promise<string> {
  const text = await fetchText(address);
  const checksum = kind === "github-digest" ? digestOf(text, file) : lineOf(text, kind === "single" ? undefined : file);
  if (checksum !== undefined && SHA256.test(checksum)) return checksum;
  throw new DownloadError("unpublished", `${address} holds no SHA-256 checksum of ${file}`);
}

/** `<checksum>` alone, or `<checksum>  <file>` on the line of the file. */
function lineOf(text: string, file: string | undefined): string | undefined {
  const lines = text.split("\n").map((line) => line.trim().split(/\s+\*?/));
  return file === undefined ? lines[0]?.[0] : lines.find(([, name]) => name === file)?.[0];
}

/** @see https://docs.github.com/en/rest/releases/releases */
function digestOf(text: string, file: string): string | undefined {
  try {
    const { assets } = release.parse(JSON.parse(text));
    return assets.find(({ name }) => name === file)?.digest?.replace(/^sha256:/, "");
  } catch {
    return undefined;
  }
}
