import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { PlatformScale } from "./platform-scale";

/** Kind of a metric as its exporter declares it. A histogram `x` is the series `x_bucket`, `x_sum` and `x_count`. */
export type MetricType = "counter" | "gauge" | "histogram" | "summary";

/** What there is one of for each value: something that a platform has a number of, or that many. 1: follows from other labels. */
export type MetricDimension = keyof PlatformScale | number;

/** A metric, as one exporter yields it. */
export interface Metric {
  /** Name; of a histogram or summary, without `_bucket`, `_sum` and `_count`. */
  readonly name: string;
  /** Name of the exporter that yields it. */
  readonly exporter: string;
  /** Its kind. */
  readonly type: MetricType;
  /** What it says, in a few words. */
  readonly help: string;
  /** Unit in which it counts; undefined: things, or nothing. */
  readonly unit?: string;
  /** Labels of its series as Prometheus stores them, without `le` and `quantile`. */
  readonly labels: readonly string[];
  /** What the values of its own labels count. */
  readonly dimensions: Readonly<Record<string, MetricDimension>>;
  /** How many targets yield it, each all of its series. */
  readonly targets: MetricDimension;
  /** Upper bounds of the buckets without `+Inf`, where the exporter fixes them; none: Prometheus drops the buckets. */
  readonly buckets?: readonly number[];
  /** Number of buckets with `+Inf`, where their bounds are not known here. */
  readonly bucketCount?: number;
  /** True for a counter whose value itself says something, since it does not start from zero with the process. */
  readonly absolute: boolean;
  /** True where series may have labels that nobody can list, as `ALERTS` has. */
  readonly anyLabels: boolean;
}

/** What yields metrics. */
export interface Exporter {
  /** Its name, that of its file. */
  readonly name: string;
  /** Day or month of the facts, `YYYY-MM-DD` or `YYYY-MM`. */
  readonly asOf: string;
  /** Where the facts are from. */
  readonly source: string;
  /** Version of the program. */
  readonly version: string;
  /** Value of the label `job`; undefined: more than one job yields it. */
  readonly job?: string;
  /** Seconds between two scrapes. */
  readonly intervalSeconds: number;
  /** Names of metrics that no source of this version confirms: they follow a convention, or another version. */
  readonly unverified: readonly string[];
  /** Its metrics, as far as anybody on the platform uses them. */
  readonly metrics: readonly Metric[];
  /** About how many more series each target yields, beside those of `metrics`. */
  readonly otherSeriesPerTarget: number;
  /** How many targets there are. */
  readonly targets: MetricDimension;
}

/** Which series of a metric: that of a counter or gauge, or a part of a histogram or summary. */
export type MetricPart = "value" | "bucket" | "sum" | "count" | "quantile";

/** A series by its name. */
export interface MetricSeries {
  /** The metric it belongs to. */
  readonly metric: Metric;
  /** Which part of it; undefined: the bare name of a histogram, which has no series. */
  readonly part: MetricPart | undefined;
  /** Labels that it can have. */
  readonly labels: readonly string[];
}

/** A file of the folder `metrics`. */
interface ExporterFile extends Omit<Exporter, "name" | "metrics" | "unverified" | "otherSeriesPerTarget"> {
  readonly exporter: string;
  readonly unverified?: readonly string[];
  readonly otherSeriesPerTarget?: number;
  /** Whether labels of the exporter win over those of the target; else they are stored as `exported_<label>`. */
  readonly honorLabels?: boolean;
  /** Labels of the target, where they are not `TARGET_LABELS`. */
  readonly targetLabels?: readonly string[];
  /** Labels of each of its metrics. */
  readonly labels?: Readonly<Record<string, MetricDimension>>;
  /** Bounds of buckets by a name that metrics give. */
  readonly bucketSets?: Readonly<Record<string, readonly number[]>>;
  readonly metrics: Readonly<Record<string, MetricEntry>>;
}

interface MetricEntry extends Pick<Metric, "type" | "help" | "unit" | "bucketCount"> {
  readonly labels?: Readonly<Record<string, MetricDimension>>;
  readonly targets?: MetricDimension;
  readonly buckets?: readonly number[] | string;
  readonly absolute?: boolean;
  readonly anyLabels?: boolean;
}

/** Labels that Prometheus gives every series of a target in the cluster. */
export const TARGET_LABELS: readonly string[] = [
  "job",
  "instance",
  "namespace",
  "pod",
  "container",
  "service",
  "endpoint",
];

