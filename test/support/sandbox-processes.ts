import { readdirSync } from "node:fs";
import { join } from "node:path";
import { sandboxPaths } from "../../sandbox";
import { type ComponentName, componentMarks } from "../../sandbox/control-plane/components/marks";
import { controlPlanePaths } from "../../sandbox/control-plane/control-plane-paths";
import { identityOf, processesWith } from "../../sandbox/control-plane/processes/process-identity";
import { readGatewayState } from "../../sandbox/lifecycle/gateway-state";

/** Ids of the processes of a sandbox by what they are: `daemon`, `moto`, and the programs of its control planes. */
export type SandboxProcesses = Readonly<Partial<Record<"daemon" | "moto" | ComponentName, number>>>;

/** The processes of a sandbox that live, found by what they were started with and not by what the sandbox says of them. */
export function sandboxProcesses(sandboxDirectory: string): SandboxProcesses {
  const { state, clusters } = sandboxPaths(sandboxDirectory);
  const { pid, motoPid } = readGatewayState(state) ?? {};
  const found = controlPlaneFolders(clusters).flatMap((folder) =>
    Object.entries(componentMarks(controlPlanePaths(folder))).flatMap(([name, mark]) =>
      processesWith(mark).map((identity) => [name, identity.pid] as const),
    ),
  );
  const servers = [["daemon", pid] as const, ["moto", motoPid] as const].filter(
    ([, id]) => id !== undefined && lives(id),
  );
  return Object.fromEntries([...servers, ...found]) as SandboxProcesses;
}

/** Ends a process as a crash does; one that is gone already stays so. */
export function crash(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

function controlPlaneFolders(clusters: string): string[] {
  try {
    return readdirSync(clusters).map((name) => join(clusters, name, "control-plane"));
  } catch {
    return [];
  }
}

/** One that has ended and was not waited for yet does not. */
function lives(pid: number): boolean {
  return identityOf(pid) !== undefined;
}
