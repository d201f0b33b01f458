import { createServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

/** The last thread of a process that ended a moment ago may still hold its port; longer than a system takes to clear it away. */
const PATIENCE_MS = 2000;
const POLL_MS = 20;

/**
 * Finds a loopback port.
 *
 * @param wanted the port to try; 0 lets the system choose
 * @returns the port, or undefined when it is taken
 */
export function tryPort(wanted: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(undefined));
    server.listen({ host: "127.0.0.1", port: wanted, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" ? address?.port : undefined));
    });
  });
}

/**
 * The port of the last time, once whoever had it has let go.
 *
 * @param wanted 0 lets the system choose
 * @returns the port, or undefined when another process keeps it
 */
export async function portOfLastTime(wanted: number): Promise<number | undefined> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const free = await tryPort(wanted);
    if (free !== undefined || performance.now() > deadline) return free;
    await delay(POLL_MS);
  }
}
