import { randomBytes } from "node:crypto";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { removeAbandoned } from "../remove-abandoned";
import { ToolchainError } from "../toolchain-error";

const UNUSABLE = new Set(["EACCES", "EPERM", "EROFS", "ENOSPC", "EDQUOT", "ENOTDIR", "EEXIST"]);
const WORKING = /^\.making-(\d+)-[0-9a-f]+$/;

/**
 * Runs work in a new folder beside programs, which is removed with all in it afterwards. What was left by a process
 * that is gone is removed too. Two that make the same program at once are in each other's way nowhere.
 *
 * @param programs folder of the programs
 * @param what what they are, as the error names them
 * @throws ToolchainError `TOOLS_FOLDER_UNUSABLE` when the folder cannot be written, or its disk is full
 */
export async function inWorkingFolder<T>(
  programs: string,
  work: (folder: string) => Promise<T>,
  what = "programs of the control plane",
): Promise<T> {
  try {
    return await withWorkingFolder(programs, work);
  } catch (error) {
    if (!isUnusableFolder(error)) throw error;
    throw new ToolchainError(
      "TOOLS_FOLDER_UNUSABLE",
      `The ${what} cannot be put into ${programs}: ${error.message}. Make room or give yourself the right to write there, or name another folder in FLIGHTDECK_CACHE_DIR.`,
    );
  }
}

/** True when files cannot be written to where they belong, whatever they hold. */
export function isUnusableFolder(error: unknown): error is NodeJS.ErrnoException {
  return UNUSABLE.has((error as Partial<NodeJS.ErrnoException> | undefined)?.code ?? "");
}

async function withWorkingFolder<T>(programs: string, work: (folder: string) => Promise<T>): Promise<T> {
  mkdirSync(programs, { recursive: true });
  removeAbandoned(programs, WORKING);
  const folder = join(programs, `.making-${process.pid}-${randomBytes(4).toString("hex")}`);
  mkdirSync(folder);
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
