import { DeployError } from "./deploy-error";
import { readRecord, recordFile, removeRecord } from "./deploy-record";
import { listProcesses } from "./process-table";
import { findRunningTerraform, isLeftover } from "./running-terraform";

/** Where to look for what a dead deploy left running. */
export interface ClearLeftoversOptions {
  readonly environment: string;
  readonly sandboxFolder: string;
  /** Stacks by the folders that Terraform runs in for them. */
  readonly folders: ReadonlyMap<string, string>;
  readonly terraformBinary: string;
}

const WAIT_MS = 100;
const WAITS = 50;

/**
 * Ends the processes that an earlier deploy left behind when it was killed: as long as its Terraform writes, nothing
 * can be taken back.
 *
 * @throws DeployError `STATE_IN_USE` when a Terraform that somebody else started works in one of the stacks
 */
export async function clearLeftovers(options: ClearLeftoversOptions): Promise<void> {
  const file = recordFile(options.sandboxFolder, options.environment);
  const noted = readRecord(file);
  const folders = [...options.folders.keys()];
  for (let wait = 0; wait < WAITS; wait++) {
    const running = await findRunningTerraform(folders, options.terraformBinary);
    const stranger = running.find((terraform) => !isLeftover(terraform, noted));
    if (stranger) throw inUse(stranger.pid, stranger.folder, options.folders);
    const cdktf = noted === undefined ? [] : await cdktfProcesses(noted);
    if (running.length === 0 && cdktf.length === 0) break;
    for (const pid of [...cdktf, ...running.map((terraform) => terraform.pid)]) kill(pid);
    await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
  }
  removeRecord(file);
}

/** The number may have passed to another program since: only a cdktf is taken for ours. */
async function cdktfProcesses(pid: number): Promise<number[]> {
  const found = (await listProcesses()).find((entry) => entry.pid === pid);
  return found?.command.includes("cdktf") ? [pid] : [];
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

function inUse(pid: number, folder: string, folders: ReadonlyMap<string, string>): DeployError {
  const stack = folders.get(folder) ?? folder;
  return new DeployError(
    "STATE_IN_USE",
    `A Terraform that was started elsewhere works on ${stack} (pid ${pid}); wait until it ends, then run this again`,
  );
}
