import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { formatBaseline, POLICY_FILES, updateBaseline, writeBaseline } from "../../policy";
import type { PolicyRun } from "../../policy";
import { CliError } from "../cli-error";
import type { CliContext } from "../context";

/**
 * Writes the baseline anew from what was found in all runs; entries of what was not looked at stay.
 *
 * @param how `write` takes in everything that is found, `update` only drops what is gone
 * @returns the runs as they are with the new baseline
 * @throws CliError exit 2 when there is no baseline to update
 */
export function storeBaseline<Run extends PolicyRun>(
  { configRoot, output }: CliContext,
  runs: readonly Run[],
  how: "write" | "update",
): readonly Run[] {
  const path = join(configRoot, POLICY_FILES.baseline);
  const before = runs[0]?.baseline;
  if (how === "update" && !before)
    throw new CliError(2, `${POLICY_FILES.baseline} is not there: --write-baseline writes it`);
  const after = runs.reduce(
    (baseline, { report, scope, known }) =>
      how === "update" && baseline
        ? updateBaseline(report, scope, baseline, known)
        : writeBaseline(report, scope, baseline),
    before,
  );
  if (!after) return runs;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, formatBaseline(after));
  output.error(`${POLICY_FILES.baseline}: ${before?.entries.length ?? 0} entries before, ${after.entries.length} now.`);
  return runs.map((run) => ({ ...run, report: run.reportWith(after), baseline: after }));
}
