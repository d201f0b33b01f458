import type { AlertRule } from "../rule";
import { promql } from "./promql";

const BASE = { area: "monitoring", dashboard: { name: "monitoring" } } as const;

/** Failures within a quarter of an hour that nobody is woken for: at night one that fails may be half of all. */
const LEAST_FAILURES = 3;

/** The way from an alert to people. When it is cut altogether, only the missing Watchdog tells. */
export const ALERTMANAGER_ALERTS: readonly AlertRule[] = [
  {
    ...BASE,
    alert: "AlertmanagerUnreachable",
    severity: "critical",
    expression: promql`
      max by (pod) (max_over_time(prometheus_notifications_alertmanagers_discovered[5m])) < 1
      or sum by (pod) (increase(prometheus_notifications_dropped_total[10m])) > 0`,
    forMinutes: 10,
    summary: "{{ $labels.pod }} does not get its alerts to Alertmanager",
    description: "Alerts fire and nobody is told, unless another replica of Prometheus still reaches Alertmanager.",
  },
  {
    ...BASE,
    alert: "NotificationsFailing",
    severity: "critical",
    expression: promql`
      sum by (integration) (rate(alertmanager_notifications_failed_total[15m]))
      / sum by (integration) (rate(alertmanager_notifications_total[15m])) > 0.05
      and sum by (integration) (increase(alertmanager_notifications_failed_total[15m])) >= ${LEAST_FAILURES}`,
    forMinutes: 5,
    summary: "{{ $value | humanizePercentage }} of the notifications by {{ $labels.integration }} fail",
    description: "Whoever is to be told that way is not. Other ways may still work: this alert takes those.",
  },
  {
    ...BASE,
    alert: "MonitoringConfigNotLoaded",
    severity: "warning",
    expression: promql`
      max by (pod) (max_over_time(prometheus_config_last_reload_successful[5m])) == 0
      or max by (pod) (max_over_time(alertmanager_config_last_reload_successful[5m])) == 0`,
    forMinutes: 10,
    summary: "{{ $labels.pod }} runs with an old configuration",
    description:
      "The last configuration could not be loaded. Rules, targets and receivers are those of before, and the pod does not come back after a restart.",
  },
  {
    ...BASE,
    alert: "AlertmanagerClusterIncomplete",
    severity: "warning",
    expression: promql`
      min by (pod) (max_over_time(alertmanager_cluster_members[5m]))
      < on () group_left () count(max by (pod) (alertmanager_cluster_members))`,
    forMinutes: 15,
    summary: "{{ $labels.pod }} does not see all replicas of Alertmanager",
    description:
      "Replicas that do not see one another send every notification twice, and silences hold in one of them alone.",
  },
];
