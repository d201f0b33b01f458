import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { loadEnvironment } from "../config";
import type { StackJson } from "../graph";
import { synthesise } from "../tools/synthesise";
import { copyEnvironment } from "./environments";
import type { Sample } from "./sample";

/** One measured process: synthesises copies of atlas/dev and prints what it cost. Usage: synthesise-once.ts COUNT */
const configs = copyEnvironment(loadEnvironment(resolve(__dirname, ".."), "atlas/dev"), Number(process.argv[2]));
const outdir = mkdtempSync(join(tmpdir(), "flightdeck-bench-"));
try {
  const start = process.cpuUsage();
  const stacks = synthesise<StackJson>(configs, outdir);
  const { user, system } = process.cpuUsage(start);
  const resources = [...stacks.values()].flatMap((stack) => Object.values(stack.resource ?? {}));
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const sample: Omit<Sample, "wallMs"> = {
    synthesisMs: (user + system) / 1000,
    cpuMs: (userCPUTime + systemCPUTime) / 1000,
    peakMiB: maxRSS / 1024,
    stacks: stacks.size,
    resources: resources.reduce((sum, byName) => sum + Object.keys(byName).length, 0),
  };
  process.stdout.write(JSON.stringify(sample));
} finally {
  rmSync(outdir, { recursive: true, force: true });
}
