import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";

/** A process, told from a later one that was given the same id. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it was started, in the terms of this machine. */
  readonly started: string;
}

/** By what a process is recognised: its program, and an argument that no other process has. */
export interface ProcessMark {
  /** Name of the program, without its folder. */
  readonly program: string;
  /** The whole argument. */
  readonly argument: string;
}

/** Arguments that may stand before the program's own name: an interpreter and its options. */
const LEADING_ARGUMENTS = 3;
const MOST_OUTPUT = 16 * 1024 * 1024;

/**
 * Identity of a process of this machine.
 *
 * @returns undefined when there is none, or only what is left of one that ended
 */
export function identityOf(pid: number): ProcessIdentity | undefined {
  const started = process.platform === "linux" ? startedOnLinux(pid) : listed(pid, "lstart=");
  return started === undefined || started === "" ? undefined : { pid, started };
}

/** True while the very process lives. */
export function isAlive(identity: ProcessIdentity): boolean {
  return identityOf(identity.pid)?.started === identity.started;
}

/** The processes that carry a mark, whoever started them. */
export function processesWith(mark: ProcessMark): ProcessIdentity[] {
  const pids = process.platform === "linux" ? pidsOnLinux(mark) : pidsElsewhere(mark);
  return pids.flatMap((pid) => identityOf(pid) ?? []);
}

/** Sends a signal to the very process; false when it is gone. */
export function signalProcess(identity: ProcessIdentity, signal: "SIGTERM" | "SIGKILL"): boolean {
  if (!isAlive(identity)) return false;
  try {
    process.kill(identity.pid, signal);
    return true;
  } catch {
    return false;
  }
}

function pidsOnLinux(mark: ProcessMark): number[] {
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry))
    .filter((pid) => carries(readArguments(pid), mark))
    .map(Number);
}

function readArguments(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
  } catch {
    return [];
  }
}

/** The state and the start time in clock ticks since boot, which follow the program's name in brackets. */
function startedOnLinux(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const ended = fields[0] === "Z" || fields[0] === "X";
    return ended ? undefined : `${bootId()}/${fields[19]}`;
  } catch {
    return undefined;
  }
}

/** Ticks are counted from the boot, so they say nothing without it. */
function bootId(): string {
  try {
    return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  } catch {
    return "";
  }
}

function carries(args: readonly string[], { program, argument }: ProcessMark): boolean {
  return args.includes(argument) && args.slice(0, LEADING_ARGUMENTS).some((part) => basename(part) === program);
}

/** Where there is no /proc, arguments come joined by blanks. */
function pidsElsewhere({ program, argument }: ProcessMark): number[] {
  return (listed(undefined, "pid=,args=") ?? "").split("\n").flatMap((line) => {
    const [, pid, command = ""] = /^\s*(\d+)\s+(.*)$/.exec(line) ?? [];
    const [head = ""] = command.split(" -", 1);
    const named = head.split(" ").some((part) => basename(part) === program);
    return pid !== undefined && named && ` ${command} `.includes(` ${argument} `) ? [Number(pid)] : [];
  });
}

function listed(pid: number | undefined, format: string): string | undefined {
  try {
    const which = pid === undefined ? ["-A", "-ww"] : ["-p", String(pid)];
    return execFileSync("ps", [...which, "-o", format], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      maxBuffer: MOST_OUTPUT,
    }).trim();
  } catch {
    return undefined;
  }
}
