import { readFileSync } from "node:fs";
import { cpus, platform, release, totalmem } from "node:os";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import type { Machine, Measurements } from "./report";
import { formatReport, summarise } from "./report";
import type { Sample, Variant } from "./sample";
import { takeSample } from "./sample";

const SIZES = [1, 3, 10, 30, 100];
/** What the naive variant is measured on. */
const COMPARED = [3, 100];
const PACKAGES = ["cdktf", "constructs", "@cdktf/provider-aws", "tsx"];

function measure(runs: number): Measurements {
  const modules = new Map<number, Sample[]>(SIZES.map((size) => [size, []]));
  const root = new Map<number, Sample[]>(COMPARED.map((size) => [size, []]));
  const take = (variant: Variant, size: number, run: number): void => {
    process.stderr.write(
      `run ${run} of ${runs}: ${size} environments, ${variant === "root" ? "root imports" : "own modules"}\n`,
    );
    (variant === "root" ? root : modules).get(size)?.push(takeSample(variant, size));
  };
  for (let run = 1; run <= runs; run++) {
    for (const size of SIZES) {
      take("modules", size, run);
      if (root.has(size)) take("root", size, run);
    }
  }
  return { runs, modules, root };
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
