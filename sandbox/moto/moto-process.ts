import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync, statSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { SandboxError } from "../errors";
import { tryPort } from "./free-port";
import { sendToMoto } from "./moto-client";
import type { MotoServer } from "./moto-server";

/** Where moto is and where it writes. */
export interface MotoProcessOptions {
  /** Path of the `moto_server` program of a virtual environment. */
  readonly program: string;
  /** Log file; grows. */
  readonly logFile: string;
  /**
   * How long a start may take, in milliseconds.
   * @default 30000
   */
  readonly startTimeoutMs?: number;
}

const ENVIRONMENT = {
  MOTO_IAM_LOAD_MANAGED_POLICIES: "true",
  MOTO_EC2_LOAD_DEFAULT_AMIS: "false",
  // Sets keep one order over restarts, so that a replay repeats what it repeats.
  PYTHONHASHSEED: "0",
  PYTHONUNBUFFERED: "1",
  PATH: "/usr/bin:/bin",
  // moto reads the region list through botocore, which must find no profile of the user's.
  AWS_CONFIG_FILE: "/dev/null",
  AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
};

/** `moto_server` as a child process. */
export class MotoProcess implements MotoServer {
  port = 0;
  private child: ChildProcess | undefined;
  private readonly listeners: ((reason: string) => void)[] = [];

  constructor(private readonly options: MotoProcessOptions) {}

  get pid(): number | undefined {
    return this.child?.pid;
  }

  get running(): boolean {
    return this.child !== undefined;
  }

  async start(): Promise<void> {
    // Another process may take the port between the look and the start, hence the attempts.
    for (let attempt = 1; ; attempt++) {
      this.port = (await tryPort(0)) ?? 0;
      const position = this.logPosition();
      const child = this.spawn();
      if (await this.answers(child)) return;
      this.child = undefined;
      child.kill("SIGKILL");
      if (attempt === 3) throw this.failure(position);
    }
  }

  async stop(): Promise<void> {
    const child = this.child;
    this.child = undefined;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGKILL");
    await ended;
  }

  onUnexpectedExit(listener: (reason: string) => void): void {
    this.listeners.push(listener);
  }

  logPosition(): number {
    return existsSync(this.options.logFile) ? statSync(this.options.logFile).size : 0;
  }

  errorSince(position: number): string | undefined {
    const added = readFileSync(this.options.logFile).subarray(position).toString("utf8");
    return added
      .split("\n")
      .filter((line) => /^[A-Za-z_][\w.]*(Error|Exception|NotFound)(: .*)?$/.test(line))
      .at(-1);
  }

  private spawn(): ChildProcess {
    const log = openSync(this.options.logFile, "a");
    const child = spawn(this.options.program, ["-H", "127.0.0.1", "-p", String(this.port)], {
      env: ENVIRONMENT,
      stdio: ["ignore", log, log],
    });
    closeSync(log);
    this.child = child;
    child.once("error", () => this.ended(child, "could not be started"));
    child.once("exit", (code, signal) => this.ended(child, `ended with ${signal ?? `exit code ${code}`}`));
    return child;
  }

  private ended(child: ChildProcess, reason: string): void {
    if (this.child !== child) return;
    this.child = undefined;
    for (const listener of this.listeners) listener(reason);
  }

  private async answers(child: ChildProcess): Promise<boolean> {
    const deadline = Date.now() + (this.options.startTimeoutMs ?? 30_000);
    while (this.child === child && Date.now() < deadline) {
      const probe = {
        method: "GET",
        url: "/moto-api/config",
        headers: ["host", "localhost"],
        body: Buffer.alloc(0),
        account: "0",
      };
      const up = await sendToMoto(this.port, probe).then(
        () => true,
        () => false,
      );
      if (up) return this.child === child;
      await delay(40);
    }
    return false;
  }

  private failure(position: number): SandboxError {
    const { program, logFile } = this.options;
    const reason = this.errorSince(position) ?? "it gave no reason";
    return new SandboxError(
      "SANDBOX_MOTO_FAILED",
      `${program} did not start: ${reason}. Its log is ${logFile}; \`flightdeck doctor\` checks the virtual environment.`,
    );
  }
}
