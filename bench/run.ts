import { readFileSync } from "node:fs";
import { cpus, platform, release, totalmem } from "node:os";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import type { Machine, Measurements } from "./report";
import { formatReport, summarise } from "./report";
import type { Sample, Subject, Variant } from "./sample";
import { takeSample } from "./sample";

const SIZES = [1, 3, 10, 30, 100];
/** GPU pools of one environment. */
const POOLS = [1, 10, 30, 100];
/** What the naive variant is measured on. */
const COMPARED = [3, 100];
const PACKAGES = ["cdktf", "constructs", "@cdktf/provider-aws", "tsx"];

function measure(runs: number): Measurements {
  const modules = new Map<number, Sample[]>(SIZES.map((size) => [size, []]));
  const root = new Map<number, Sample[]>(COMPARED.map((size) => [size, []]));
  const pools = new Map<number, Sample[]>(POOLS.map((count) => [count, []]));
  const repository: Sample[] = [];
  const take = (run: number, what: string, variant: Variant, subject: Subject, size: number): Sample => {
    process.stderr.write(`run ${run} of ${runs}: ${what}\n`);
    return takeSample(variant, subject, size);
  };
  for (let run = 1; run <= runs; run++) {
    repository.push(take(run, "this repository's environments", "modules", "repository", 0));
    for (const size of SIZES) {
      modules.get(size)?.push(take(run, `${size} environments, own modules`, "modules", "copies", size));
      root.get(size)?.push(take(run, `${size} environments, root imports`, "root", "copies", size));
    }
    for (const count of POOLS) pools.get(count)?.push(take(run, `${count} GPU pools`, "modules", "pools", count));
  }
  return { runs, repository, modules, root, pools };
}

function describeMachine(): Machine {
  const versionOf = (name: string): string => {
    const manifest = resolve(__dirname, "../node_modules", name, "package.json");
    return (JSON.parse(readFileSync(manifest, "utf8")) as { version: string }).version;
  };
  return {
    processor: cpus()[0]?.model ?? "unknown processor",
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${release()}`,
    node: process.versions.node,
    packages: Object.fromEntries(PACKAGES.map((name) => [name, versionOf(name)])),
  };
}

const { values } = parseArgs({ options: { json: { type: "boolean" }, runs: { type: "string", default: "5" } } });
const runs = Number(values.runs);
if (!Number.isInteger(runs) || runs < 1) {
  process.stderr.write(`--runs must be a whole number of at least 1, got "${values.runs}"\n`);
  process.exit(2);
}
const report = summarise(describeMachine(), measure(runs));
process.stdout.write(values.json ? `${JSON.stringify(report, null, 2)}\n` : formatReport(report));
