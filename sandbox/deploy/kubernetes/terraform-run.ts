import { spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { stripVTControlCharacters } from "node:util";
import type { RunSignal } from "./run-signal";

/** One run of Terraform by itself. */
export interface TerraformRunOptions {
  /** As `TERRAFORM_BINARY_NAME`. */
  readonly program: string;
  readonly args: readonly string[];
  /** Folder of the configuration. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  /** File that takes everything it prints. */
  readonly logFile: string;
  readonly signal: RunSignal;
  readonly onOutput: (chunk: string) => void;
  readonly onStart: (pid: number) => void;
}

/**
 * Runs Terraform to its end, in a session of its own, out of reach of the terminal's Ctrl-C. At the first request to stop it
 * finishes what is under way and writes its state, at the second it ends at once, at the third it is killed.
 *
 * @returns the exit code; 127 when it could not be started
 */
export function runTerraform(options: TerraformRunOptions): Promise<number> {
  const { program, args, folder: cwd, env, logFile, signal, onOutput, onStart } = options;
  const child = spawn(program, [...args], { cwd, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  if (child.pid !== undefined) onStart(child.pid);
  const log = createWriteStream(logFile, { flags: "a" });
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      log.write(stripVTControlCharacters(chunk));
      onOutput(chunk);
    });
  }
  const release = signal.onInterrupt(() => {
    child.kill(signal.interrupts < 3 ? "SIGINT" : "SIGKILL");
  });
  return new Promise((resolve) => {
    const finish = (code: number): void => {
      release();
      log.end(() => {
        resolve(code);
      });
    };
    child.on("error", (error) => {
      onOutput(`${error.message}\n`);
      finish(127);
    });
    child.on("close", (code) => {
      finish(code ?? 130);
    });
  });
}
