import type { RecordingCase } from "../recording-case";
import type { RuleCase } from "../rule-case";

const DATABASE = 'job="cloudwatch-exporter",dimension_DBInstanceIdentifier="atlas-prod"';
const CACHE = 'job="cloudwatch-exporter",dimension_CacheClusterId="atlas-prod-001"';
const database = [{ database: "atlas-prod" }];
const cache = [{ cache: "atlas-prod" }];
const GIB = 1024 ** 3;

/** A gauge that is beyond its limit, and one that is just within it. */
function gauge(
  alert: string,
  series: string,
  fires: RuleCase["fires"],
  { beyond, within, minutes }: { readonly beyond: number; readonly within: number; readonly minutes: number },
): readonly RuleCase[] {
  const one = (value: number): Omit<RuleCase, "fires"> => ({
    alert,
    what: `${series.replace(/\{.*/, "")} is ${value}`,
    series: { [series]: `${value}x40` },
    atMinutes: minutes,
  });
  return [
    { ...one(beyond), fires },
    { ...one(within), fires: [] },
  ];
}

/** Situations of the database and the cache, each with the alerts it raises. */
export const cases: readonly RuleCase[] = [
  ...gauge("DatabaseCpuHigh", `aws_rds_cpuutilization_average{${DATABASE}}`, database, {
    beyond: 91,
    within: 89,
    minutes: 17,
  }),
  ...gauge("DatabaseConnectionsHigh", `aws_rds_database_connections_maximum{${DATABASE}}`, database, {
    beyond: 321,
    within: 319,
    minutes: 12,
  }),
  ...gauge("DatabaseStorageLow", `aws_rds_free_storage_space_minimum{${DATABASE}}`, database, {
    beyond: 9.9 * GIB,
    within: 10.1 * GIB,
    minutes: 17,
  }),
  ...gauge(
    "DatabaseStorageExhausted",
    `aws_rds_free_storage_space_minimum{${DATABASE}}`,
    [{ database: "atlas-prod", severity: "critical" }],
    { beyond: 1.9 * GIB, within: 2.1 * GIB, minutes: 7 },
  ),
  ...gauge("DatabaseLatencyHigh", `aws_rds_read_latency_average{${DATABASE}}`, database, {
    beyond: 0.06,
    within: 0.04,
    minutes: 17,
  }),
  ...gauge("DatabaseLatencyHigh", `aws_rds_write_latency_average{${DATABASE}}`, database, {
    beyond: 0.06,
    within: 0.04,
    minutes: 17,
  }),
  ...gauge("DatabaseTransactionIds", `aws_rds_maximum_used_transaction_ids_maximum{${DATABASE}}`, database, {
    beyond: 1_010_000_000,
    within: 990_000_000,
    minutes: 17,
  }),
  {
    alert: "DatabaseUnobserved",
    what: "the exporter yields nothing of RDS",
    series: { 'up{job="cloudwatch-exporter"}': "1x40" },
    atMinutes: 32,
    fires: [{ severity: "warning", area: "data" }],
  },
  {
    alert: "DatabaseUnobserved",
    what: "CloudWatch was silent for 20 minutes",
    series: { [`aws_rds_cpuutilization_average{${DATABASE}}`]: "5x10 _x20 5x10" },
    atMinutes: 38,
    fires: [],
  },
  ...gauge("CacheMemoryHigh", `aws_elasticache_database_memory_usage_percentage_maximum{${CACHE}}`, cache, {
    beyond: 91,
    within: 89,
    minutes: 17,
  }),
  ...gauge("CacheEvictions", `aws_elasticache_evictions_sum{${CACHE}}`, cache, {
    beyond: 310,
    within: 290,
    minutes: 17,
  }),
  ...gauge("CacheCpuHigh", `aws_elasticache_engine_cpuutilization_average{${CACHE}}`, cache, {
    beyond: 91,
    within: 89,
    minutes: 17,
  }),
  ...gauge("CacheConnectionsHigh", `aws_elasticache_curr_connections_maximum{${CACHE}}`, cache, {
    beyond: 52_001,
    within: 51_999,
    minutes: 12,
  }),
  {
    alert: "CacheUnobserved",
    what: "the exporter yields nothing of ElastiCache",
    series: { 'up{job="cloudwatch-exporter"}': "1x40" },
    atMinutes: 32,
    fires: [{ severity: "warning", area: "data" }],
  },
  {
    alert: "CacheUnobserved",
    what: "one node of the cache is seen",
    series: { [`aws_elasticache_database_memory_usage_percentage_maximum{${CACHE}}`]: "40x40" },
    atMinutes: 38,
    fires: [],
  },
];

/** Series that are recorded of the database and the cache. */
export const recordingCases: readonly RecordingCase[] = [
  {
    expression: "cache:memory_used:ratio",
    what: "nodes of a cache with shards, and of one without, each by the fullest",
    series: {
      'aws_elasticache_database_memory_usage_percentage_maximum{dimension_CacheClusterId="big-0001-001"}': "40x5",
      'aws_elasticache_database_memory_usage_percentage_maximum{dimension_CacheClusterId="big-0002-001"}': "50x5",
      'aws_elasticache_database_memory_usage_percentage_maximum{dimension_CacheClusterId="small-2-001"}': "25x5",
    },
    atMinutes: 3,
    samples: [
      { labels: { cache: "big" }, value: 0.5 },
      { labels: { cache: "small-2" }, value: 0.25 },
    ],
  },
  {
    expression: "cache:hit_ratio:ratio",
    what: "three look-ups of four find their key",
    series: {
      'aws_elasticache_cache_hits_sum{dimension_CacheClusterId="a-001"}': "300x5",
      'aws_elasticache_cache_misses_sum{dimension_CacheClusterId="a-001"}': "100x5",
      'aws_elasticache_cache_hits_sum{dimension_CacheClusterId="idle-001"}': "0x5",
      'aws_elasticache_cache_misses_sum{dimension_CacheClusterId="idle-001"}': "0x5",
    },
    atMinutes: 3,
    samples: [{ labels: { cache: "a" }, value: 0.75 }],
  },
  {
    expression: "database:cpu:ratio",
    what: "CloudWatch has no value of one of two databases",
    series: {
      'aws_rds_cpuutilization_average{dimension_DBInstanceIdentifier="a"}': "50x5",
      'aws_rds_cpuutilization_average{dimension_DBInstanceIdentifier="b"}': "_x5",
    },
    atMinutes: 3,
    samples: [{ labels: { database: "a" }, value: 0.5 }],
  },
];
