import type { Command } from "commander";
import type { CliContext } from "../context";
import { readLayers } from "../layers-option";
import type { EndWith } from "../end-with";
import { runEnvironment } from "../sandbox/run-environment";

/** `flightdeck sandbox destroy [ENV]` */
export function addSandboxDestroy(sandbox: Command, context: CliContext, endWith: EndWith): void {
  sandbox
    .command("destroy")
    .description("destroys an environment in the sandbox, its stacks in reverse")
    .argument("[environment]", "<project>/<stage>; by default the only one of stage dev")
    .option("--layers <names>", "only these layers, with commas between them", readLayers)
    .addHelpText("after", "\nExample:\n  npx flightdeck sandbox destroy atlas/dev")
    .action(async (environment: string | undefined, { layers }: { layers?: string[] }) => {
      endWith(await runEnvironment(context, { verb: "destroy", environment, layers }));
    });
}
