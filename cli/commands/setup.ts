import type { Command } from "commander";
import type { CliContext } from "../context";
import { prepareVirtualEnvironment } from "../sandbox/prepare-virtual-environment";

/** `flightdeck setup`: for `npm test`, which needs the virtual environment and no sandbox. */
export function addSetup(program: Command, context: CliContext): void {
  program
    .command("setup", { hidden: true })
    .description("builds the virtual environment of the sandbox, if it is not there yet")
    .addHelpText("after", "\nExample:\n  npx flightdeck setup")
    .action(async () => {
      await prepareVirtualEnvironment(context);
    });
}
