import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type EnvironmentConfig, loadEnvironment, loadEnvironments } from "../config";
import type { StackJson } from "../graph";
import { synthesise } from "../tools/synthesise";
import { copyEnvironment } from "./environments";
import { withPools } from "./pools";
import type { Sample, Subject } from "./sample";

/** One measured process: synthesises a subject and prints what it cost. Usage: synthesise-once.ts SUBJECT COUNT */
const configs = configsOf(process.argv[2] as Subject, Number(process.argv[3]));
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

function configsOf(subject: Subject, count: number): readonly EnvironmentConfig[] {
  const root = resolve(__dirname, "..");
  if (subject === "repository") return loadEnvironments(root);
  const dev = loadEnvironment(root, "atlas/dev");
  return subject === "pools" ? [withPools(dev, count)] : copyEnvironment(dev, count);
}
