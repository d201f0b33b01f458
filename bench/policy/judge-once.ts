import { resolve } from "node:path";
import { performance } from "node:perf_hooks";
import { checkPolicy, findSynthesis, PACKS } from "../../policy";

/** What judging a folder once cost. */
export interface JudgeSample {
  /** From the text of the stacks to the report. */
  readonly judgeMs: number;
  /** Peak resident memory of the process. */
  readonly peakMiB: number;
  readonly resources: number;
  readonly objects: number;
  readonly rules: number;
  readonly checks: number;
}

/** One measured process: judges the stacks of a folder by all rules, `strict` ones too, and prints what it cost. */
async function judgeOnce(folder: string): Promise<JudgeSample> {
  const modules = findSynthesis(folder, "stacks");
  const start = performance.now();
  const configRoot = resolve(__dirname, "..");
  const input = { name: "bench", stage: "prod", modules } as const;
  const { report } = await checkPolicy(input, { configRoot, today: "2026-11-21", packs: PACKS });
  const judgeMs = performance.now() - start;
  const { pass, fail, unknown } = report.counts;
  return {
    judgeMs,
    peakMiB: process.resourceUsage().maxRSS / 1024,
    resources: report.subjects.resources,
    objects: report.subjects.objects,
    rules: report.counts.rules,
    checks: pass + fail + unknown,
  };
}

void judgeOnce(process.argv[2] ?? "").then((sample) => process.stdout.write(JSON.stringify(sample)));
