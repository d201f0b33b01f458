import { join } from "node:path";
import type { Command } from "commander";
import { loadEnvironments } from "../../config";
import { prepareStackFolder, sandboxVariables, stackFolder } from "../../sandbox/deploy";
import { awsProviderFrom } from "../aws-provider";
import type { CliContext } from "../context";
import { environmentStacks, stateAddress } from "../environment-stacks";
import { prepareTerraform } from "../sandbox/prepare-terraform";
import { requireSandbox } from "../sandbox/require-sandbox";

/** `flightdeck sandbox env` */
export function addSandboxEnv(sandbox: Command, context: CliContext): void {
  sandbox
    .command("env")
    .description("prints the variables that turn the stock cdktf of this shell to the sandbox")
    .addHelpText(
      "after",
      "\nExample:\n  eval \"$(npx flightdeck sandbox env)\"\n  npx cdktf deploy 'atlas-dev-*' --auto-approve",
    )
    .action(async () => {
      const running = await requireSandbox(context);
      const { terraform, cliConfig } = await prepareTerraform(context);
      const outputFolder = join(context.sandbox.folder, "cdktf.out");
      const environments = loadEnvironments(context.configRoot);
      for (const config of environments) {
        for (const { id } of environmentStacks(config)) {
          const provider = awsProviderFrom(terraform.registry);
          const settings = { provider, endpoint: running.endpoint, bucket: config.state.bucket };
          prepareStackFolder(stackFolder(outputFolder, id), settings);
        }
        await context.sandbox.control(running.endpoint).ensureStateBucket(stateAddress(config));
      }
      const variables = sandboxVariables({
        endpoint: running.endpoint,
        outputFolder,
        terraformBinary: terraform.binaryName,
        terraformCliConfig: cliConfig,
      });
      for (const [name, value] of Object.entries(variables)) context.output.line(`export ${name}=${quoted(value)}`);
    });
}

function quoted(value: string): string {
  return /^[\w./:@%+=-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}
