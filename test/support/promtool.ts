import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommand } from "../../toolchain/run-command";
import { provenPrograms } from "./monitoring-programs";
import { type PromtoolTest, type RenderedGroup, RULES_FILE } from "./rule-tests";

/**
 * Runs unit tests of rules.
 *
 * @returns what promtool said of those that fail, without its preamble; empty when all pass
 */
export async function failuresOf(tests: readonly PromtoolTest[]): Promise<string> {
  const failures: string[] = [];
  for (const { rules, test } of tests) {
    failures.push(
      await inFolder({ [RULES_FILE]: rules, "test.json": test }, async (promtool, folder) => {
        const { status, stdout, stderr } = await runCommand(promtool, ["test", "rules", join(folder, "test.json")], {
          env: process.env,
          timeoutMs: 120_000,
        });
        return status === 0 ? "" : stderr.replace(/^\s*FAILED:\n/, "") || stdout || `promtool ended with ${status}`;
      }),
    );
  }
  return failures.filter((failure) => failure !== "").join("\n");
}

/** What promtool says of rules: warnings are errors. */
export async function checkRules(
  groups: readonly RenderedGroup[],
): Promise<{ readonly status: number; readonly output: string }> {
  return inFolder({ [RULES_FILE]: { groups } }, async (promtool, folder) => {
    const args = ["check", "rules", "--lint=all", "--lint-fatal", join(folder, RULES_FILE)];
    const { status, stdout, stderr } = await runCommand(promtool, args, { env: process.env });
    return { status, output: `${stdout}${stderr}`.replaceAll(`${folder}/`, "").trim() };
  });
}

async function inFolder<T>(
  files: Readonly<Record<string, unknown>>,
  work: (promtool: string, folder: string) => Promise<T>,
): Promise<T> {
  const { promtool } = await provenPrograms();
  const folder = mkdtempSync(join(tmpdir(), "flightdeck-promtool-"));
  try {
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), JSON.stringify(content));
    return await work(promtool, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
