import type { Command } from "commander";
import { AWS_PROVIDER } from "../aws-provider";
import { columns } from "../columns";
import type { CliContext } from "../context";
import { controlPlaneSources } from "../control-plane-sources";
import type { EndWith } from "../end-with";
import { requirementsFile } from "../requirements-file";
import { styleOf } from "../style";
import { examine } from "../../toolchain";
import type { ToolCheck } from "../../toolchain";

const MARKS: Record<ToolCheck["status"], string> = { ok: "✔", later: "·", unfit: "✘", missing: "✘" };

/** `flightdeck doctor` */
export function addDoctor(program: Command, context: CliContext, endWith: EndWith): void {
  program
    .command("doctor")
    .description("what is installed, in which version, what is missing and the command that mends it")
    .option("--json", "print the findings as JSON")
    .addHelpText("after", "\nExample:\n  npx flightdeck doctor")
    .action(async ({ json }: { json?: boolean }) => {
      const { host, nodeVersion, root } = context;
      const checks = await examine({
        host,
        nodeVersion,
        projectFolder: root,
        requirementsFile: requirementsFile(root),
        provider: AWS_PROVIDER,
        controlPlane: controlPlaneSources(root),
      });
      if (json) context.output.line(JSON.stringify({ checks }, null, 2));
      else print(context, checks);
      if (checks.some(isBad)) endWith(1);
    });
}

function isBad({ status }: ToolCheck): boolean {
  return status === "unfit" || status === "missing";
}

function print({ output }: CliContext, checks: readonly ToolCheck[]): void {
  const style = styleOf(output);
  const rows = columns(checks.map((check) => [check.name, check.version ?? "", check.detail]));
  checks.forEach((check, index) => {
    const colour = isBad(check) ? style.red : check.status === "ok" ? style.green : style.dim;
    output.line(`${colour(MARKS[check.status])} ${rows[index] ?? ""}`);
    if (check.path) output.line(style.dim(`    ${check.path}`));
    if (check.fix) output.line(`    mend it: ${style.bold(check.fix)}`);
  });
  const bad = checks.filter(isBad).length;
  output.line("");
  output.line(bad === 0 ? "Ready. Next: npm start" : `${bad} of ${checks.length} need attention.`);
}
