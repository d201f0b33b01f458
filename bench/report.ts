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

/** All samples of a run, by number of environments. */
export interface Measurements {
  readonly runs: number;
  readonly modules: ReadonlyMap<number, readonly Sample[]>;
  readonly root: ReadonlyMap<number, readonly Sample[]>;
}

export interface Row {
  readonly environments: number;
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
  /** Medians with one module imported per resource. */
  readonly rows: readonly Row[];
  /** How many times the processor time and the memory the naive variant takes. */
  readonly ratios: readonly {
    readonly environments: number;
    readonly naive: Row;
    readonly time: number;
    readonly memory: number;
  }[];
  /** Exponents of the growth of synthesis time with the number of environments, 1 is linear: of all sizes, and without the small ones. */
  readonly growth: { readonly all: number; readonly fromTen: number };
}

export const NAIVE =
  "the same program, environments and outputs, started with `--require @cdktf/provider-aws`: the package root is loaded " +
  'whole, once, as any `import { … } from "@cdktf/provider-aws"` loads it';

export function summarise(machine: Machine, { runs, modules, root }: Measurements): Report {
  const rows = [...modules].map(([environments, samples]) => rowOf(environments, samples));
  const ratios = [...root].flatMap(([environments, samples]) => {
    const own = rows.find((row) => row.environments === environments);
    const naive = rowOf(environments, samples);
    return own ? [{ environments, naive, time: naive.cpuMs / own.cpuMs, memory: naive.peakMiB / own.peakMiB }] : [];
  });
  const growthOf = (some: readonly Row[]): number =>
    growthExponent(some.map((row) => [row.environments, row.synthesisMs]));
  const growth = { all: growthOf(rows), fromTen: growthOf(rows.filter((row) => row.environments >= 10)) };
  return { machine, runs, naive: NAIVE, rows, ratios, growth };
}

export function formatReport({ machine, runs, rows, ratios, growth, naive }: Report): string {
  const packages = Object.entries(machine.packages).map(([name, version]) => `${name} ${version}`);
  return [
    `${machine.processor}, ${machine.cores} cores, ${machine.memoryGiB} GiB, ${machine.system}, Node ${machine.node}`,
    packages.join(", "),
    `Medians of ${runs} runs, variants in turn, each sample a process of its own. Processor time, unless the clock is named.`,
    "",
    "Synthesis of copies of atlas/dev",
    "",
    ...table(
      [
        "environments",
        "stacks",
        "resources",
        "clock",
        "whole process",
        "synthesis alone",
        "per environment",
        "peak memory",
      ],
      rows.map((row) => [
        String(row.environments),
        String(row.stacks),
        String(row.resources),
        seconds(row.wallMs),
        seconds(row.cpuMs),
        seconds(row.synthesisMs),
        `${(row.synthesisMs / row.environments).toFixed(0)} ms`,
        `${row.peakMiB.toFixed(0)} MiB`,
      ]),
    ),
    "",
    `Synthesis alone grows with the number of environments to the power of ${growth.all.toFixed(2)} (1 is linear);`,
    `from 10 environments on, where warming up weighs little, to the power of ${growth.fromTen.toFixed(2)}.`,
    "",
    "Against imports from the provider's root",
    "",
    ...table(
      ["environments", "whole process", "with root imports", "ratio", "memory", "with root imports", "ratio"],
      ratios.map(({ environments, naive: other, time, memory }) => {
        const own = rows.find((row) => row.environments === environments);
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

function rowOf(environments: number, samples: readonly Sample[]): Row {
  const middle = (pick: (sample: Sample) => number): number => median(samples.map(pick));
  return {
    environments,
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
