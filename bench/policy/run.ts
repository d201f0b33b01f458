import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { loadEnvironment } from "../../config";
import { synthesise } from "../../tools/synthesise";
import { findCheckov, scan } from "../checkov/scan";
import { copyEnvironment } from "../environments";
import { growthExponent, median } from "../statistics";
import type { JudgeSample } from "./judge-once";

/** Copies of atlas/prod: about 1,000, 3,000 and 10,000 resources. */
const COPIES = [3, 9, 30];
const ROOT = resolve(__dirname, "../..");

/** One size: what judging it cost, by run. */
interface Size {
  readonly copies: number;
  readonly samples: (JudgeSample & { readonly wallMs: number })[];
}

async function measure(runs: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "flightdeck-bench-policy-"));
  try {
    const checkov = await findCheckov(process.env, (text) => process.stderr.write(`checkov: ${text}\n`));
    const prod = loadEnvironment(ROOT, "atlas/prod");
    for (const copies of COPIES) synthesise(copyEnvironment(prod, copies), join(folder, String(copies)));
    const sizes: Size[] = COPIES.map((copies) => ({ copies, samples: [] }));
    const checkovMs: number[] = [];
    let verdicts = 0;
    for (let run = 1; run <= runs; run++) {
      process.stderr.write(`run ${run} of ${runs}\n`);
      for (const { copies, samples } of sizes) samples.push(judgeInProcess(join(folder, String(copies))));
      const start = performance.now();
      verdicts = (await scan(checkov, join(folder, String(COPIES[0]), "stacks"), process.env)).length;
      checkovMs.push(performance.now() - start);
    }
    print(sizes, { version: checkov.version, ms: median(checkovMs), verdicts, runs });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function judgeInProcess(folder: string): Size["samples"][number] {
  const start = performance.now();
  const program = [join(__dirname, "judge-once.ts"), folder];
  const output = execFileSync(process.execPath, ["--import", "tsx", ...program], { cwd: ROOT, encoding: "utf8" });
  return { ...(JSON.parse(output) as JudgeSample), wallMs: performance.now() - start };
}

function print(
  sizes: readonly Size[],
  checkov: { readonly version: string; readonly ms: number; readonly verdicts: number; readonly runs: number },
): void {
  const middle = ({ samples }: Size, pick: (sample: Size["samples"][number]) => number): number =>
    median(samples.map(pick));
  const lines = sizes.map((size) => {
    const [judge, wall] = [middle(size, ({ judgeMs }) => judgeMs), middle(size, ({ wallMs }) => wallMs)];
    const count = (pick: (sample: JudgeSample) => number): string => String(middle(size, pick));
    return (
      `${count((s) => s.resources)} resources and ${count((s) => s.objects)} objects × ${count((s) => s.rules)} rules: ` +
      `${seconds(judge)} from JSON to report (${count((s) => s.checks)} verdicts), ${seconds(wall)} with the start of the ` +
      `process, ${middle(size, ({ peakMiB }) => peakMiB).toFixed(0)} MiB`
    );
  });
  const growth = growthExponent(
    sizes.map((size) => [middle(size, ({ resources }) => resources), middle(size, ({ judgeMs }) => judgeMs)]),
  );
  const [smallest] = sizes;
  const own = smallest ? middle(smallest, ({ wallMs }) => wallMs) : NaN;
  const alone = smallest ? middle(smallest, ({ judgeMs }) => judgeMs) : NaN;
  process.stdout.write(
    [
      `Policy checks of copies of atlas/prod, medians of ${checkov.runs} runs, by the clock, each sample a process of its own`,
      "",
      ...lines,
      `The time grows with the number of resources to the power of ${growth.toFixed(2)} (1 is linear).`,
      "",
      `checkov ${checkov.version} on the first of them, the same JSON: ${seconds(checkov.ms)} (${checkov.verdicts} verdicts),`,
      `${(checkov.ms / own).toFixed(1)} times the whole process here, ${(checkov.ms / alone).toFixed(1)} times the judging.`,
      "",
    ].join("\n"),
  );
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}

const { values } = parseArgs({ options: { runs: { type: "string", default: "5" } } });
const runs = Number(values.runs);
if (!Number.isInteger(runs) || runs < 1) {
  process.stderr.write(`--runs must be a whole number of at least 1, got "${values.runs}"\n`);
  process.exit(2);
}
void measure(runs);
