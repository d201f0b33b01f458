import { QUALITY_METRICS, type QualityMetric } from "../../../catalog";
import type {
  ColumnDriftOptions,
  MonitoredColumns,
  MonitoredTask,
  MonitorThresholds,
  MonitorValidation,
  ModelMonitorOptions,
} from "../model-monitor-options";

/** The options of a monitor with their defaults. */
export interface MonitorSettings extends Omit<ModelMonitorOptions, "thresholds"> {
  readonly timeZone: string;
  readonly reportPrefix: string;
  readonly task: MonitoredTask;
  readonly columns: Required<Pick<MonitoredColumns, "numerical" | "categorical" | "timestamps">> & MonitoredColumns;
  readonly validation: MonitorValidation;
  readonly drift: Readonly<Record<string, ColumnDriftOptions>>;
  readonly metrics: readonly QualityMetric[];
  readonly labelledRows: number;
  readonly thresholds: Required<Omit<MonitorThresholds, "maxAgeHours">> & Pick<MonitorThresholds, "maxAgeHours">;
  readonly timeoutSeconds: number;
}

/** A day, and two hours for a run that begins late or is tried again. */
const DAILY_HOURS = 26;
/** Minute, hour, and then any day of any month. */
const EACH_DAY = /^\s*\S+\s+\S+\s+\*\s+\*\s+\*\s*$/;

/** Adds the defaults. */
export function monitorSettings(options: ModelMonitorOptions): MonitorSettings {
  const { columns, task = { kind: "none" }, quality = {}, thresholds = {}, schedule } = options;
  const maxAgeHours = thresholds.maxAgeHours ?? (EACH_DAY.test(schedule) ? DAILY_HOURS : undefined);
  return {
    ...options,
    timeZone: options.timeZone ?? "Etc/UTC",
    reportPrefix: options.reports.prefix ?? "reports/",
    task,
    columns: { numerical: [], categorical: [], timestamps: [], ...columns },
    validation: options.validation ?? {},
    drift: options.drift ?? {},
    metrics: quality.metrics ?? measurable(columns, task),
    labelledRows: quality.minRows ?? 100,
    thresholds: {
      maxDriftShare: thresholds.maxDriftShare ?? 0.3,
      maxMissingShare: thresholds.maxMissingShare ?? 0.05,
      minRows: thresholds.minRows ?? 500,
      quality: thresholds.quality ?? {},
      ...(maxAgeHours !== undefined && { maxAgeHours }),
    },
    timeoutSeconds: options.timeoutSeconds ?? 3600,
  };
}

/** Names of all columns that the job reads. */
export function columnNames({ columns }: Pick<MonitorSettings, "columns">): readonly string[] {
  const { target, prediction, probability } = columns;
  const single = [target, prediction, probability].filter((name) => name !== undefined);
  return [...new Set([...columns.numerical, ...columns.categorical, ...columns.timestamps, ...single])];
}

/** How each compared column is understood. */
export function comparedColumns({
  columns,
  task,
}: Pick<MonitorSettings, "columns" | "task">): Readonly<Record<string, "numerical" | "categorical">> {
  const { numerical, categorical, prediction, probability } = columns;
  const answer = task.kind === "regression" ? "numerical" : "categorical";
  return Object.fromEntries([
    ...(prediction === undefined ? [] : [[prediction, answer] as const]),
    ...(probability === undefined ? [] : [[probability, "numerical"] as const]),
    ...categorical.map((name) => [name, "categorical"] as const),
    ...numerical.map((name) => [name, "numerical"] as const),
  ]);
}

function measurable({ target, prediction, probability }: MonitoredColumns, task: MonitoredTask): QualityMetric[] {
  if (target === undefined || prediction === undefined) return [];
  const scored = task.kind === "classification" && task.positiveLabel !== undefined && probability !== undefined;
  return (QUALITY_METRICS[task.kind] as readonly QualityMetric[]).filter((metric) => metric !== "roc_auc" || scored);
}
