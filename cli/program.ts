import { Command } from "commander";
import { addConfigCheck } from "./commands/config-check";
import { addConfigShow } from "./commands/config-show";
import { addDoctor } from "./commands/doctor";
import { addPolicyCheck } from "./commands/policy-check";
import { addPolicyExplain } from "./commands/policy-explain";
import { addPolicyList } from "./commands/policy-list";
import { addPreflight } from "./commands/preflight";
import { addRender } from "./commands/render";
import { addSandboxCalls } from "./commands/sandbox-calls";
import { addSandboxDeploy } from "./commands/sandbox-deploy";
import { addSandboxDestroy } from "./commands/sandbox-destroy";
import { addSandboxDown } from "./commands/sandbox-down";
import { addSandboxEnv } from "./commands/sandbox-env";
import { addSandboxKubeconfig } from "./commands/sandbox-kubeconfig";
import { addSandboxStatus } from "./commands/sandbox-status";
import { addSandboxTools } from "./commands/sandbox-tools";
import { addSandboxUp } from "./commands/sandbox-up";
import { addSetup } from "./commands/setup";
import type { CliContext } from "./context";
import type { EndWith } from "./end-with";

/** The whole command line. */
export function buildProgram(context: CliContext, endWith: EndWith): Command {
  const program = new Command("flightdeck")
    .description("Machine-learning platforms on AWS EKS as code, and a sandbox to run them in on this machine.")
    .addHelpText("after", "\nExample:\n  npx flightdeck sandbox deploy atlas/dev");
  inherit(program, context);
  const config = program.command("config").description("environments: check them, show them in full");
  const policy = program.command("policy").description("checks of what is synthesised, planned and applied");
  const sandbox = program.command("sandbox").description("the AWS of this machine");
  addDoctor(program, context, endWith);
  addSetup(program, context);
  addPreflight(program, context, endWith);
  addRender(program, context, endWith);
  addConfigCheck(config, context, endWith);
  addConfigShow(config, context);
  addPolicyCheck(policy, context, endWith);
  addPolicyList(policy, context);
  addPolicyExplain(policy, context);
  addSandboxUp(sandbox, context);
  addSandboxDeploy(sandbox, context, endWith);
  addSandboxDestroy(sandbox, context, endWith);
  addSandboxStatus(sandbox, context, endWith);
  addSandboxDown(sandbox, context);
  addSandboxEnv(sandbox, context);
  addSandboxCalls(sandbox, context);
  addSandboxTools(sandbox, context);
  addSandboxKubeconfig(sandbox, context);
  [config, policy, sandbox, ...[program, config, policy, sandbox].flatMap(({ commands }) => commands)].forEach(
    (command) => {
      inherit(command, context);
    },
  );
  return program;
}

function inherit(command: Command, { output }: CliContext): void {
  command.exitOverride().configureOutput({
    writeOut: output.raw,
    writeErr: (text) => {
      output.error(text.trimEnd());
    },
  });
}
