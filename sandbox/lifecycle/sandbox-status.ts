import type { Health } from "../gateway/health";
import { findRunning } from "./find-running";
import { SandboxClient } from "./sandbox-client";
import { sandboxPaths } from "./sandbox-paths";

/** A sandbox, running or not. */
export type SandboxStatus =
  | { readonly running: false; readonly directory: string }
  | { readonly running: true; readonly directory: string; readonly uptimeMs: number; readonly health: Health };

/** @param directory folder of the sandbox */
export async function sandboxStatus(directory: string): Promise<SandboxStatus> {
  const paths = sandboxPaths(directory);
  const found = await findRunning(paths);
  if (found === undefined) return { running: false, directory: paths.directory };
  const health = await new SandboxClient(found.endpoint).health(true);
  const uptimeMs = Date.now() - Date.parse(health.startedAt);
  return { running: true, directory: paths.directory, uptimeMs, health };
}
