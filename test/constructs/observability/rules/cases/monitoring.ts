import { MORNING_MINUTES, offHours } from "../off-hours";
import type { RuleCase } from "../rule-case";

const PROMETHEUS = 'job="kps-prometheus",namespace="monitoring",pod="prometheus-kps-prometheus-0"';
const POD = { pod: "prometheus-kps-prometheus-0" };
const ALERTMANAGER = 'job="kps-alertmanager",namespace="monitoring",pod="alertmanager-kps-alertmanager-0"';
const OTHER = ALERTMANAGER.replace("-0", "-1");
const OPERATOR = 'job="kps-operator",namespace="monitoring",controller="prometheus"';

const TARGETS: readonly RuleCase[] = [
  {
    alert: "TargetDown",
    what: "one of five targets is down",
    series: {
      'up{job="model-servers",instance="a"}': "0x30",
      ...Object.fromEntries(["b", "c", "d", "e"].map((name) => [`up{job="model-servers",instance="${name}"}`, "1x30"])),
    },
    atMinutes: 15,
    fires: [{ job: "model-servers" }],
  },
  {
    alert: "TargetDown",
    what: "one of ten is down",
    series: {
      'up{job="model-servers",instance="a"}': "0x30",
      ...Object.fromEntries([..."bcdefghij"].map((name) => [`up{job="model-servers",instance="${name}"}`, "1x30"])),
    },
    atMinutes: 15,
    fires: [],
  },
  {
    alert: "ScrapeLimitExceeded",
    what: "a scrape had too many samples",
    series: { [`prometheus_target_scrapes_exceeded_sample_limit_total{${PROMETHEUS}}`]: "0x5 2x30" },
    atMinutes: 12,
    fires: [POD],
  },
  {
    alert: "ScrapeLimitExceeded",
    what: "that was an hour ago",
    series: { [`prometheus_target_scrapes_exceeded_sample_limit_total{${PROMETHEUS}}`]: "0x5 2x90" },
    atMinutes: 65,
    fires: [],
  },
  {
    alert: "SeriesGrowthHigh",
    what: "the model servers have 32,000 series, and had 20,000 before",
    series: { 'scrape_samples_post_metric_relabeling{job="model-servers",instance="a"}': "20000x130 32000x100" },
    atMinutes: 190,
    fires: [{ job: "model-servers" }],
  },
  {
    alert: "SeriesGrowthHigh",
    what: "nodes with 30,000 series by day and 10,000 at night, on the sixth morning",
    series: { 'scrape_samples_post_metric_relabeling{job="node-exporter",instance="a"}': offHours("10000", "30000") },
    intervalMinutes: 30,
    atMinutes: MORNING_MINUTES,
    fires: [],
  },
  {
    alert: "SeriesGrowthHigh",
    what: "they have 30,000 by day as a rule, and 46,000 on the sixth morning",
    series: {
      'scrape_samples_post_metric_relabeling{job="node-exporter",instance="a"}': offHours("10000", "30000", "46000"),
    },
    intervalMinutes: 30,
    atMinutes: MORNING_MINUTES,
    fires: [{ job: "node-exporter" }],
  },
  {
    alert: "SeriesGrowthHigh",
    what: "28,000 after 20,000, and 15,000 after 5,000",
    series: {
      'scrape_samples_post_metric_relabeling{job="model-servers",instance="a"}': "20000x130 28000x100",
      'scrape_samples_post_metric_relabeling{job="grafana",instance="a"}': "5000x130 15000x100",
    },
    atMinutes: 190,
    fires: [],
  },
  {
    alert: "KubeStateMetricsMissing",
    what: "only the port that tells of itself answers",
    series: {
      'kube_node_info{job="kube-state-metrics",instance="a:8080",node="n1"}': "1x3 stale",
      'up{job="kube-state-metrics",instance="a:8080"}': "1x3 0x40",
      'up{job="kube-state-metrics",instance="a:8081"}': "1x43",
    },
    atMinutes: 16,
    fires: [{ severity: "critical" }],
  },
  {
    alert: "KubeStateMetricsMissing",
    what: "its pod moves to another node within nine minutes",
    series: {
      'kube_node_info{job="kube-state-metrics",instance="a:8080",node="n1"}': "1x3 stale",
      'kube_node_info{job="kube-state-metrics",instance="b:8080",node="n1"}': "_x13 1x40",
    },
    atMinutes: 25,
    fires: [],
  },
  {
    alert: "CostExporterMissing",
    what: "no node has a price",
    series: { 'up{job="opencost"}': "1x40" },
    atMinutes: 20,
    fires: [{ severity: "warning" }],
  },
  {
    alert: "CostExporterMissing",
    what: "nodes have prices",
    series: { 'node_total_hourly_cost{job="opencost",node="n1"}': "1x40" },
    atMinutes: 20,
    fires: [],
  },
  {
    alert: "GrafanaDown",
    what: "no replica is available",
    series: {
      'kube_deployment_status_replicas_available{job="kube-state-metrics",namespace="monitoring",deployment="grafana"}':
        "1x3 0x30",
    },
    atMinutes: 15,
    fires: [{ namespace: "monitoring", deployment: "grafana" }],
  },
  {
    alert: "GrafanaDown",
    what: "one of two is, and that of a team is down",
    series: {
      'kube_deployment_status_replicas_available{job="kube-state-metrics",namespace="monitoring",deployment="grafana"}':
        "1x30",
      'kube_deployment_status_replicas_available{job="kube-state-metrics",namespace="team",deployment="grafana"}':
        "0x30",
    },
    atMinutes: 25,
    fires: [],
  },
];

