import type { Health } from "../../sandbox";
import { CliError } from "../cli-error";
import type { CliContext } from "../context";

/** The sandbox that runs; a command that only looks does not start one. */
export async function requireSandbox({ sandbox }: CliContext): Promise<Health> {
  const status = await sandbox.status();
  if (status.running) return status.health;
  throw new CliError(1, "The sandbox does not run. Start it with: npx flightdeck sandbox up");
}
