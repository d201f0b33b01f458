import type { Command } from "commander";
import { explainEnvironment } from "../../config";
import { columns } from "../columns";
import type { CliContext } from "../context";
import { styleOf } from "../style";

/** `flightdeck config show ENV` */
export function addConfigShow(config: Command, context: CliContext): void {
  config
    .command("show")
    .description("shows an environment with every default filled in, and where each value comes from")
    .argument("<environment>", "<project>/<stage>")
    .option("--json", "print values and origins as JSON")
    .addHelpText("after", "\nExample:\n  npx flightdeck config show atlas/dev")
    .action((named: string, { json }: { json?: boolean }) => {
      const values = explainEnvironment(context.configRoot, named);
      if (json) {
        context.output.line(JSON.stringify({ values }, null, 2));
        return;
      }
      const style = styleOf(context.output);
      const rows = columns(values.map(({ path, value }) => [path, JSON.stringify(value)]));
      const width = Math.max(...rows.map((row) => row.length));
      values.forEach(({ origin }, index) => {
        context.output.line(`${(rows[index] ?? "").padEnd(width)}  ${style.dim(origin)}`);
      });
    });
}
