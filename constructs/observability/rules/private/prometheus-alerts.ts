import type { AlertRule } from "../rule";
import { promql } from "./promql";

const BASE = { area: "monitoring", severity: "warning", dashboard: { name: "monitoring" } } as const;

/** Prometheus and its operator. All of one namespace, since there is one Prometheus in a cluster. */
export const PROMETHEUS_ALERTS: readonly AlertRule[] = [
  {
    ...BASE,
    alert: "Watchdog",
    severity: "info",
    expression: "vector(1)",
    summary: "Alerts get through",
    description:
      "Fires always. A service outside the cluster expects it every few minutes and wakes somebody when it stays away: then nothing else would get through either.",
  },
  {
    ...BASE,
    alert: "RuleEvaluationFailing",
    severity: "critical",
    expression: "sum by (pod, rule_group) (increase(prometheus_rule_evaluation_failures_total[10m])) > 0",
    forMinutes: 15,
    summary: "{{ $labels.pod }} cannot evaluate rules of {{ $labels.rule_group }}",
    description: "Alerts of the group do not fire, and series that others read are not recorded, whatever happens.",
  },
  {
    ...BASE,
    alert: "RuleEvaluationSlow",
    expression: "sum by (pod, rule_group) (increase(prometheus_rule_group_iterations_missed_total[15m])) > 2",
    forMinutes: 15,
    summary: "{{ $labels.pod }} leaves out evaluations of {{ $labels.rule_group }}",
    description: "The rules of the group take longer than the time between two evaluations. Its alerts come late.",
  },
  {
    ...BASE,
    alert: "PrometheusStorageFilling",
    severity: "critical",
    expression: promql`
      max by (namespace, persistentvolumeclaim) (
        kubelet_volume_stats_used_bytes{persistentvolumeclaim=~"prometheus-.+-db-prometheus-.+"}
        / kubelet_volume_stats_capacity_bytes
      ) > 0.92`,
    forMinutes: 10,
    summary: "The volume of Prometheus ({{ $labels.persistentvolumeclaim }}) is {{ $value | humanizePercentage }} full",
    description: "When it is full, Prometheus stops: no metrics, no alerts.",
  },
  {
    ...BASE,
    alert: "PrometheusTsdbFailing",
    expression: [
      "compactions_failed",
      "reloads_failures",
      "wal_corruptions",
      "wal_writes_failed",
      "wal_truncations_failed",
    ]
      .map((what) => `sum by (pod) (increase(prometheus_tsdb_${what}_total[3h])) > 0`)
      .join(" or "),
    forMinutes: 30,
    summary: "The database of {{ $labels.pod }} does not do its upkeep",
    description:
      "Blocks are not written, not joined or not read. Memory and disk grow until Prometheus ends, and a restart may lose the last hours.",
  },
  {
    ...BASE,
    alert: "RemoteWriteBehind",
    expression: promql`
      max by (pod, remote_name) (
        max_over_time(prometheus_remote_storage_queue_highest_timestamp_seconds[5m])
        - max_over_time(prometheus_remote_storage_queue_highest_sent_timestamp_seconds[5m])
      ) > 120
      or sum by (pod, remote_name) (rate(prometheus_remote_storage_samples_failed_total[5m])) > 0`,
    forMinutes: 15,
    summary: "{{ $labels.pod }} does not keep up with remote write to {{ $labels.remote_name }}",
    description: "The store of long retention lacks what is not sent. What lies behind more than two hours is lost.",
  },
  {
    ...BASE,
    alert: "PrometheusOperatorFailing",
    expression: promql`
      sum by (controller) (rate(prometheus_operator_reconcile_errors_total[10m]))
      / sum by (controller) (rate(prometheus_operator_reconcile_operations_total[10m])) > 0.1`,
    forMinutes: 15,
    summary: "The Prometheus operator fails {{ $value | humanizePercentage }} of its work on {{ $labels.controller }}",
    description: "Changes of rules, monitors and receivers do not take effect. What runs goes on as it was.",
  },
  {
    ...BASE,
    alert: "MonitoringObjectRejected",
    expression:
      'max by (controller, resource) (min_over_time(prometheus_operator_managed_resources{state="rejected"}[5m])) > 0',
    forMinutes: 5,
    summary: "The Prometheus operator has rejected {{ $value }} objects of kind {{ $labels.resource }}",
    description:
      "A rule, a monitor or a receiver does not make sense and is left out: what it should watch is not watched.",
  },
];
