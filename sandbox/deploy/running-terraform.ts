import { execFile } from "node:child_process";
import { readlink, realpath } from "node:fs/promises";
import { isTerraform, listProcesses } from "./process-table";
import type { ProcessEntry } from "./process-table";

/** A Terraform that runs in the folder of a stack. */
export interface RunningTerraform {
  readonly pid: number;
  /** The one of the folders asked for. */
  readonly folder: string;
  /** Its parents, the nearest first. */
  readonly ancestors: readonly ProcessEntry[];
}

/** The Terraform processes of this machine whose working directory is one of the folders. */
export async function findRunningTerraform(
  folders: readonly string[],
  binaryName: string,
): Promise<RunningTerraform[]> {
  const processes = await listProcesses();
  const candidates = processes.filter((entry) => isTerraform(entry, binaryName));
  if (candidates.length === 0) return [];
  const real = await Promise.all(folders.map((folder) => realpath(folder).catch(() => folder)));
  const found = await Promise.all(
    candidates.map(async ({ pid }) => {
      const folder = folders[real.indexOf((await workingDirectory(pid)) ?? "")];
      return folder ? [{ pid, folder, ancestors: ancestorsOf(pid, processes) }] : [];
    }),
  );
  return found.flat();
}

/**
 * True for a Terraform that a dead deploy left behind: it is or runs below the process which that deploy noted, or its
 * own cdktf is gone and it was handed to the init process.
 */
export function isLeftover(running: RunningTerraform, notedCdktf: number | undefined): boolean {
  const [parent] = running.ancestors;
  const noted = running.pid === notedCdktf || running.ancestors.some(({ pid }) => pid === notedCdktf);
  return noted || parent === undefined || parent.pid === 1;
}

function ancestorsOf(pid: number, processes: readonly ProcessEntry[]): ProcessEntry[] {
  const self = processes.find((entry) => entry.pid === pid);
  const parent = processes.find((entry) => entry.pid === self?.parent);
  return parent ? [parent, ...ancestorsOf(parent.pid, processes)] : [];
}

async function workingDirectory(pid: number): Promise<string | undefined> {
  try {
    return await readlink(`/proc/${pid}/cwd`);
  } catch {
    return openDirectory(pid);
  }
}

/** macOS has no `/proc`; its `lsof` tells. */
function openDirectory(pid: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile("lsof", ["-a", "-p", String(pid), "-d", "cwd", "-Fn"], (_error, stdout) => {
      resolve(/^n(.*)$/m.exec(stdout)?.[1]);
    });
  });
}
