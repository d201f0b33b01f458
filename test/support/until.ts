import { setTimeout as delay } from "node:timers/promises";

const PAUSE_MS = 100;

/**
 * Looks again and again until there is something to see. A look that fails has seen nothing.
 *
 * @throws Error when the time is over, with what the last look failed with
 */
export async function until<T>(what: string, look: () => Promise<T | undefined>, withinMs = 60_000): Promise<T> {
  const deadline = Date.now() + withinMs;
  let failure: unknown;
  for (;;) {
    try {
      const found = await look();
      if (found !== undefined) return found;
    } catch (error) {
      failure = error;
    }
    if (Date.now() > deadline) throw new Error(`not within ${withinMs / 1000} s: ${what}`, { cause: failure });
    await delay(PAUSE_MS);
  }
}
