import type { Command } from "commander";
import type { CliContext } from "../context";

/** `flightdeck sandbox down` */
export function addSandboxDown(sandbox: Command, context: CliContext): void {
  sandbox
    .command("down")
    .description("stops the sandbox; what it holds is there again after the next start")
    .option("--purge", "remove all that it holds as well")
    .addHelpText("after", "\nExample:\n  npx flightdeck sandbox down --purge")
    .action(async ({ purge }: { purge?: boolean }) => {
      const { outcome, purged } = await context.sandbox.stop(purge === true);
      context.output.line(outcome === "stopped" ? "The sandbox is stopped." : "The sandbox was not running.");
      if (purged) context.output.line(`Removed ${context.sandbox.folder}: the next deploy starts from nothing.`);
    });
}
