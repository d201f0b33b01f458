import type { MonitoredData } from "../model-monitor-options";
import { columnNames, type MonitorSettings } from "./model-monitor-settings";

/** What is compared where nobody says how much: rows, and values of all columns, which are what takes memory. */
const MOST_ROWS = 100_000;
const MOST_VALUES = 10_000_000;

/** The configuration of the job, as `images/model-monitor` reads it. */
export function monitorConfig(settings: MonitorSettings): string {
  const { model, timeZone, columns, task, validation, drift, metrics, labelledRows, thresholds } = settings;
  const rows = Math.min(MOST_ROWS, Math.floor(MOST_VALUES / columnNames(settings).length));
  const config = {
    model,
    timeZone,
    reference: sourceOf(settings.reference, rows),
    current: sourceOf(settings.current, rows),
    columns,
    task,
    validation: {
      minRows: thresholds.minRows,
      maxMissingShare: thresholds.maxMissingShare,
      maxInvalidShare: validation.maxInvalidShare ?? 0,
      columns: validation.columns ?? {},
    },
    drift: { maxShare: thresholds.maxDriftShare, columns: drift },
    quality: { metrics, minRows: labelledRows },
    report: { uri: `s3://${settings.reports.store.bucketName}/${reportPrefix(settings)}` },
    pushGateway: settings.pushGateway.url,
  };
  return `${JSON.stringify(config, undefined, 2)}\n`;
}

/** Beginning of the keys of a model's reports: what the job may write. */
export function reportPrefix({ reportPrefix: prefix, model }: MonitorSettings): string {
  return `${prefix}model-monitor/${model}/`;
}

function sourceOf({ store, prefix, partition = "", format = "parquet", maxRows }: MonitoredData, rows: number) {
  return { uri: `s3://${store.bucketName}/${prefix}${partition}`, format, maxRows: maxRows ?? rows };
}