const GROUP = 'rule_group="/etc/prometheus/rules/gpu.yaml;gpu-health"';
const CLAIM =
  'job="kubelet",namespace="monitoring",persistentvolumeclaim="prometheus-kps-prometheus-db-prometheus-kps-prometheus-0"';
const REMOTE = `${PROMETHEUS},remote_name="a1b2c3",url="https://store/api/v1/push"`;
const REMOTE_LABELS = { ...POD, remote_name: "a1b2c3" };

const PROMETHEUS_CASES: readonly RuleCase[] = [
  {
    alert: "Watchdog",
    what: "nothing at all",
    series: {},
    atMinutes: 1,
    fires: [{ severity: "info", area: "monitoring" }],
  },
  {
    alert: "RuleEvaluationFailing",
    what: "a group fails for twenty minutes",
    series: { [`prometheus_rule_evaluation_failures_total{${PROMETHEUS},${GROUP}}`]: "0+2x40" },
    atMinutes: 20,
    fires: [{ ...POD, severity: "critical" }],
  },
  {
    alert: "RuleEvaluationFailing",
    what: "it failed at a start of Prometheus",
    series: { [`prometheus_rule_evaluation_failures_total{${PROMETHEUS},${GROUP}}`]: "0 1 2x40" },
    atMinutes: 20,
    fires: [],
  },
  {
    alert: "RuleEvaluationSlow",
    what: "every second evaluation is left out",
    series: { [`prometheus_rule_group_iterations_missed_total{${PROMETHEUS},${GROUP}}`]: "0+1x60" },
    atMinutes: 30,
    fires: [POD],
  },
  {
    alert: "RuleEvaluationSlow",
    what: "two were",
    series: { [`prometheus_rule_group_iterations_missed_total{${PROMETHEUS},${GROUP}}`]: "0x5 2x60" },
    atMinutes: 18,
    fires: [],
  },
  {
    alert: "PrometheusStorageFilling",
    what: "93% of its volume",
    series: {
      [`kubelet_volume_stats_used_bytes{${CLAIM}}`]: "93x30",
      [`kubelet_volume_stats_capacity_bytes{${CLAIM}}`]: "100x30",
    },
    atMinutes: 15,
    fires: [{ namespace: "monitoring", severity: "critical" }],
  },
  {
    alert: "PrometheusStorageFilling",
    what: "91%, and a full volume of something else",
    series: {
      [`kubelet_volume_stats_used_bytes{${CLAIM}}`]: "91x30",
      [`kubelet_volume_stats_capacity_bytes{${CLAIM}}`]: "100x30",
      'kubelet_volume_stats_used_bytes{job="kubelet",namespace="monitoring",persistentvolumeclaim="storage-loki-0"}':
        "99x30",
      'kubelet_volume_stats_capacity_bytes{job="kubelet",namespace="monitoring",persistentvolumeclaim="storage-loki-0"}':
        "100x30",
    },
    atMinutes: 25,
    fires: [],
  },
  {
    alert: "PrometheusTsdbFailing",
    what: "blocks are not joined",
    series: { [`prometheus_tsdb_compactions_failed_total{${PROMETHEUS}}`]: "0x5 1x60" },
    atMinutes: 45,
    fires: [POD],
  },
  {
    alert: "PrometheusTsdbFailing",
    what: "all is done",
    series: {
      [`prometheus_tsdb_compactions_failed_total{${PROMETHEUS}}`]: "3x60",
      [`prometheus_tsdb_wal_corruptions_total{${PROMETHEUS}}`]: "0x60",
    },
    atMinutes: 50,
    fires: [],
  },
  {
    alert: "RemoteWriteBehind",
    what: "three minutes behind",
    series: {
      [`prometheus_remote_storage_queue_highest_timestamp_seconds{${REMOTE}}`]: "1000+60x40",
      [`prometheus_remote_storage_queue_highest_sent_timestamp_seconds{${REMOTE}}`]: "820+60x40",
    },
    atMinutes: 20,
    fires: [REMOTE_LABELS],
  },
  {
    alert: "RemoteWriteBehind",
    what: "samples are refused",
    series: { [`prometheus_remote_storage_samples_failed_total{${REMOTE}}`]: "0+5x40" },
    atMinutes: 25,
    fires: [REMOTE_LABELS],
  },
  {
    alert: "RemoteWriteBehind",
    what: "one minute behind, and nothing fails",
    series: {
      [`prometheus_remote_storage_queue_highest_timestamp_seconds{${REMOTE}}`]: "1000+60x40",
      [`prometheus_remote_storage_queue_highest_sent_timestamp_seconds{${REMOTE}}`]: "940+60x40",
      [`prometheus_remote_storage_samples_failed_total{${REMOTE}}`]: "5x40",
    },
    atMinutes: 30,
    fires: [],
  },
  {
    alert: "PrometheusOperatorFailing",
    what: "a fifth of its work fails",
    series: {
      [`prometheus_operator_reconcile_operations_total{${OPERATOR}}`]: "0+10x60",
      [`prometheus_operator_reconcile_errors_total{${OPERATOR}}`]: "0+2x60",
    },
    atMinutes: 30,
    fires: [{ controller: "prometheus" }],
  },
  {
    alert: "PrometheusOperatorFailing",
    what: "one of twenty",
    series: {
      [`prometheus_operator_reconcile_operations_total{${OPERATOR}}`]: "0+20x60",
      [`prometheus_operator_reconcile_errors_total{${OPERATOR}}`]: "0+1x60",
    },
    atMinutes: 30,
    fires: [],
  },
  {
    alert: "MonitoringObjectRejected",
    what: "a rule does not make sense",
    series: {
      [`prometheus_operator_managed_resources{${OPERATOR},resource="PrometheusRule",state="rejected"}`]: "1x30",
    },
    atMinutes: 12,
    fires: [{ controller: "prometheus", resource: "PrometheusRule" }],
  },
  {
    alert: "MonitoringObjectRejected",
    what: "all are taken",
    series: {
      [`prometheus_operator_managed_resources{${OPERATOR},resource="PrometheusRule",state="rejected"}`]: "0x30",
      [`prometheus_operator_managed_resources{${OPERATOR},resource="PrometheusRule",state="selected"}`]: "40x30",
    },
    atMinutes: 12,
    fires: [],
  },
];

