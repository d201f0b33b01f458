import type { Sample } from "./sample";
import { growthExponent, median } from "./statistics";

/** The machine and the versions that figures belong to. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly system: string;
  readonly node: string;
  readonly packages: Readonly<Record<string, string>>;
}

/** All samples of a run. */
export interface Measurements {
  readonly runs: number;
  /** Every environment of this repository. */
  readonly repository: readonly Sample[];
  /** By number of GPU pools of one environment. */
  readonly pools: ReadonlyMap<number, readonly Sample[]>;
  /** By number of environments. */
  readonly modules: ReadonlyMap<number, readonly Sample[]>;
  /** By number of environments, imported through the provider's root. */
  readonly root: ReadonlyMap<number, readonly Sample[]>;
}

export interface Row {
  /** Environments, or GPU pools of one. */
  readonly size: number;
  readonly stacks: number;
  readonly resources: number;
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly synthesisMs: number;
  readonly peakMiB: number;
}

export interface Report {
  readonly machine: Machine;
  readonly runs: number;
  readonly naive: string;
  /** Medians of all environments of this repository; their number is not known here. */
  readonly repository: Omit<Row, "size">;
  /** Medians by number of environments, with one module imported per resource. */
  readonly rows: readonly Row[];
  /** Medians by number of GPU pools. */
  readonly pools: readonly Row[];
  /** How many times the processor time and the memory the naive variant takes. */
  readonly ratios: readonly {
    readonly environments: number;
    readonly naive: Row;
    readonly time: number;
    readonly memory: number;
  }[];
  /** Exponents of the growth of synthesis time with the number of environments, 1 is linear: of all sizes, and without the small ones. */
  readonly growth: { readonly all: number; readonly fromTen: number };
  /** The same of the number of GPU pools. */
  readonly poolGrowth: { readonly all: number; readonly fromTen: number };
}

export const NAIVE =
  "the same program, environments and outputs, started with `--require @cdktf/provider-aws`: the package root is loaded " +
  'whole, once, as any `import { … } from "@cdktf/provider-aws"` loads it';

export function summarise(machine: Machine, measurements: Measurements): Report {
  const { runs, repository, modules, root, pools } = measurements;
  const rows = [...modules].map(([environments, samples]) => rowOf(environments, samples));
  const ratios = [...root].flatMap(([environments, samples]) => {
    const own = rows.find((row) => row.size === environments);
    const naive = rowOf(environments, samples);
    return own ? [{ environments, naive, time: naive.cpuMs / own.cpuMs, memory: naive.peakMiB / own.peakMiB }] : [];
  });
  const poolRows = [...pools].map(([count, samples]) => rowOf(count, samples));
  return {
    ...{ machine, runs, naive: NAIVE, repository: mediansOf(repository), rows, pools: poolRows, ratios },
    growth: growthOf(rows),
    poolGrowth: growthOf(poolRows),
  };
}

export function formatReport(report: Report): string {
  const { machine, runs, repository, rows, pools, ratios, growth, poolGrowth, naive } = report;
  const packages = Object.entries(machine.packages).map(([name, version]) => `${name} ${version}`);
  return [
    `${machine.processor}, ${machine.cores} cores, ${machine.memoryGiB} GiB, ${machine.system}, Node ${machine.node}`,
    packages.join(", "),
    `Medians of ${runs} runs, variants in turn, each sample a process of its own. Processor time, unless the clock is named.`,
    "",
    "Synthesis of every environment of this repository, from the start of the process",
    "",
    `${repository.stacks} stacks, ${repository.resources} resources: ${seconds(repository.wallMs)} by the clock, ` +
      `${seconds(repository.cpuMs)} of processor time, ${repository.peakMiB.toFixed(0)} MiB`,
    "",
    "Synthesis of copies of atlas/dev",
    "",
    ...sizeTable("environments", "per environment", rows),
    "",
    `Synthesis alone grows with the number of environments to the power of ${growth.all.toFixed(2)} (1 is linear);`,
    `from 10 environments on, where warming up weighs little, to the power of ${growth.fromTen.toFixed(2)}.`,
    "",
    "Synthesis of atlas/dev with more GPU pools",
    "",
    ...sizeTable("pools", "per pool", pools),
    "",
    `Synthesis alone grows with the number of pools to the power of ${poolGrowth.all.toFixed(2)};`,
    `from 10 pools on to the power of ${poolGrowth.fromTen.toFixed(2)}.`,
    "",
    "Against imports from the provider's root",
    "",
    ...table(
      ["environments", "whole process", "with root imports", "ratio", "memory", "with root imports", "ratio"],
      ratios.map(({ environments, naive: other, time, memory }) => {
        const own = rows.find((row) => row.size === environments);
        const times = [seconds(own?.cpuMs ?? NaN), seconds(other.cpuMs), `${time.toFixed(1)} ×`];
        const sizes = [`${own?.peakMiB.toFixed(0)} MiB`, `${other.peakMiB.toFixed(0)} MiB`, `${memory.toFixed(1)} ×`];
        return [String(environments), ...times, ...sizes];
      }),
    ),
    "",
    `Root imports are ${naive}.`,
    "",
  ].join("\n");
}

function sizeTable(size: string, each: string, rows: readonly Row[]): string[] {
  return table(
    [size, "stacks", "resources", "clock", "whole process", "synthesis alone", each, "peak memory"],
    rows.map((row) => [
      String(row.size),
      String(row.stacks),
      String(row.resources),
      seconds(row.wallMs),
      seconds(row.cpuMs),
      seconds(row.synthesisMs),
      `${(row.synthesisMs / row.size).toFixed(0)} ms`,
      `${row.peakMiB.toFixed(0)} MiB`,
    ]),
  );
}

function growthOf(rows: readonly Row[]): { readonly all: number; readonly fromTen: number } {
  const exponent = (some: readonly Row[]): number => growthExponent(some.map((row) => [row.size, row.synthesisMs]));
  return { all: exponent(rows), fromTen: exponent(rows.filter(({ size }) => size >= 10)) };
}

function rowOf(size: number, samples: readonly Sample[]): Row {
  return { size, ...mediansOf(samples) };
}

function mediansOf(samples: readonly Sample[]): Omit<Row, "size"> {
  const middle = (pick: (sample: Sample) => number): number => median(samples.map(pick));
  return {
    stacks: middle((sample) => sample.stacks),
    resources: middle((sample) => sample.resources),
    wallMs: middle((sample) => sample.wallMs),
    cpuMs: middle((sample) => sample.cpuMs),
    synthesisMs: middle((sample) => sample.synthesisMs),
    peakMiB: middle((sample) => sample.peakMiB),
  };
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = header.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  return [header, ...rows].map((row) => row.map((cell, column) => cell.padStart(widths[column] ?? 0)).join("   "));
}
