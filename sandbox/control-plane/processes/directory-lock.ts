import { linkSync, readFileSync, renameSync, rmSync } from "node:fs";
import { z } from "zod";
import { SandboxError } from "../../errors";
import { writePrivately } from "../files/write-privately";
import { identityOf, isAlive } from "./process-identity";

const holderSchema = z.object({ pid: z.int(), started: z.string() });
type Holder = z.infer<typeof holderSchema>;

/** Files that this process holds: its own id in a lock file says nothing about a second start within it. */
const heldHere = new Set<string>();
const ATTEMPTS = 5;

/**
 * Takes the lock of a control plane's folder.
 *
 * @param file lock file; names the process that has it, told from later ones with the same id
 * @throws SandboxError SANDBOX_CONTROL_PLANE_HELD when a living process has it
 */
export function takeDirectoryLock(file: string): void {
  if (heldHere.has(file)) throw held(file, process.pid);
  const fresh = `${file}.new.${process.pid}`;
  writePrivately(fresh, `${JSON.stringify(identityOf(process.pid))}\n`);
  try {
    for (let attempt = 1; !tryLink(fresh, file); attempt++) {
      const holder = readHolder(file);
      if (attempt === ATTEMPTS || (holder !== undefined && isAlive(holder))) throw held(file, holder?.pid);
      putAside(file);
    }
    heldHere.add(file);
  } finally {
    rmSync(fresh, { force: true });
  }
}

/** Gives the lock back. */
export function releaseDirectoryLock(file: string): void {
  if (heldHere.delete(file)) rmSync(file, { force: true });
}

/** A link is there with its whole content or not at all, and for one of several at once. */
function tryLink(fresh: string, file: string): boolean {
  try {
    linkSync(fresh, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    return false;
  }
}

/** Takes a dead one's lock away, unless somebody else has replaced it in the meantime: that one is put back. */
function putAside(file: string): void {
  const aside = `${file}.old.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  const holder = readHolder(aside);
  if (holder !== undefined && isAlive(holder)) tryLink(aside, file);
  rmSync(aside, { force: true });
}

function readHolder(file: string): Holder | undefined {
  try {
    return holderSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return undefined;
  }
}

function held(file: string, pid: number | undefined): SandboxError {
  return new SandboxError(
    "SANDBOX_CONTROL_PLANE_HELD",
    `Process ${pid ?? "?"} runs the control plane of this folder already (${file}); two would write to one etcd.`,
  );
}
