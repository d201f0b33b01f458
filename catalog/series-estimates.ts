import { type Exporter, exporters, type Metric, type MetricDimension, type MetricPart } from "./metrics";
import { type PlatformScale, REFERENCE_SCALE } from "./platform-scale";

/** Which of a metric's series are counted. */
export interface SeriesSelection {
  /**
   * Labels of which one value is asked for.
   *
   * @default - none
   */
  readonly fixedLabels?: readonly string[];
  /**
   * The part of a histogram or summary.
   *
   * @default - all parts
   */
  readonly part?: MetricPart;
}

/** What one exporter adds to Prometheus. */
export interface ExporterEstimate {
  /** Name of the exporter. */
  readonly exporter: string;
  /** Series it yields in all. */
  readonly series: number;
  /** Samples a second. */
  readonly samplesPerSecond: number;
  /** Its metric with most series, and how many. */
  readonly widest: { readonly metric: string; readonly series: number };
}

/** About how many series a metric has on a platform of that size. */
export function estimateSeries(
  metric: Metric,
  scale: PlatformScale = REFERENCE_SCALE,
  { fixedLabels = [], part }: SeriesSelection = {},
): number {
  const own = Object.entries(metric.dimensions).filter(([label]) => !fixedLabels.includes(label));
  const sets = own.reduce((product, [, dimension]) => product * amount(dimension, scale), 1);
  return sets * amount(metric.targets, scale) * partSeries(metric, part, fixedLabels.includes("le"));
}

/** About how many series an exporter yields on a platform of that size, those of metrics nobody uses included. */
export function exporterSeries(exporter: Exporter, scale: PlatformScale = REFERENCE_SCALE): number {
  const listed = exporter.metrics.reduce((sum, metric) => sum + estimateSeries(metric, scale), 0);
  return Math.round(listed + exporter.otherSeriesPerTarget * amount(exporter.targets, scale));
}

/** What each exporter adds to Prometheus on a platform of that size, most series first. */
export function seriesEstimates(scale: PlatformScale = REFERENCE_SCALE): readonly ExporterEstimate[] {
  return exporters()
    .map((exporter) => estimateOf(exporter, scale))
    .sort((one, other) => other.series - one.series || one.exporter.localeCompare(other.exporter));
}

function estimateOf(exporter: Exporter, scale: PlatformScale): ExporterEstimate {
  const series = exporterSeries(exporter, scale);
  const [widest = { metric: "none", series: 0 }] = exporter.metrics
    .map((metric) => ({ metric: metric.name, series: Math.round(estimateSeries(metric, scale)) }))
    .sort((one, other) => other.series - one.series);
  const samplesPerSecond = Math.round((series / exporter.intervalSeconds) * 10) / 10;
  return { exporter: exporter.name, series, samplesPerSecond, widest };
}

function amount(dimension: MetricDimension, scale: PlatformScale): number {
  return typeof dimension === "number" ? dimension : scale[dimension];
}

function partSeries(metric: Metric, part: MetricPart | undefined, oneBucket: boolean): number {
  const buckets = oneBucket ? Math.min(1, bucketsOf(metric)) : bucketsOf(metric);
  if (part === "sum" || part === "count" || part === "value") return 1;
  if (part !== undefined) return buckets;
  return metric.type === "histogram" || metric.type === "summary" ? buckets + 2 : 1;
}

function bucketsOf({ type, buckets, bucketCount }: Metric): number {
  if (type === "summary") return QUANTILES;
  if (buckets?.length === 0) return 0;
  return buckets ? buckets.length + 1 : (bucketCount ?? USUAL_BUCKETS);
}

/** Those that client libraries make where nothing is said: 0.005 to 10 seconds, and infinity. */
const USUAL_BUCKETS = 12;
const QUANTILES = 3;
