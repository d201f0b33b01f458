import type { Labels } from "../prometheus-api";

/** What a program says at one moment: the samples of one scrape. */
export interface Sample {
  readonly name: string;
  readonly labels: Labels;
  readonly value: number;
}

/** A moment of the generated platform. */
export interface Moment {
  /** Seconds since 1970. */
  readonly time: number;
  /** Seconds since the moment before. */
  readonly elapsed: number;
  /** Hours until the last moment: 0 is now, 6 is six hours ago. */
  readonly hoursAgo: number;
}

/** A distribution of times in seconds: half of them under `median`, and some far above the more `spread` there is. */
export interface Times {
  readonly median: number;
  readonly spread: number;
}

/** Takes what a program says, and remembers how far its counters have come. */
export class Sink {
  private samples: Sample[] = [];
  private readonly counters = new Map<string, number>();

  /** Samples since the last call. */
  take(): readonly Sample[] {
    const taken = this.samples;
    this.samples = [];
    return taken;
  }

  /** A value that goes up and down. */
  gauge(name: string, labels: Labels, value: number): void {
    this.samples.push({ name, labels, value });
  }

  /** A counter that has grown by so much since the moment before. */
  counter(name: string, labels: Labels, growth: number): void {
    const key = seriesKey(name, labels);
    const value = (this.counters.get(key) ?? 0) + growth;
    this.counters.set(key, value);
    this.gauge(name, labels, round(value));
  }

  /** A histogram with so many more observations. */
  histogram(name: string, labels: Labels, { bounds, count, times }: Observations): void {
    for (const bound of [...bounds, Infinity]) {
      const le = bound === Infinity ? "+Inf" : text(bound);
      this.counter(`${name}_bucket`, { ...labels, le }, count * shareBelow(bound, times));
    }
    this.counter(`${name}_count`, labels, count);
    this.counter(`${name}_sum`, labels, count * times.median * Math.exp(times.spread ** 2 / 2));
  }
}

/** Observations of a histogram. */
export interface Observations {
  /** Upper bounds of its buckets, without infinity. */
  readonly bounds: readonly number[];
  readonly count: number;
  readonly times: Times;
}

/** Tells series apart whose labels are always given in the same order. */
export function seriesKey(name: string, labels: Labels): string {
  let key = name;
  for (const label in labels) key += `\n${label}\t${labels[label] ?? ""}`;
  return key;
}

/** Bounds as Python's and Go's clients print them. */
function text(bound: number): string {
  return Number.isInteger(bound) ? `${bound}.0` : String(bound);
}

/** Share of a log-normal distribution below a bound. */
function shareBelow(bound: number, { median, spread }: Times): number {
  if (bound === Infinity) return 1;
  const z = (Math.log(bound) - Math.log(median)) / (spread * Math.SQRT2);
  // Abramowitz and Stegun 7.1.26.
  const t = 1 / (1 + 0.3275911 * Math.abs(z));
  const rest = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  const erf = 1 - rest * Math.exp(-z * z);
  return (1 + Math.sign(z) * erf) / 2;
}

function round(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
