import type { Command } from "commander";
import type { ClusterHealth, SandboxStatus } from "../../sandbox";
import { columns } from "../columns";
import type { CliContext } from "../context";
import { formatDuration } from "../duration";
import type { EndWith } from "../end-with";

/** `flightdeck sandbox status` */
export function addSandboxStatus(sandbox: Command, context: CliContext, endWith: EndWith): void {
  sandbox
    .command("status")
    .description("says whether the sandbox runs, and where; ends with 1 when it does not")
    .option("--json", "print it as JSON")
    .addHelpText("after", "\nExample:\n  npx flightdeck sandbox status --json")
    .action(async ({ json }: { json?: boolean }) => {
      const status = await context.sandbox.status();
      if (!status.running) endWith(1);
      if (json) context.output.line(JSON.stringify(status, null, 2));
      else print(context, status);
    });
}

function print({ output, now }: CliContext, status: SandboxStatus): void {
  if (!status.running) {
    output.line("The sandbox does not run. Start it with: npx flightdeck sandbox up");
    return;
  }
  const { endpoint, pid, startedAt, moto, accounts, calls, leases, clusters } = status.health;
  output.line(
    `The sandbox answers at ${endpoint} (pid ${pid}), up for ${formatDuration(now() - Date.parse(startedAt))}.`,
  );
  output.line(`It has answered ${calls.total} calls; moto was restarted ${moto.restarts} times.`);
  for (const { account, principals } of accounts) {
    const stacks = Object.entries(principals).map(([name, count]) => `${name} ${count}`);
    output.line(`  account ${account}, recorded changes by stack: ${stacks.join(", ")}`);
  }
  for (const { environment, user, pid: deployer } of leases) {
    output.line(`  ${environment} is being deployed by ${user} (pid ${deployer})`);
  }
  for (const cluster of clusters) {
    for (const line of clusterLines(cluster)) output.line(`  ${line}`);
  }
  output.line(`Its files are in ${status.directory}`);
}

const STATES: Readonly<Record<ClusterHealth["state"], string>> = {
  starting: "its control plane is starting",
  ready: "ready",
  failed: "its control plane does not start",
  "no programs": "no control plane",
};

function clusterLines({ account, name, state, endpoint, reason, nodes, pods }: ClusterHealth): string[] {
  const where = endpoint === undefined ? "" : ` at ${endpoint}`;
  const why = reason ?? (state === "no programs" ? "`npm run sandbox:tools` puts its programs in place" : undefined);
  const head = `cluster ${name} of account ${account}: ${STATES[state]}${where}${why === undefined ? "" : ` (${why})`}`;
  if (state !== "ready") return [head];
  const rows = nodes.map(({ pool, instanceType, count, ready, gpus }) => [
    `  pool ${pool}`,
    instanceType,
    `${count} node${count === 1 ? "" : "s"}${ready === count ? "" : `, ${ready} ready`}`,
    Object.entries(gpus)
      .map(([resource, number]) => `${resource} ${number}`)
      .join(", "),
  ]);
  const phases = Object.entries(pods).map(([phase, count]) => `${count} ${phase}`);
  return [head, ...columns(rows), `  pods: ${phases.join(", ") || "none"}`];
}
