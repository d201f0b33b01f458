import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { createWriteStream } from "node:fs";
import { stripVTControlCharacters } from "node:util";
import { descendantsOf, isTerraform, listProcesses } from "./process-table";

/** One run of the cdktf command line. */
export interface CdktfRunOptions {
  /** The `cdktf` program. */
  readonly program: string;
  readonly args: readonly string[];
  /** Root of the repository. */
  readonly projectFolder: string;
  readonly env: Readonly<Record<string, string>>;
  /** File that takes everything cdktf and Terraform print. */
  readonly logFile: string;
  /** As `TERRAFORM_BINARY_NAME`. */
  readonly terraformBinary: string;
  readonly onOutput: (chunk: string) => void;
}

const POLL_MS = 300;

/**
 * A cdktf process. It runs in a session of its own, out of reach of the terminal's Ctrl-C: cdktf would die of it at
 * once and take Terraform along, which then leaves its state locked.
 */
export class CdktfRun {
  /** Exit code; 130 when it was stopped. */
  readonly finished: Promise<number>;
  private readonly options: CdktfRunOptions;
  private readonly child: ChildProcess;
  private readonly signalled = new Map<number, number>();
  private interrupts = 0;
  private ended = false;

  constructor(options: CdktfRunOptions) {
    this.options = options;
    const { program, args, projectFolder: cwd, env } = options;
    this.child = spawn(program, [...args], { cwd, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
    this.finished = this.follow();
  }

  /** Process id, which is that of its process group too; undefined when it could not be started. */
  get pid(): number | undefined {
    return this.child.pid;
  }

  /**
   * Stops the run. The first time Terraform is asked to end: it finishes what is under way, writes its state and gives
   * the lock back. The second time it is told to end at once, the third time it is killed.
   */
  interrupt(): void {
    this.interrupts++;
    if (this.interrupts === 1) void this.stopGracefully();
    else if (this.interrupts === 2) void this.signalTerraform(2);
    else void this.kill();
  }

  private follow(): Promise<number> {
    const log = createWriteStream(this.options.logFile, { flags: "a" });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.setEncoding("utf8").on("data", (chunk: string) => {
        log.write(stripVTControlCharacters(chunk));
        this.options.onOutput(chunk);
      });
    }
    return new Promise((resolve) => {
      const finish = (code: number): void => {
        this.ended = true;
        log.end(() => {
          resolve(code);
        });
      };
      this.child.on("error", (error) => {
        this.options.onOutput(`${error.message}\n`);
        finish(127);
      });
      this.child.on("close", (code) => {
        finish(this.interrupts > 0 ? 130 : (code ?? 130));
      });
    });
  }

  private async stopGracefully(): Promise<void> {
    let idle = 0;
    while (!this.ended) {
      idle = (await this.signalTerraform(1)) ? 0 : idle + 1;
      // Between two stacks no Terraform runs and nothing is locked: the moment to stop cdktf itself.
      if (idle === 2) this.signalGroup("SIGTERM");
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }

  /** @returns whether any Terraform runs; each gets as many signals as `times` says, not more */
  private async signalTerraform(times: number): Promise<boolean> {
    if (this.pid === undefined) return false;
    const running = descendantsOf(this.pid, await listProcesses()).filter((entry) =>
      isTerraform(entry, this.options.terraformBinary),
    );
    for (const { pid } of running) {
      if ((this.signalled.get(pid) ?? 0) >= times) continue;
      this.signalled.set(pid, times);
      trySignal(pid, "SIGINT");
    }
    return running.length > 0;
  }

  private async kill(): Promise<void> {
    if (this.pid === undefined) return;
    const below = descendantsOf(this.pid, await listProcesses());
    this.signalGroup("SIGKILL");
    below.forEach(({ pid }) => {
      trySignal(pid, "SIGKILL");
    });
  }

  private signalGroup(signal: NodeJS.Signals): void {
    if (this.pid !== undefined && !this.ended) trySignal(-this.pid, signal);
  }
}

function trySignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
