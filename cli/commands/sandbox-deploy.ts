import type { Command } from "commander";
import type { CliContext } from "../context";
import { readLayers } from "../layers-option";
import type { EndWith } from "../end-with";
import { runEnvironment } from "../sandbox/run-environment";

/** `flightdeck sandbox deploy [ENV]` */
export function addSandboxDeploy(sandbox: Command, context: CliContext, endWith: EndWith): void {
  sandbox
    .command("deploy")
    .description("deploys an environment into the sandbox, with the stock cdktf and the real AWS provider")
    .argument("[environment]", "<project>/<stage>; by default the only one of stage dev")
    .option("--layers <names>", "only these layers, with commas between them", readLayers)
    .addHelpText("after", "\nExample:\n  npx flightdeck sandbox deploy atlas/dev --layers network,data")
    .action(async (environment: string | undefined, { layers }: { layers?: string[] }) => {
      endWith(await runEnvironment(context, { verb: "deploy", environment, layers }));
    });
}
