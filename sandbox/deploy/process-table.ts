import { execFile } from "node:child_process";
import { basename } from "node:path";

/** A running process. */
export interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/** All processes of this machine, as `ps` of Linux and macOS lists them. */
export function listProcesses(): Promise<readonly ProcessEntry[]> {
  return new Promise((resolve) => {
    execFile("ps", ["-A", "-o", "pid=,ppid=,args="], { maxBuffer: 16 * 1024 * 1024 }, (_error, stdout) => {
      resolve(parseProcesses(stdout));
    });
  });
}

/** Reads the output of `ps -A -o pid=,ppid=,args=`. */
export function parseProcesses(text: string): ProcessEntry[] {
  return text.split("\n").flatMap((line) => {
    const match = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line);
    return match ? [{ pid: Number(match[1]), parent: Number(match[2]), command: match[3] ?? "" }] : [];
  });
}

/** The processes below `root`, itself not included. */
export function descendantsOf(root: number, processes: readonly ProcessEntry[]): ProcessEntry[] {
  const children = processes.filter((entry) => entry.parent === root);
  return children.flatMap((child) => [child, ...descendantsOf(child.pid, processes)]);
}

/** True for a process that is Terraform itself: providers run below it under names of their own. */
export function isTerraform(entry: ProcessEntry, binaryName: string): boolean {
  const program = entry.command.split(" ")[0] ?? "";
  return basename(program) === basename(binaryName);
}
