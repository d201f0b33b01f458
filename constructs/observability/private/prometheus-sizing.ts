import type { PrometheusResources, PrometheusStackProps } from "../prometheus-stack-options";

/** What each Prometheus is given. */
export interface PrometheusSize {
  /** Volume in GiB. */
  readonly storageGiB: number;
  /** What series may take of it, in GiB. */
  readonly retentionGiB: number;
  readonly resources: PrometheusResources;
}

/** Upper end of what a sample takes on disk. @see https://prometheus.io/docs/prometheus/latest/storage/#operational-aspects */
const BYTES_PER_SAMPLE = 2;
/** Rest of a volume for the write-ahead log and for blocks that are being compacted, which the limit of size leaves out. */
const SHARE_FOR_SERIES = 0.8;
/** A series in memory with its labels, its index and its latest samples; twice as much while queries and compaction run. */
const BYTES_PER_SERIES = 4096;
const SECONDS_PER_DAY = 86_400;
const GIB = 1024 ** 3;
const MIB = 1024 ** 2;
/** Volumes come in steps, so that a small change of the number of series is not a larger volume. */
const STORAGE_STEP_GIB = 10;
const MEMORY_STEP_MIB = 256;

/** Sizes as given, or as they follow from the number of series. */
export function prometheusSize(props: PrometheusStackProps): PrometheusSize {
  const { activeSeries = 300_000, resources = resourcesFor(activeSeries) } = props;
  const { retentionDays = 15, scrapeIntervalSeconds = 30 } = props;
  const samples = (activeSeries * retentionDays * SECONDS_PER_DAY) / scrapeIntervalSeconds;
  const needed = (samples * BYTES_PER_SAMPLE) / GIB / SHARE_FOR_SERIES;
  const storageGiB = props.storageGiB ?? upTo(needed, STORAGE_STEP_GIB);
  return { storageGiB, retentionGiB: Math.floor(storageGiB * SHARE_FOR_SERIES), resources };
}

function resourcesFor(activeSeries: number): PrometheusResources {
  const memory = 512 + (activeSeries * BYTES_PER_SERIES) / MIB;
  return {
    cpu: `${upTo(100 + activeSeries / 1000, 100)}m`,
    memory: `${upTo(memory, MEMORY_STEP_MIB)}Mi`,
    memoryLimit: `${upTo(2 * memory, MEMORY_STEP_MIB)}Mi`,
  };
}

function upTo(value: number, step: number): number {
  return Math.ceil(value / step) * step;
}
