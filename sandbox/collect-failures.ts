import { SandboxError } from "./errors";

/**
 * Does one step after the other, each whatever became of those before.
 *
 * @throws the error of the step that failed; SandboxError SANDBOX_STOP_FAILED with all of them when several did
 */
export async function inTurn(steps: readonly (() => unknown)[]): Promise<void> {
  const errors: unknown[] = [];
  for (const step of steps) {
    try {
      await step();
    } catch (error) {
      errors.push(error);
    }
  }
  throwAll(errors);
}

/**
 * Waits for all, whatever becomes of some.
 *
 * @throws the error of the one that failed; SandboxError SANDBOX_STOP_FAILED with all of them when several did
 */
export async function allEnded(promises: readonly Promise<unknown>[]): Promise<void> {
  const outcomes = await Promise.allSettled(promises);
  throwAll(outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason as unknown] : [])));
}

function throwAll(errors: readonly unknown[]): void {
  if (errors.length === 0) return;
  if (errors.length === 1) throw errors[0];
  const messages = errors.map((error) => (error instanceof Error ? error.message : String(error)));
  throw new SandboxError("SANDBOX_STOP_FAILED", messages.join("\n"));
}
