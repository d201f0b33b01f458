/** What is read from CloudWatch. */
export interface CloudwatchTargets {
  readonly region: string;
  /** Tags by which instances and clusters are found; undefined: by name. */
  readonly tags: Readonly<Record<string, string>> | undefined;
  readonly databases: readonly string[];
  readonly cacheNodes: readonly string[];
}

/** How many seconds one value stands for. */
export const PERIOD_SECONDS = 300;

/** The configuration of the exporter; JSON is YAML. */
export function cloudwatchConfig({ region, tags, databases, cacheNodes }: CloudwatchTargets): string {
  const found = tags && {
    discovery: {
      jobs: [
        discoveryJob(region, tags, RDS),
        // Other dimensions are of commands and serverless caches.
        { ...discoveryJob(region, tags, ELASTICACHE), dimensionNameRequirements: ["CacheClusterId", "CacheNodeId"] },
      ],
    },
  };
  const named = [
    ...databases.map((name) => staticJob(region, name, RDS, { DBInstanceIdentifier: name })),
    ...cacheNodes.map((name) => staticJob(region, name, ELASTICACHE, { CacheClusterId: name, CacheNodeId: "0001" })),
  ];
  const config = {
    apiVersion: "v1alpha1",
    "sts-region": region,
    ...found,
    ...(named.length > 0 && { static: named }),
  };
  return JSON.stringify(config, null, 2);
}

/** A namespace of CloudWatch and what is read of it: name of the metric and statistic. */
interface Service {
  readonly namespace: string;
  readonly metrics: readonly (readonly [name: string, statistic: string])[];
}

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-metrics.html */
const RDS: Service = {
  namespace: "AWS/RDS",
  metrics: [
    ["CPUUtilization", "Average"],
    ["DatabaseConnections", "Maximum"],
    ["FreeableMemory", "Minimum"],
    ["FreeStorageSpace", "Minimum"],
    ["ReadLatency", "Average"],
    ["WriteLatency", "Average"],
    ["ReadIOPS", "Average"],
    ["WriteIOPS", "Average"],
    ["DiskQueueDepth", "Average"],
    ["MaximumUsedTransactionIDs", "Maximum"],
  ],
};

/** @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.Redis.html */
const ELASTICACHE: Service = {
  namespace: "AWS/ElastiCache",
  metrics: [
    ["CPUUtilization", "Average"],
    ["EngineCPUUtilization", "Average"],
    ["DatabaseMemoryUsagePercentage", "Maximum"],
    ["CurrConnections", "Maximum"],
    ["Evictions", "Sum"],
    ["CacheHits", "Sum"],
    ["CacheMisses", "Sum"],
    ["ReplicationLag", "Maximum"],
  ],
};

function discoveryJob(region: string, tags: Readonly<Record<string, string>>, service: Service) {
  const searchTags = Object.entries(tags).map(([key, value]) => ({ key, value: `^${literally(value)}$` }));
  return { type: service.namespace, regions: [region], searchTags, metrics: metricsOf(service) };
}

function staticJob(region: string, name: string, service: Service, dimensions: Readonly<Record<string, string>>) {
  return {
    name,
    namespace: service.namespace,
    regions: [region],
    dimensions: Object.entries(dimensions).map(([dimension, value]) => ({ name: dimension, value })),
    metrics: metricsOf(service),
  };
}

/** Values come minutes late, so two periods are asked for, of which the newest counts. */
function metricsOf({ metrics }: Service): readonly Record<string, unknown>[] {
  const times = { period: PERIOD_SECONDS, length: 2 * PERIOD_SECONDS };
  return metrics.map(([name, statistic]) => ({ name, statistics: [statistic], ...times, nilToZero: false }));
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
