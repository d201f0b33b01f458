import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { processAlive } from "../../toolchain/process-alive";

/** How long two daemons that take over a dead one's lock at once may need to see who won. */
const SETTLE_MS = 60;

/**
 * Takes the lock of a sandbox folder.
 *
 * @param file lock file: holds the id of the process that has it
 * @returns false when a living process has it
 */
export async function takeDaemonLock(file: string): Promise<boolean> {
  const mine = String(process.pid);
  try {
    writeFileSync(file, mine, { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  if (isHeld(file)) return false;
  // Renaming replaces the dead one's lock whole; of several who do so the last wins, and all look again.
  writeFileSync(`${file}.${mine}`, mine);
  renameSync(`${file}.${mine}`, file);
  await delay(SETTLE_MS);
  return readFileSync(file, "utf8") === mine;
}

/** Gives the lock back. */
export function releaseDaemonLock(file: string): void {
  rmSync(file, { force: true });
}

function isHeld(file: string): boolean {
  try {
    const pid = Number(readFileSync(file, "utf8"));
    return pid !== process.pid && Number.isInteger(pid) && pid > 0 && processAlive(pid);
  } catch {
    return false;
  }
}
