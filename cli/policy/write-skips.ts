import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { writeForeignSkips } from "../../policy";
import type { PolicyInput, PolicyRun } from "../../policy";
import type { CliContext } from "../context";

/** Writes the waivers of all runs into a folder, as checkov and trivy read them, and says how to use it. */
export function writeSkips(
  { output }: CliContext,
  runs: readonly (PolicyRun & { readonly input: PolicyInput })[],
  folder: string,
): void {
  const reports = runs.map(({ report }) => report);
  const modules = runs.flatMap(({ input }) => input.modules ?? []);
  for (const { path, text } of writeForeignSkips(reports, modules)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  output.error(
    `cd "${folder}" && for stack in */; do checkov -d "$stack" --framework terraform_json --baseline "$stack.checkov.baseline"; done`,
  );
  output.error(`cd "${folder}" && trivy config --ignorefile .trivyignore.yaml .`);
}
