import { setTimeout as delay } from "node:timers/promises";
import { SandboxError } from "../../errors";
import { tryPort } from "../../moto/free-port";

const ATTEMPTS = 20;
/** The last thread of a process that ended a moment ago may still hold its port. */
const PATIENCE_MS = 1000;
const POLL_MS = 20;

/**
 * A loopback port that nobody listens on.
 *
 * @param wanted the port of the last time; 0 for none
 * @param taken ports promised to others
 * @throws SandboxError SANDBOX_PORT_TAKEN when the system has none left
 */
export async function freePort(wanted: number, taken: ReadonlySet<number>): Promise<number> {
  if (wanted !== 0 && !taken.has(wanted) && (await becomesFree(wanted))) return wanted;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const port = await tryPort(0);
    if (port !== undefined && !taken.has(port)) return port;
  }
  throw new SandboxError("SANDBOX_PORT_TAKEN", "This machine has no free port on 127.0.0.1 for the control plane.");
}

async function becomesFree(port: number): Promise<boolean> {
  const deadline = Date.now() + PATIENCE_MS;
  while ((await tryPort(port)) === undefined) {
    if (Date.now() > deadline) return false;
    await delay(POLL_MS);
  }
  return true;
}
