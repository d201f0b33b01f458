import type { Command } from "commander";
import type { SandboxStatus } from "../../sandbox";
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
  const { endpoint, pid, startedAt, moto, accounts, calls, leases } = status.health;
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
  output.line(`Its files are in ${status.directory}`);
}