const SLACK = `${ALERTMANAGER},integration="slack"`;

const ALERTMANAGER_CASES: readonly RuleCase[] = [
  {
    alert: "AlertmanagerUnreachable",
    what: "no Alertmanager is found",
    series: { [`prometheus_notifications_alertmanagers_discovered{${PROMETHEUS}}`]: "2x3 0x40" },
    atMinutes: 22,
    fires: [{ ...POD, severity: "critical" }],
  },
  {
    alert: "AlertmanagerUnreachable",
    what: "notifications are thrown away",
    series: {
      [`prometheus_notifications_alertmanagers_discovered{${PROMETHEUS}}`]: "2x40",
      [`prometheus_notifications_dropped_total{${PROMETHEUS}}`]: "0+1x40",
    },
    atMinutes: 20,
    fires: [POD],
  },
  {
    alert: "AlertmanagerUnreachable",
    what: "one is found, and some were thrown away long ago",
    series: {
      [`prometheus_notifications_alertmanagers_discovered{${PROMETHEUS}}`]: "1x40",
      [`prometheus_notifications_dropped_total{${PROMETHEUS}}`]: "7x40",
    },
    atMinutes: 20,
    fires: [],
  },
  {
    alert: "NotificationsFailing",
    what: "Slack refuses one of ten",
    series: {
      [`alertmanager_notifications_total{${SLACK}}`]: "0+10x40",
      [`alertmanager_notifications_failed_total{${SLACK},reason="clientError"}`]: "0+1x40",
    },
    atMinutes: 25,
    fires: [{ integration: "slack", severity: "critical" }],
  },
  {
    alert: "NotificationsFailing",
    what: "two of the only two fail",
    series: {
      [`alertmanager_notifications_total{${SLACK}}`]: "0x5 1x5 2x40",
      [`alertmanager_notifications_failed_total{${SLACK},reason="serverError"}`]: "0x5 1x5 2x40",
    },
    atMinutes: 18,
    fires: [],
  },
  {
    alert: "NotificationsFailing",
    what: "three of the only three fail",
    series: {
      [`alertmanager_notifications_total{${SLACK}}`]: "0x5 1x2 2x2 3x40",
      [`alertmanager_notifications_failed_total{${SLACK},reason="serverError"}`]: "0x5 1x2 2x2 3x40",
    },
    atMinutes: 18,
    fires: [{ integration: "slack" }],
  },
  {
    alert: "NotificationsFailing",
    what: "one of fifty, and a receiver that has had nothing to send",
    series: {
      [`alertmanager_notifications_total{${SLACK}}`]: "0+50x40",
      [`alertmanager_notifications_failed_total{${SLACK},reason="other"}`]: "0+1x40",
      [`alertmanager_notifications_total{${ALERTMANAGER},integration="email"}`]: "0x40",
      [`alertmanager_notifications_failed_total{${ALERTMANAGER},integration="email",reason="other"}`]: "0x40",
    },
    atMinutes: 25,
    fires: [],
  },
  {
    alert: "MonitoringConfigNotLoaded",
    what: "Alertmanager does not take its new configuration",
    series: { [`alertmanager_config_last_reload_successful{${ALERTMANAGER}}`]: "1x3 0x40" },
    atMinutes: 22,
    fires: [{ pod: "alertmanager-kps-alertmanager-0" }],
  },
  {
    alert: "MonitoringConfigNotLoaded",
    what: "the second try succeeds",
    series: { [`prometheus_config_last_reload_successful{${PROMETHEUS}}`]: "1x3 0x4 1x40" },
    atMinutes: 22,
    fires: [],
  },
  {
    alert: "AlertmanagerClusterIncomplete",
    what: "two replicas, and one sees itself alone",
    series: {
      [`alertmanager_cluster_members{${ALERTMANAGER}}`]: "1x40",
      [`alertmanager_cluster_members{${OTHER}}`]: "2x40",
    },
    atMinutes: 20,
    fires: [{ pod: "alertmanager-kps-alertmanager-0" }],
  },
  {
    alert: "AlertmanagerClusterIncomplete",
    what: "they see one another",
    series: {
      [`alertmanager_cluster_members{${ALERTMANAGER}}`]: "2x40",
      [`alertmanager_cluster_members{${OTHER}}`]: "2x40",
    },
    atMinutes: 20,
    fires: [],
  },
];

/** For each alert of the monitoring itself what raises it, and what comes near and does not; `Watchdog` is never quiet. */
export const cases: readonly RuleCase[] = [...TARGETS, ...PROMETHEUS_CASES, ...ALERTMANAGER_CASES];
