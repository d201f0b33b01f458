import { setTimeout as delay } from "node:timers/promises";
import type { Lease } from "../gateway/leases";
import type { RecoveredStack } from "../gateway/recovery";
import { DeployError } from "./deploy-error";
import type { EnvironmentStack } from "./deploy-options";
import type { SandboxControl } from "./sandbox-control";

const WAIT_MS = 250;
const WAITS = 20;

/**
 * Takes back what a dead run has begun. Connections of a Terraform that was just killed take a moment to close: the
 * sandbox leaves stacks with open ones alone.
 *
 * @param stacks all stacks of the environment
 * @returns the stacks that were taken back
 * @throws DeployError `STATE_IN_USE` when a stack stays in use
 */
export async function recoverEnvironment(
  control: SandboxControl,
  { environment, pid }: Lease,
  stacks: readonly EnvironmentStack[],
): Promise<RecoveredStack[]> {
  const recovered: RecoveredStack[] = [];
  const needs = idsOfNeeds(stacks);
  let busy: RecoveredStack | undefined;
  for (let wait = 0; wait < WAITS; wait++) {
    const report = await control.recover({ environment, pid, needs });
    recovered.push(...report.stacks.filter(({ outcome }) => outcome === "rolled-back"));
    busy = report.stacks.find(({ outcome }) => outcome === "running");
    if (!busy) return recovered;
    await delay(WAIT_MS);
  }
  throw new DeployError(
    "STATE_IN_USE",
    `A Terraform that was started elsewhere works on ${busy?.stack ?? environment} since ${busy?.since ?? "a while"}; ` +
      "wait until it ends, then run this again",
  );
}

function idsOfNeeds(stacks: readonly EnvironmentStack[]): Record<string, string[]> {
  const idsOf = (layers: readonly string[]) => stacks.filter(({ layer }) => layers.includes(layer)).map(({ id }) => id);
  return Object.fromEntries(stacks.map(({ id, needs }) => [id, idsOf(needs)]));
}

/** What was taken back, in one line. */
export function describeRecovery(recovered: readonly RecoveredStack[]): string {
  const list = recovered.map(({ stack, undone }) => {
    const calls = Object.values(undone).reduce((sum, count) => sum + count, 0);
    return `${stack} (${calls} ${calls === 1 ? "call" : "calls"})`;
  });
  return `An earlier run was cut off; taken back what it had begun: ${list.join(", ")}`;
}
