import { SandboxError } from "../../errors";
import { portOfLastTime, tryPort } from "../../moto/free-port";

const ATTEMPTS = 20;

/**
 * A loopback port that nobody listens on.
 *
 * @param wanted the port of the last time; 0 for none
 * @param taken ports promised to others
 * @throws SandboxError SANDBOX_PORT_TAKEN when the system has none left
 */
export async function freePort(wanted: number, taken: ReadonlySet<number>): Promise<number> {
  if (wanted !== 0 && !taken.has(wanted) && (await portOfLastTime(wanted)) !== undefined) return wanted;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const port = await tryPort(0);
    if (port !== undefined && !taken.has(port)) return port;
  }
  throw new SandboxError("SANDBOX_PORT_TAKEN", "This machine has no free port on 127.0.0.1 for the control plane.");
}