/** Labels that leave Prometheus with alerts and remote writes; queries of Prometheus itself never see them. */
export const EXTERNAL_LABELS: readonly string[] = ["cluster", "environment", "region"];

/** Metrics that can be found by the names of their series. */
export class MetricRegister {
  private readonly byName: ReadonlyMap<string, Metric>;

  /** @param exporters what there is; a later metric replaces an earlier one of the same name */
  constructor(readonly exporters: readonly Exporter[]) {
    const metrics = exporters.flatMap((exporter) => exporter.metrics);
    this.byName = new Map(metrics.map((metric) => [metric.name, metric]));
  }

  /** The metric that the series is of, or `undefined`. */
  tryFind(series: string): MetricSeries | undefined {
    const whole = this.byName.get(series);
    if (whole !== undefined) return { metric: whole, ...wholeSeries(whole) };
    const [, base = "", part] = PART.exec(series) ?? [];
    const metric = this.byName.get(base);
    if (metric === undefined || part === undefined) return undefined;
    if (part === "bucket") {
      return hasBuckets(metric) ? { metric, part, labels: [...metric.labels, "le"] } : undefined;
    }
    const hasParts = metric.type === "histogram" || metric.type === "summary";
    return hasParts ? { metric, part: part as MetricPart, labels: metric.labels } : undefined;
  }

  /** Names of all series, those of histograms and summaries in their parts. */
  names(): readonly string[] {
    return [...this.byName.values()].flatMap(seriesNames);
  }
}

/** What yields metrics, by name. */
export function exporters(): readonly Exporter[] {
  return register().exporters;
}

/** The metric of a series, also of the parts of histograms and summaries, or `undefined`. */
export function tryFindMetric(series: string): MetricSeries | undefined {
  return register().tryFind(series);
}

/** Names of all series that exporters yield. */
export function metricNames(): readonly string[] {
  return register().names();
}

/** The metrics of all exporters. */
export function metricRegister(): MetricRegister {
  return register();
}

let loaded: MetricRegister | undefined;

function register(): MetricRegister {
  loaded ??= new MetricRegister(
    readdirSync(FOLDER)
      .filter((file) => file.endsWith(".json"))
      .sort()
      .map((file) => exporterOf(JSON.parse(readFileSync(join(FOLDER, file), "utf8")) as ExporterFile)),
  );
  return loaded;
}

function exporterOf(file: ExporterFile): Exporter {
  const { exporter: name, unverified = [], otherSeriesPerTarget = 0, metrics, ...rest } = file;
  const { asOf, source, version, job, intervalSeconds, targets } = rest;
  return {
    name,
    asOf,
    source,
    version,
    job,
    intervalSeconds,
    unverified,
    otherSeriesPerTarget,
    targets,
    metrics: Object.entries(metrics).map(([metric, entry]) => metricOf(metric, entry, file)),
  };
}

function metricOf(name: string, entry: MetricEntry, file: ExporterFile): Metric {
  const { type, help, unit, bucketCount, absolute = false, anyLabels = false } = entry;
  const dimensions = { ...file.labels, ...entry.labels };
  return {
    name,
    exporter: file.exporter,
    type,
    help,
    unit,
    labels: storedLabels(Object.keys(dimensions), file),
    dimensions,
    targets: entry.targets ?? file.targets,
    buckets: typeof entry.buckets === "string" ? file.bucketSets?.[entry.buckets] : entry.buckets,
    bucketCount,
    absolute,
    anyLabels,
  };
}

function storedLabels(own: readonly string[], { honorLabels = false, targetLabels = TARGET_LABELS }: ExporterFile) {
  const stored = own.map((label) => (!honorLabels && targetLabels.includes(label) ? `exported_${label}` : label));
  return [...new Set([...stored, ...targetLabels])];
}

function wholeSeries({ type, labels }: Metric): Pick<MetricSeries, "part" | "labels"> {
  if (type === "summary") return { part: "quantile", labels: [...labels, "quantile"] };
  return { part: type === "histogram" ? undefined : "value", labels };
}

function hasBuckets({ type, buckets }: Metric): boolean {
  return type === "histogram" && buckets?.length !== 0;
}

function seriesNames(metric: Metric): readonly string[] {
  const { name, type } = metric;
  if (type === "histogram") return [...(hasBuckets(metric) ? [`${name}_bucket`] : []), `${name}_sum`, `${name}_count`];
  return type === "summary" ? [name, `${name}_sum`, `${name}_count`] : [name];
}

const FOLDER = join(__dirname, "metrics");
const PART = /^(.+)_(bucket|sum|count)$/;
