import { hostname, userInfo } from "node:os";
import { loadEnvironment, loadEnvironments } from "../../config";
import { chooseStacks, deployEnvironment, destroyEnvironment } from "../../sandbox/deploy";
import type { DeployOptions } from "../../sandbox/deploy";
import { awsProviderFrom } from "../aws-provider";
import type { ExitCode } from "../cli-error";
import type { CliContext } from "../context";
import { chooseEnvironment } from "../environment-argument";
import { environmentStacks, stateAddress } from "../environment-stacks";
import { liveView } from "../progress/live-view";
import { outcomeReport } from "../progress/outcome-report";
import { plainView } from "../progress/plain-view";
import type { ProgressView } from "../progress/progress-view";
import { kubernetesLayers } from "./kubernetes-layers";
import { prepareControlPlane } from "./prepare-control-plane";
import { prepareTerraform } from "./prepare-terraform";
import { refuseProtected } from "./refuse-protected";
import { startSandbox } from "./start-sandbox";

/** What is run, and over what. */
export interface RunEnvironmentOptions {
  readonly verb: "deploy" | "destroy";
  /** @default - the only environment of stage `dev` */
  readonly environment?: string;
  /** @default - all layers */
  readonly layers?: readonly string[];
}

const STOPPING = [
  "Stopping: Terraform ends what is under way, saves its state and gives its lock back. Ctrl-C again stops it at once.",
  "Stopping at once: the next run takes back what was left half done. Ctrl-C again kills everything.",
  "Killed. The next run takes back what was left half done.",
];

/** Deploys or destroys an environment in the sandbox, which is started when it does not run. */
export async function runEnvironment(context: CliContext, options: RunEnvironmentOptions): Promise<ExitCode> {
  const environment = chooseEnvironment(context.configRoot, options.environment);
  const config = loadEnvironment(context.configRoot, environment);
  loadEnvironments(context.configRoot);
  if (options.verb === "destroy") refuseProtected(context.configRoot, config);
  const stacks = environmentStacks(config);
  const shown = chooseStacks(stacks, options.layers, options.verb);
  const { terraform, cliConfig } = await prepareTerraform(context);
  if (options.verb === "deploy") await prepareControlPlane(context, shown);
  const { endpoint, started, programs } = await startSandbox(context);
  const startedAt = context.now();
  const { output, host, root, sandbox } = context;
  output.line(`The sandbox ${started === "started" ? "is up" : "answers"} at ${endpoint}.`);
  const view = output.interactive ? liveView(context, shown) : plainView(context, shown);
  const run = options.verb === "deploy" ? deployEnvironment : destroyEnvironment;
  const outcome = await run({
    stacks,
    layers: options.layers,
    holder: {
      environment,
      pid: process.pid,
      user: userInfo().username,
      host: hostname(),
      startedAt: new Date(startedAt).toISOString(),
    },
    state: stateAddress(config),
    endpoint,
    sandboxFolder: sandbox.folder,
    projectFolder: root,
    env: host.env,
    terraformBinary: terraform.binaryName,
    terraformCliConfig: cliConfig,
    awsCliFolder: programs,
    provider: awsProviderFrom(terraform.registry),
    kubernetes: kubernetesLayers(context, { terraform, cliConfig }),
    control: sandbox.control(endpoint),
    onEvent: view.show,
    onInterrupt: interruptWith(context, view),
  }).finally(view.end);
  const elapsed = context.now() - startedAt;
  const print = outcome.status === "failed" ? output.error : output.line;
  outcomeReport({ verb: options.verb, environment, outcome, elapsed }).forEach(print);
  return outcome.status === "done" ? 0 : 1;
}

function interruptWith(context: CliContext, view: ProgressView): DeployOptions["onInterrupt"] {
  return (stop) =>
    context.onInterrupt((times) => {
      view.show({ type: "note", text: STOPPING[Math.min(times, STOPPING.length) - 1] ?? "" });
      stop();
    });
}
