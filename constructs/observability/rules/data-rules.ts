import { CLOUDWATCH_PERIOD_SECONDS, ofCache, ofDatabase } from "./private/cloudwatch-series";
import type { AlertRule, RecordingRule, RuleGroup } from "./rule";
import type { RuleSettings } from "./rule-settings";

/** The database and the cache of the data layer, as CloudWatch sees them: five minutes late, and once in a minute. */
export function dataRules({ components, thresholds, databaseMaxConnections }: RuleSettings): readonly RuleGroup[] {
  const { databaseFreeStorageBytes, databaseConnectionRatio } = thresholds;
  const connections =
    databaseMaxConnections === undefined ? [] : [databaseConnections(databaseConnectionRatio, databaseMaxConnections)];
  const database: RuleGroup = {
    name: "database",
    intervalSeconds: 60,
    recording: databaseRecording(),
    alerts: [
      databaseCpu(),
      ...connections,
      ...databaseStorage(databaseFreeStorageBytes),
      databaseLatency(),
      transactionIds(),
      databaseUnseen(),
    ],
  };
  const cache: RuleGroup = {
    name: "cache",
    intervalSeconds: 60,
    recording: cacheRecording(),
    alerts: [cacheMemory(), cacheEvictions(), cacheCpu(), cacheConnections(), cacheUnseen()],
  };
  return [...(components.database ? [database] : []), ...(components.cache ? [cache] : [])];
}

/** Share of the CPU from which there is no room for a peak. */
const CPU_RATIO = 0.9;
/** Seconds that a read or a write of the volume takes when it is at its limit; a healthy one takes one or two milliseconds. */
const VOLUME_SECONDS = 0.05;
/** Half of what PostgreSQL has; RDS advises to look from there on. */
const TRANSACTION_IDS = 1_000_000_000;
const CACHE_MEMORY_RATIO = 0.9;
/** Keys a second that ElastiCache throws away for want of memory. */
const EVICTIONS_PER_SECOND = 1;
/** What `maxclients` of every node of ElastiCache is. */
const CACHE_MAX_CLIENTS = 65_000;
const CACHE_CLIENTS_RATIO = 0.8;
const DASHBOARD = { name: "databases", variables: { database: "database" } } as const;
const CACHE_DASHBOARD = { name: "databases", variables: { cache: "cache" } } as const;

function databaseRecording(): readonly RecordingRule[] {
  return [
    {
      record: "database:connections:max",
      expression: ofDatabase("max", "aws_rds_database_connections_maximum"),
      about: "Connections to the database, the most in a minute.",
    },
    {
      record: "database:cpu:ratio",
      expression: `${ofDatabase("max", "aws_rds_cpuutilization_average")} / 100`,
      about: "Share of the database's CPU in use, 0 to 1.",
    },
    {
      record: "database:free_storage_bytes:min",
      expression: ofDatabase("min", "aws_rds_free_storage_space_minimum"),
      about: "Bytes of the database's volume that are free.",
    },
  ];
}

function cacheRecording(): readonly RecordingRule[] {
  const hits = ofCache("sum", "aws_elasticache_cache_hits_sum");
  const misses = ofCache("sum", "aws_elasticache_cache_misses_sum");
  return [
    {
      record: "cache:memory_used:ratio",
      expression: `${ofCache("max", "aws_elasticache_database_memory_usage_percentage_maximum")} / 100`,
      about: "Share of the memory for data in use in the fullest node of the cache, 0 to 1.",
    },
    {
      record: "cache:evictions:rate5m",
      expression: `${ofCache("sum", "aws_elasticache_evictions_sum")} / ${CLOUDWATCH_PERIOD_SECONDS}`,
      about: "Keys a second that the cache threw away for want of memory, over five minutes.",
    },
    {
      record: "cache:hit_ratio:ratio",
      expression: `${hits} / (${hits} + ${misses} > 0)`,
      about: "Share of look-ups that found their key, 0 to 1; nothing where there were none.",
    },
  ];
}

function databaseCpu(): AlertRule {
  return {
    alert: "DatabaseCpuHigh",
    severity: "warning",
    area: "data",
    expression: `database:cpu:ratio > ${CPU_RATIO}`,
    forMinutes: 15,
    summary: "Database {{ $labels.database }} uses {{ $value | humanizePercentage }} of its CPU",
    description: "Queries wait for each other. MLflow, pipelines and whatever else stores its state there get slow.",
    dashboard: DASHBOARD,
  };
}

function databaseConnections(ratio: number, most: number): AlertRule {
  return {
    alert: "DatabaseConnectionsHigh",
    severity: "warning",
    area: "data",
    expression: `database:connections:max / ${most} > ${ratio}`,
    forMinutes: 10,
    summary: `{{ $value | humanizePercentage }} of the ${most} connections of database {{ $labels.database }} are taken`,
    description: "When all are taken, whoever connects next is refused: new pods do not start, old ones lose requests.",
    dashboard: DASHBOARD,
  };
}

