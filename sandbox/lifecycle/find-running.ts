import type { Health } from "../gateway/health";
import { readGatewayState } from "./gateway-state";
import { SandboxClient } from "./sandbox-client";
import type { SandboxPaths } from "./sandbox-paths";

/**
 * Finds the daemon of a folder.
 *
 * @returns its health, or undefined when none answers, or another sandbox does at its port
 */
export async function findRunning(paths: SandboxPaths): Promise<Health | undefined> {
  const state = readGatewayState(paths.state);
  if (state === undefined) return undefined;
  const health = await new SandboxClient(`http://127.0.0.1:${state.port}`).health().catch(() => undefined);
  return health?.directory === paths.directory ? health : undefined;
}
