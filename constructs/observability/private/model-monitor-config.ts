import type { MonitoredData } from "../model-monitor-options";
import type { MonitorSettings } from "./model-monitor-settings";

/** The configuration of the job, as `images/model-monitor` reads it. */
export function monitorConfig(settings: MonitorSettings): string {
  const { model, timeZone, columns, task, validation, drift, metrics, labelledRows, thresholds } = settings;
  const config = {
    model,
    timeZone,
    reference: sourceOf(settings.reference),
    current: sourceOf(settings.current),
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

function sourceOf({ store, prefix, partition = "", format = "parquet", maxRows = 100_000 }: MonitoredData) {
  return { uri: `s3://${store.bucketName}/${prefix}${partition}`, format, maxRows };
}
