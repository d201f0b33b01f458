import { type AlertsShown, firingCount, firingTable } from "./private/alerts";
import { compose } from "./private/compose";
import { line } from "./private/line";
import type { PlannedPanel, Section } from "./private/panel-spec";
import { graph, stat } from "./private/panels";
import { falling, limitAt, PLAIN, rising } from "./private/steps";
import { variable } from "./private/variables";
import type { DashboardSettings, PlatformDashboard } from "./platform-dashboard";

const DATABASE = 'database=~"$database"';
const CACHE = 'cache=~"$cache"';
const ALERTS: AlertsShown = { areas: ["data"] };

/** Databases: can the platform read and write its state, and for how long will it? */
export function databasesDashboard(settings: DashboardSettings): PlatformDashboard {
  const { database, cache } = settings.components;
  return compose(settings, {
    name: "databases",
    title: "Databases",
    folder: "Data",
    description: "Can the platform read and write its state, and for how long will there be room?",
    variables: [
      ...(database ? [chosen("database", "Database", "database:cpu:ratio")] : []),
      ...(cache ? [chosen("cache", "Cache", "cache:memory_used:ratio")] : []),
    ],
    alerts: ALERTS,
    from: "now-24h",
    sections: [
      {
        panels: line([
          firingCount(ALERTS),
          ...(database ? postgresNow(settings) : []),
          ...(cache ? redisNow(database) : []),
        ]),
      },
      { panels: [firingTable(settings, ALERTS, WHERE)] },
      ...(database ? [postgres(settings)] : []),
      ...(cache ? [redis()] : []),
    ],
  });
}

function chosen(name: string, label: string, series: string): ReturnType<typeof variable> {
  return variable({ name, label, description: "As CloudWatch names them.", series, values: name, several: true });
}

const WHERE = [
  { label: "database", title: "Database" },
  { label: "cache", title: "Cache" },
];

function postgresNow({ thresholds, databaseMaxConnections: most }: DashboardSettings): PlannedPanel[] {
  const least = thresholds.databaseFreeStorageBytes;
  const tight =
    most === undefined
      ? PLAIN
      : rising(0.75 * thresholds.databaseConnectionRatio * most, thresholds.databaseConnectionRatio * most);
  return [
    stat({
      title: "PostgreSQL CPU",
      description: "CPU of the busiest database.",
      ...{ unit: "percentunit", decimals: 0, min: 0, max: 1, steps: rising(0.7, 0.9) },
      expression: `max(database:cpu:ratio{${DATABASE}})`,
    }),
    stat({
      title: "Connections",
      description: "Connections of the database that has most.",
      ...{ unit: "none", decimals: 0, min: 0, steps: tight },
      expression: `max(database:connections:max{${DATABASE}})`,
    }),
    stat({
      title: "Free storage",
      description: "Free storage of the fullest database. At nothing it stops.",
      ...{ unit: "bytes", min: 0, steps: falling(least, 2 * least) },
      expression: `min(database:free_storage_bytes:min{${DATABASE}})`,
    }),
  ];
}

function redisNow(database: boolean): PlannedPanel[] {
  const hits = stat({
    title: "Hits of the cache",
    description: "Share of reads that Redis could answer; of all caches the least.",
    ...{ unit: "percentunit", decimals: 0, min: 0, max: 1, steps: falling(0.5, 0.8), noValue: "no reads" },
    expression: `min(cache:hit_ratio:ratio{${CACHE}})`,
  });
  const memory = stat({
    title: "Redis memory",
    description: "Share of its memory that the fullest cache uses. Full: it forgets what it should keep.",
    ...{ unit: "percentunit", decimals: 0, min: 0, max: 1, steps: rising(0.8, 0.95) },
    expression: `max(cache:memory_used:ratio{${CACHE}})`,
  });
  const evictions = stat({
    title: "Evictions per second",
    description: "Keys that Redis dropped for want of room.",
    ...{ unit: "ops", decimals: 1, min: 0, steps: limitAt(1) },
    expression: `sum(cache:evictions:rate5m{${CACHE}}) or vector(0)`,
  });
  return database ? [memory, hits] : [memory, hits, evictions];
}

function postgres({ thresholds }: DashboardSettings): Section {
  const least = thresholds.databaseFreeStorageBytes;
  return {
    heading: "PostgreSQL",
    panels: [
      graph({
        title: "CPU, by database",
        description: "Share of the CPU of each database in use.",
        ...{ unit: "percentunit", width: 8, min: 0, max: 1 },
        queries: [{ expression: `database:cpu:ratio{${DATABASE}}`, legend: "{{database}}" }],
      }),
      graph({
        title: "Connections, by database",
        description: "Connections of clients. A steady climb: a client opens connections and never closes them.",
        ...{ unit: "none", decimals: 0, width: 8, min: 0 },
        queries: [{ expression: `database:connections:max{${DATABASE}}`, legend: "{{database}}" }],
      }),
      graph({
        title: "Free storage, by database",
        description: "Below the line the alert fires.",
        ...{ unit: "bytes", width: 8, min: 0, limits: true, steps: falling(least, least) },
        queries: [{ expression: `database:free_storage_bytes:min{${DATABASE}}`, legend: "{{database}}" }],
      }),
    ],
  };
}

function redis(): Section {
  return {
    heading: "Redis",
    panels: [
      graph({
        title: "Memory in use, by cache",
        description: "Share of its memory that each cache uses.",
        ...{ unit: "percentunit", width: 8, min: 0, max: 1 },
        queries: [{ expression: `cache:memory_used:ratio{${CACHE}}`, legend: "{{cache}}" }],
      }),
      graph({
        title: "Hits, by cache",
        description: "Share of reads that the cache could answer. It falls after a restart and when memory is short.",
        ...{ unit: "percentunit", width: 8, min: 0, max: 1 },
        queries: [{ expression: `cache:hit_ratio:ratio{${CACHE}}`, legend: "{{cache}}" }],
      }),
      graph({
        title: "Evictions per second, by cache",
        description: "Keys that were dropped for want of room.",
        ...{ unit: "ops", width: 8, min: 0 },
        queries: [{ expression: `cache:evictions:rate5m{${CACHE}}`, legend: "{{cache}}" }],
      }),
    ],
  };
}
