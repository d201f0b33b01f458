import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { closeSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { SandboxError } from "../../errors";
import type { Component } from "./component";
import { openLog } from "./log-file";
import type { ProcessIdentity } from "./process-identity";
import { identityOf, isAlive, signalProcess } from "./process-identity";

/** How the process of a component is started. */
export interface LaunchOptions {
  readonly directory: string;
  readonly logFile: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Called when it ends, asked to or not. */
  readonly onExit: () => void;
}

const POLL_MS = 20;
/** How long a process may take to end by itself. */
const GRACE_MS = 10_000;
/** How long a process that was killed may take to be gone. */
const KILL_MS = 10_000;

/** The process of a component: started here, or by an earlier run that died and left it behind. */
export class ComponentProcess {
  private constructor(
    readonly identity: ProcessIdentity,
    private readonly child?: ChildProcess,
  ) {}

  /**
   * Starts a component, in a session of its own: a signal to the terminal is for the sandbox, which then ends its
   * components in order.
   *
   * @throws SandboxError SANDBOX_CONTROL_PLANE_PROGRAM when its program cannot be run
   */
  static async start(component: Component, options: LaunchOptions): Promise<ComponentProcess> {
    const log = openLog(options.logFile);
    const child = spawn(component.program, component.arguments, {
      cwd: options.directory,
      env: { ...options.environment },
      stdio: ["ignore", log, log],
      detached: true,
    });
    closeSync(log);
    child.unref();
    child.once("exit", options.onExit);
    await new Promise<void>((resolve, reject) => {
      child.once("spawn", resolve);
      child.once("error", (error) => reject(cannotRun(component, error)));
    });
    const pid = child.pid ?? 0;
    return new ComponentProcess(identityOf(pid) ?? { pid, started: "ended at once" }, child);
  }

  /**
   * Takes over a process of an earlier run.
   *
   * @returns undefined when it is gone
   */
  static adopt({ pid, started }: ProcessIdentity): ComponentProcess | undefined {
    return isAlive({ pid, started }) ? new ComponentProcess({ pid, started }) : undefined;
  }

  get alive(): boolean {
    if (this.child === undefined) return isAlive(this.identity);
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** How it ended, as far as that can be known. */
  get ending(): string {
    const { exitCode, signalCode } = this.child ?? {};
    if (signalCode) return `with ${signalCode}`;
    return typeof exitCode === "number" ? `with exit code ${exitCode}` : "by itself";
  }
}

/**
 * Asks a process to end, kills it when it does not, and waits until it is gone.
 *
 * @param graceMs how long it may take to end by itself
 * @throws SandboxError SANDBOX_STOP_FAILED when even that leaves it running
 */
export async function endProcess(identity: ProcessIdentity, graceMs = GRACE_MS): Promise<void> {
  signalProcess(identity, "SIGTERM");
  if (await isGone(identity, graceMs)) return;
  signalProcess(identity, "SIGKILL");
  if (await isGone(identity, KILL_MS)) return;
  throw new SandboxError("SANDBOX_STOP_FAILED", `Process ${identity.pid} does not end, not even when it is killed.`);
}

async function isGone(identity: ProcessIdentity, withinMs: number): Promise<boolean> {
  const deadline = Date.now() + withinMs;
  while (isAlive(identity)) {
    if (Date.now() > deadline) return false;
    await delay(POLL_MS);
  }
  return true;
}

function cannotRun({ name, program }: Component, error: Error): SandboxError {
  return new SandboxError(
    "SANDBOX_CONTROL_PLANE_PROGRAM",
    `${name} cannot be run: ${program}: ${error.message}. \`npm run sandbox:tools\` puts the programs of the control plane in place.`,
  );
}
