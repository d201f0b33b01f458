import { join } from "node:path";
import type { Command } from "commander";
import { loadEnvironments } from "../../config";
import { prepareStackFolder, sandboxVariables, stackFolder } from "../../sandbox/deploy";
import { awsProviderFrom } from "../aws-provider";
import { clusterProvidersFrom } from "../cluster-providers";
import type { CliContext } from "../context";
import { environmentStacks, stateAddress } from "../environment-stacks";
import { prepareTerraform } from "../sandbox/prepare-terraform";
import { prepareVirtualEnvironment } from "../sandbox/prepare-virtual-environment";
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
        for (const { id, onCluster = false } of environmentStacks(config)) {
          const providers = [
            awsProviderFrom(terraform.registry),
            ...(onCluster ? clusterProvidersFrom(terraform.registry) : []),
          ];
          const settings = { providers, endpoint: running.endpoint, bucket: config.state.bucket };
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
      // The providers of Kubernetes objects make their tokens with the AWS CLI; one of the user's own goes first.
      const { path } = await prepareVirtualEnvironment({
        ...context,
        output: { ...context.output, line: context.output.error },
      });
      context.output.line(`export PATH="$PATH":${quoted(join(path, "bin"))}`);
    });
}

function quoted(value: string): string {
  return /^[\w./:@%+=-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}
