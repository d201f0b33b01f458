import { ALERTMANAGER_ALERTS } from "./private/alertmanager-alerts";
import { exporterAlerts } from "./private/exporter-alerts";
import { PROMETHEUS_ALERTS } from "./private/prometheus-alerts";
import { signalAlerts } from "./private/signal-alerts";
import type { RecordingRule, RuleGroup } from "./rule";
import type { RuleSettings } from "./rule-settings";

/** Whether what watches everything else is there, sees, and can tell. */
export function monitoringRules(settings: RuleSettings): readonly RuleGroup[] {
  return [
    { name: "monitoring-targets", recording: TARGETS, alerts: exporterAlerts(settings) },
    { name: "monitoring-prometheus", recording: [], alerts: PROMETHEUS_ALERTS },
    { name: "monitoring-alertmanager", recording: [], alerts: ALERTMANAGER_ALERTS },
    { name: "monitoring-signals", recording: [], alerts: signalAlerts(settings) },
  ];
}

const TARGETS: readonly RecordingRule[] = [
  {
    record: "prometheus:series:sum",
    expression: "sum by (job) (scrape_samples_post_metric_relabeling)",
    about: "Samples that a scrape of all targets of a job leaves: the series that the job has now.",
  },
  {
    record: "prometheus:targets_down:count",
    expression: "sum by (job) (up == bool 0)",
    about: "Targets of a job that cannot be scraped.",
  },
];
