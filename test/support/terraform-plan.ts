import { join } from "node:path";
import type { Flightdeck } from "./flightdeck";

/**
 * Plans each stack of a deployed environment again with Terraform itself.
 *
 * @returns by layer what `terraform plan -detailed-exitcode` answered: 0 no changes, 1 error, 2 changes
 */
export async function planExitCodes(
  flightdeck: Flightdeck,
  id: string,
  layers: readonly string[],
): Promise<Record<string, number | null>> {
  const codes: Record<string, number | null> = {};
  for (const layer of layers) {
    const stack = `${id.replace("/", "-")}-${layer}`;
    const folder = join(flightdeck.sandboxDirectory, "cdktf.out/stacks", stack);
    const plan = await flightdeck.runWithSandboxEnvironment(
      "terraform plan -input=false -lock=false -no-color -detailed-exitcode",
      folder,
    );
    if (plan.exitCode !== 0) process.stdout.write(`${stack}:\n${plan.output}\n`);
    codes[layer] = plan.exitCode;
  }
  return codes;
}
