import type { PreflightFinding, PreflightReport, QuotaLine } from "../../cloning/preflight";
import { columns } from "../columns";
import type { Output } from "../context";
import { type Style, styleOf } from "../style";

const MEASURES = ["vCPU", "TiB"];

/** Prints the report of an environment: quotas as a table, then a block for each finding, then notes. */
export function printReport(output: Output, report: PreflightReport): void {
  const style = styleOf(output);
  printQuotas(output, style, report);
  for (const finding of report.findings) printFinding(output, style, finding);
  if (report.notes.length > 0) {
    output.line("");
    for (const note of report.notes) output.line(style.dim(`· ${note}`));
  }
}

function printQuotas(output: Output, style: Style, { asked, quotas }: PreflightReport): void {
  const compared = asked && quotas.some(({ limit }) => limit !== undefined);
  const heads = ["quota", "code", "needed", ...(compared ? ["in use", "there is"] : ["made up of"])];
  const rows = quotas.map((line) => [
    line.quota.title,
    `${line.quota.service} ${line.quota.code}`,
    measure(line),
    ...(compared ? [used(line), number(line.limit)] : [line.parts.map(({ what }) => what).join(", ")]),
  ]);
  const [head = "", ...lines] = columns([heads, ...rows]);
  output.line(style.dim(`  ${head}`));
  lines.forEach((line, index) => {
    output.line(`${markOf(style, quotas[index]?.enough)} ${line}`);
  });
}

function printFinding(output: Output, style: Style, { title, facts, command }: PreflightFinding): void {
  output.line("");
  output.line(`${style.red("✘")} ${style.bold(title)}`);
  for (const line of columns(facts.map(([label, text]) => [label, text]))) output.line(`    ${line}`);
  if (command !== undefined) output.line(`    ${style.bold(command)}`);
}

function markOf(style: Style, enough: boolean | undefined): string {
  if (enough === undefined) return style.dim("·");
  return enough ? style.green("✔") : style.red("✘");
}

/** What is counted has its name in the quota's; what is measured needs a unit. */
function measure({ need, quota: { unit } }: QuotaLine): string {
  return MEASURES.includes(unit) ? `${number(need)} ${unit}` : number(need);
}

function used({ inUse }: QuotaLine): string {
  return inUse === undefined ? "not measured" : number(inUse);
}

function number(value: number | undefined): string {
  return value === undefined ? "unknown" : String(Math.round(value * 100) / 100);
}
