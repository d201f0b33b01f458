import { rmSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { endAllLeftovers } from "../clusters";
import { SandboxError } from "../errors";
import { processAlive } from "../../toolchain/process-alive";
import { findRunning } from "./find-running";
import { readGatewayState } from "./gateway-state";
import { endLeftoverMoto } from "./leftover-moto";
import { SandboxClient } from "./sandbox-client";
import type { SandboxPaths } from "./sandbox-paths";
import { sandboxPaths } from "./sandbox-paths";

/** How to end a sandbox. */
export interface StopSandboxOptions {
  /** Folder of the sandbox. */
  readonly directory: string;
  /**
   * Also removes its world and its logs.
   * @default false
   */
  readonly purge?: boolean;
}

/** What ending a sandbox did. */
export interface StopSandboxReport {
  /** `not-running`: there was none to end. */
  readonly outcome: "stopped" | "not-running";
  readonly purged: boolean;
}

/** Control planes end one program after the other. */
const GRACE_MS = 60_000;

/**
 * Ends the sandbox of a folder, moto and control planes included. Its world is kept, unless it is to be purged.
 *
 * @throws SandboxError SANDBOX_STOP_FAILED when its process cannot be ended
 */
export async function stopSandbox({ directory, purge = false }: StopSandboxOptions): Promise<StopSandboxReport> {
  const paths = sandboxPaths(directory);
  const running = await findRunning(paths);
  if (running !== undefined) await end(running.endpoint, running.pid);
  endLeftoverMoto(readGatewayState(paths.state));
  await endAllLeftovers(paths.clusters);
  if (purge) removeWorld(paths);
  return { outcome: running === undefined ? "not-running" : "stopped", purged: purge };
}

async function end(endpoint: string, pid: number): Promise<void> {
  await new SandboxClient(endpoint).shutdown();
  if (await ended(pid, GRACE_MS)) return;
  process.kill(pid, "SIGKILL");
  if (await ended(pid, 2_000)) return;
  throw new SandboxError(
    "SANDBOX_STOP_FAILED",
    `Process ${pid} of the sandbox does not end. End it by hand: kill -9 ${pid}`,
  );
}

async function ended(pid: number, withinMs: number): Promise<boolean> {
  const deadline = Date.now() + withinMs;
  while (Date.now() < deadline) {
    if (!processAlive(pid)) return true;
    await delay(30);
  }
  return false;
}

function removeWorld({ directory }: SandboxPaths): void {
  rmSync(directory, { recursive: true, force: true });
}
