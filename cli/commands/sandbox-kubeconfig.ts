import { readFileSync } from "node:fs";
import { InvalidArgumentError } from "commander";
import type { Command } from "commander";
import { loadEnvironment } from "../../config";
import { NAME_LIMITS, resourceName } from "../../constructs/core/naming";
import type { Health } from "../../sandbox";
import { CliError } from "../cli-error";
import type { CliContext } from "../context";
import { chooseEnvironment } from "../environment-argument";
import { kubeconfig } from "../sandbox/kubeconfig";
import { prepareVirtualEnvironment } from "../sandbox/prepare-virtual-environment";
import { requireSandbox } from "../sandbox/require-sandbox";

interface Options {
  readonly role?: string;
  readonly admin?: boolean;
}

type ClusterHealth = Health["clusters"][number];

const ROLE_ARN = /^arn:aws[a-z-]*:iam::\d{12}:role\/[\x21-\x7e]+$/;

/** `flightdeck sandbox kubeconfig` */
export function addSandboxKubeconfig(sandbox: Command, context: CliContext): void {
  sandbox
    .command("kubeconfig")
    .argument("[environment]", "<project>/<stage>; the only one of stage dev when left out")
    .description("prints a kubeconfig for the cluster of an environment, with tokens from aws eks get-token")
    .option("--role <arn>", "assume this role first, so that its access entry decides", readRole)
    .option("--admin", "use the control plane's own administrator instead, without any token")
    .addHelpText(
      "after",
      "\nExample:\n  npx flightdeck sandbox kubeconfig atlas/dev > kubeconfig.yaml\n  kubectl --kubeconfig kubeconfig.yaml get nodes",
    )
    .action(async (named: string | undefined, { role, admin }: Options) => {
      if (role !== undefined && admin) throw new CliError(2, "--role and --admin exclude each other.");
      const environment = chooseEnvironment(context.configRoot, named);
      const { project, stage, account, region } = loadEnvironment(context.configRoot, environment);
      const running = await requireSandbox(context);
      const name = resourceName([project, stage], { max: NAME_LIMITS.eksCluster });
      const found = running.clusters.find(
        (one) => one.account === account && one.region === region && one.name === name,
      );
      const cluster = requireReady(found, environment);
      if (admin) {
        context.output.raw(readFileSync(cluster.adminKubeconfig, "utf8"));
        return;
      }
      // The progress must not end up in the file that standard output is sent to.
      const output = { ...context.output, line: context.output.error };
      const { path: virtualEnvironment } = await prepareVirtualEnvironment({ ...context, output });
      const sandboxEndpoint = running.endpoint;
      const contextName = `${project}-${stage}`;
      context.output.raw(kubeconfig({ context: contextName, cluster, sandboxEndpoint, virtualEnvironment, role }));
    });
}

function requireReady(
  cluster: ClusterHealth | undefined,
  environment: string,
): ClusterHealth & Required<Pick<ClusterHealth, "endpoint" | "certificateAuthorityFile" | "adminKubeconfig">> {
  const deploy = `npx flightdeck sandbox deploy ${environment}`;
  if (cluster === undefined)
    throw new CliError(1, `${environment} has no cluster in the sandbox. Deploy it: ${deploy}`);
  const { state, reason, endpoint, certificateAuthorityFile, adminKubeconfig } = cluster;
  if (state === "no programs") {
    const add = "Add its programs, then deploy again: npm run sandbox:tools";
    throw new CliError(1, `The sandbox has no Kubernetes control plane${reason ? `: ${reason}` : `. ${add}`}`);
  }
  if (state !== "ready" || !endpoint || !certificateAuthorityFile || !adminKubeconfig) {
    const why = reason === undefined ? "" : `: ${reason}`;
    throw new CliError(1, `The control plane of ${cluster.name} is not ready, it is ${state}${why}`);
  }
  return { ...cluster, endpoint, certificateAuthorityFile, adminKubeconfig };
}

function readRole(text: string): string {
  if (ROLE_ARN.test(text)) return text;
  throw new InvalidArgumentError(
    `The role must be an ARN as in arn:aws:iam::111111111111:role/atlas-dev-viewer, got \`${text}\`.`,
  );
}