/** A volume that is full stops the database; a fifth of what is low leaves about an hour to react to what fills it. */
function databaseStorage(bytes: number): readonly AlertRule[] {
  return [
    {
      alert: "DatabaseStorageLow",
      severity: "warning",
      area: "data",
      expression: `database:free_storage_bytes:min < ${bytes}`,
      forMinutes: 15,
      summary: "Database {{ $labels.database }} has {{ $value | humanize1024 }}B of storage left",
      description: "RDS stops a database whose volume is full. It grows by itself only where it was told to.",
      dashboard: DASHBOARD,
    },
    {
      alert: "DatabaseStorageExhausted",
      severity: "critical",
      area: "data",
      expression: `database:free_storage_bytes:min < ${Math.floor(bytes / 5)}`,
      forMinutes: 5,
      summary: "Database {{ $labels.database }} is about to stop: {{ $value | humanize1024 }}B of storage left",
      description:
        "Once the volume is full RDS stops the database, and everything with a state in it: experiments, pipelines, the registry of features.",
      dashboard: DASHBOARD,
    },
  ];
}

function databaseLatency(): AlertRule {
  const slowest = ["aws_rds_read_latency_average", "aws_rds_write_latency_average"].map(
    (series) => `${ofDatabase("max", series)} > ${VOLUME_SECONDS}`,
  );
  return {
    alert: "DatabaseLatencyHigh",
    severity: "warning",
    area: "data",
    expression: slowest.join("\nor\n"),
    forMinutes: 15,
    summary: "A read or write of the volume of database {{ $labels.database }} takes {{ $value | humanizeDuration }}",
    description: "The volume is at the limit of its operations or its throughput, so every query that reads it waits.",
    dashboard: DASHBOARD,
  };
}

function transactionIds(): AlertRule {
  return {
    alert: "DatabaseTransactionIds",
    severity: "warning",
    area: "data",
    expression: `${ofDatabase("max", "aws_rds_maximum_used_transaction_ids_maximum")} > ${TRANSACTION_IDS}`,
    forMinutes: 15,
    summary: "The oldest transaction of database {{ $labels.database }} is {{ $value | humanize }} transactions old",
    description:
      "PostgreSQL stops taking writes at two billion, so that none is seen twice. Vacuum lags behind, or something keeps it from old rows.",
    dashboard: DASHBOARD,
  };
}

function databaseUnseen(): AlertRule {
  return {
    alert: "DatabaseUnobserved",
    severity: "warning",
    area: "data",
    expression: "absent(database:cpu:ratio)",
    forMinutes: 30,
    summary: "Nothing is known of the database",
    description:
      "The exporter of CloudWatch yields no series of RDS. Alerts of the database cannot fire until it does again.",
    dashboard: { name: "databases" },
  };
}

function cacheMemory(): AlertRule {
  return {
    alert: "CacheMemoryHigh",
    severity: "warning",
    area: "data",
    expression: `cache:memory_used:ratio > ${CACHE_MEMORY_RATIO}`,
    forMinutes: 15,
    summary: "Cache {{ $labels.cache }} uses {{ $value | humanizePercentage }} of its memory",
    description: "When it is full, keys are thrown away or writes are refused, as its parameters say.",
    dashboard: CACHE_DASHBOARD,
  };
}

function cacheEvictions(): AlertRule {
  return {
    alert: "CacheEvictions",
    severity: "warning",
    area: "data",
    expression: `cache:evictions:rate5m > ${EVICTIONS_PER_SECOND}`,
    forMinutes: 15,
    summary: "Cache {{ $labels.cache }} throws away {{ $value | humanize }} keys a second",
    description:
      "Keys go that nobody deleted. Features that are served from it are missing until they are written again.",
    dashboard: CACHE_DASHBOARD,
  };
}

function cacheCpu(): AlertRule {
  return {
    alert: "CacheCpuHigh",
    severity: "warning",
    area: "data",
    expression: `${ofCache("max", "aws_elasticache_engine_cpuutilization_average")} / 100 > ${CPU_RATIO}`,
    forMinutes: 15,
    summary: "The engine of cache {{ $labels.cache }} uses {{ $value | humanizePercentage }} of its thread",
    description: "Redis runs commands in one thread: it is the limit, and a larger node does not raise it much.",
    dashboard: CACHE_DASHBOARD,
  };
}

function cacheConnections(): AlertRule {
  const clients = ofCache("max", "aws_elasticache_curr_connections_maximum");
  return {
    alert: "CacheConnectionsHigh",
    severity: "warning",
    area: "data",
    expression: `${clients} / ${CACHE_MAX_CLIENTS} > ${CACHE_CLIENTS_RATIO}`,
    forMinutes: 10,
    summary: `{{ $value | humanizePercentage }} of the ${CACHE_MAX_CLIENTS} connections of cache {{ $labels.cache }} are taken`,
    description:
      "When all are taken the node refuses whoever connects next. Mostly some client opens one for each request.",
    dashboard: CACHE_DASHBOARD,
  };
}

function cacheUnseen(): AlertRule {
  return {
    alert: "CacheUnobserved",
    severity: "warning",
    area: "data",
    expression: "absent(cache:memory_used:ratio)",
    forMinutes: 30,
    summary: "Nothing is known of the cache",
    description:
      "The exporter of CloudWatch yields no series of ElastiCache. Alerts of the cache cannot fire until it does again.",
    dashboard: { name: "databases" },
  };
}
