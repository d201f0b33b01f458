import { spawn } from "node:child_process";
import type { EnvironmentVariables } from "./environment";

/** How a command is run. */
export interface RunCommandOptions {
  /** The whole environment of the command. */
  readonly env: EnvironmentVariables;
  /**
   * Working directory.
   * @default - the working directory of this process
   */
  readonly cwd?: string;
  /**
   * Milliseconds until the command is killed and reported as failed.
   * @default 15000
   */
  readonly timeoutMs?: number;
  /**
   * Called with every line the command prints, on either stream.
   * @default - lines are only collected
   */
  readonly onLine?: (line: string) => void;
}

/** What a finished command left behind. */
export interface CommandResult {
  /** Exit code, or 127 when the command could not be started, 124 when it ran out of time. */
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command to its end. Never rejects: a command that cannot be started has status 127. */
export function runCommand(file: string, args: readonly string[], options: RunCommandOptions): Promise<CommandResult> {
  return new Promise((resolve) => {
    const child = spawn(file, [...args], {
      cwd: options.cwd,
      env: { ...options.env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const output = { stdout: "", stderr: "" };
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      child.kill("SIGKILL");
    }, options.timeoutMs ?? 15_000);
    for (const name of ["stdout", "stderr"] as const) {
      const lines = lineSplitter(options.onLine);
      child[name].setEncoding("utf8").on("data", (chunk: string) => {
        output[name] += chunk;
        lines(chunk);
      });
    }
    const finish = (status: number): void => {
      clearTimeout(timer);
      resolve({ status, ...output });
    };
    child.on("error", (error) => {
      output.stderr += error.message;
      finish(127);
    });
    child.on("close", (code) => {
      finish(timedOut ? 124 : (code ?? 1));
    });
  });
}

function lineSplitter(onLine: ((line: string) => void) | undefined): (chunk: string) => void {
  let rest = "";
  return (chunk) => {
    const lines = (rest + chunk).split(/\r?\n/);
    rest = lines.pop() ?? "";
    if (onLine) lines.forEach(onLine);
  };
}
