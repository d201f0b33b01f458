import type { Command } from "commander";
import type { CliContext } from "../context";
import { findTerraform } from "../sandbox/prepare-terraform";
import { prepareVirtualEnvironment } from "../sandbox/prepare-virtual-environment";

/** `flightdeck setup`: for `npm test`, which needs Terraform and the virtual environment and no sandbox. */
export function addSetup(program: Command, context: CliContext): void {
  program
    .command("setup", { hidden: true })
    .description("checks Terraform, and builds the virtual environment of the sandbox if it is not there yet")
    .addHelpText("after", "\nExample:\n  npx flightdeck setup")
    .action(async () => {
      await findTerraform(context.host);
      await prepareVirtualEnvironment(context);
    });
}
