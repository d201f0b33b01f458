import data from "./latency-buckets.json";
import { UnknownNameError } from "./unknown-name-error";

/** A server of models whose histogram of latency is known. */
export type LatencyEngine = keyof typeof data.engines;

/** The histogram that tells how fast an engine answers requests. */
export interface LatencyHistogram {
  /** Name of the metric, without `_bucket`. */
  readonly series: string;
  /** Unit of its values and of the bounds of its buckets. */
  readonly unit: "seconds" | "milliseconds";
  /** Upper bounds of its buckets as the engine sets them by default, ascending, without `+Inf`. */
  readonly bounds: readonly number[];
}

/** What an objective of latency is measured with. */
export function latencyHistogram(engine: LatencyEngine): LatencyHistogram {
  return data.engines[engine] as LatencyHistogram;
}

/** Latencies in seconds that can be promised of an engine: upper bounds of its buckets, ascending. Others cannot be measured. */
export function latencyBuckets(engine: LatencyEngine): readonly number[] {
  const { unit, bounds } = latencyHistogram(engine);
  return bounds.map((bound) => (unit === "milliseconds" ? bound / 1000 : bound));
}

/**
 * The upper bound of a bucket in the unit of the engine's histogram.
 *
 * @param seconds a latency in seconds
 * @throws UnknownNameError where the histogram has no such bound
 */
export function latencyBound(engine: LatencyEngine, seconds: number): number {
  const { bounds } = latencyHistogram(engine);
  const buckets = latencyBuckets(engine);
  const bound = bounds[buckets.indexOf(seconds)];
  if (bound === undefined) throw new UnknownNameError(`bucket of ${engine}`, String(seconds), buckets.map(String));
  return bound;
}
