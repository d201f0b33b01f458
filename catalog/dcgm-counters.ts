import data from "./dcgm-counters.json";

/** A counter of the DCGM exporter. */
export interface DcgmCounter {
  /** Name of the DCGM field, which is that of the metric too. */
  readonly name: string;
  /** Type in Prometheus; `label`: it becomes a label of all series of the GPU. */
  readonly type: "counter" | "gauge" | "label";
  /** Whether it is measured in any case, where profiling is on, or where somebody names it. */
  readonly set: "default" | "profiling" | "asked";
  /** What it says, with its unit. */
  readonly help: string;
}

const COUNTERS = data.counters as readonly DcgmCounter[];

/** Every counter that the exporter knows. */
export function dcgmCounters(): readonly DcgmCounter[] {
  return COUNTERS;
}

/** The counter of that name, or `undefined`. */
export function tryFindDcgmCounter(name: string): DcgmCounter | undefined {
  return COUNTERS.find((counter) => counter.name === name);
}

/** Whether DCGM measures the counter by profiling, which takes a capability of its own. */
export function needsProfiling({ name }: DcgmCounter): boolean {
  return name.startsWith("DCGM_FI_PROF_");
}

/**
 * Counters as the exporter reads them: comma-separated values without a header.
 *
 * @example
 * dcgmCountersCsv(dcgmCounters()); // "DCGM_FI_DEV_GPU_UTIL, gauge, Share of …"
 */
export function dcgmCountersCsv(counters: readonly DcgmCounter[]): string {
  return counters.map(({ name, type, help }) => `${name}, ${type}, ${help}\n`).join("");
}
