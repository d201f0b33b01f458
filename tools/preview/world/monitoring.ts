import { around } from "./noise";
import type { Moment, Sink } from "./sink";
import type { Target } from "./target";

/** What monitoring says of itself. */
export function monitoringTargets(): readonly Target[] {
  const tells: Readonly<Record<string, Target["tell"]>> = {
    "kps-prometheus": tellPrometheus,
    "kps-alertmanager": tellAlertmanager,
    "kps-operator": tellOperator,
    grafana: (sink, moment) => {
      sink.counter(
        "grafana_http_request_duration_seconds_count",
        { status_code: "200" },
        around(2, 0.3, "grafana", moment) * moment.elapsed,
      );
    },
    loki: tellLoki,
    alloy: () => undefined,
    tempo: () => undefined,
    pushgateway: () => undefined,
  };
  return Object.entries(tells).map(([job, tell]) => ({
    job,
    labels: { instance: `${job}-0`, namespace: "monitoring", pod: `${job}-0` },
    tell,
  }));
}

function tellPrometheus(sink: Sink, moment: Moment): void {
  sink.gauge("prometheus_tsdb_head_series", {}, Math.round(around(118_000, 0.04, "head", moment)));
  sink.gauge("prometheus_build_info", { version: "3.14.0" }, 1);
  sink.counter(
    "prometheus_tsdb_head_samples_appended_total",
    { type: "float" },
    around(3_900, 0.03, "samples", moment) * moment.elapsed,
  );
  for (const what of [
    "compactions_failed",
    "reloads_failures",
    "wal_corruptions",
    "wal_writes_failed",
    "wal_truncations_failed",
  ]) {
    sink.counter(`prometheus_tsdb_${what}_total`, {}, 0);
  }
  for (const rule_group of ["gpu-devices", "serving-requests", "serving-objectives"]) {
    const labels = { rule_group };
    sink.counter("prometheus_rule_evaluation_failures_total", labels, 0);
    sink.counter("prometheus_rule_group_iterations_missed_total", labels, 0);
    sink.gauge("prometheus_rule_group_last_duration_seconds", labels, around(0.06, 0.3, rule_group, moment));
    sink.gauge("prometheus_rule_group_interval_seconds", labels, 30);
  }
  const alertmanager = "http://10.0.15.4:9093/api/v2/alerts";
  sink.counter("prometheus_notifications_sent_total", { alertmanager }, 0.1 * moment.elapsed);
  sink.counter("prometheus_notifications_errors_total", { alertmanager }, 0);
  sink.counter("prometheus_notifications_dropped_total", {}, 0);
  sink.gauge("prometheus_notifications_alertmanagers_discovered", {}, 2);
  sink.gauge("prometheus_config_last_reload_successful", {}, 1);
  sink.gauge("prometheus_tsdb_storage_blocks_bytes", {}, around(5.4e10, 0.01, "blocks", moment));
  for (const quantile of ["0.5", "0.9", "0.99"]) {
    const labels = { slice: "inner_eval", quantile };
    sink.gauge(
      "prometheus_engine_query_duration_seconds",
      labels,
      around(0.02 * (1 + Number(quantile)), 0.4, quantile, moment),
    );
  }
}

function tellAlertmanager(sink: Sink, moment: Moment): void {
  sink.gauge("alertmanager_config_last_reload_successful", {}, 1);
  sink.gauge("alertmanager_cluster_members", {}, 1);
  sink.gauge("alertmanager_alerts", { state: "active" }, 6);
  for (const integration of ["slack", "pagerduty", "webhook"]) {
    sink.counter(
      "alertmanager_notifications_total",
      { integration },
      (integration === "webhook" ? 0.02 : 0.002) * moment.elapsed,
    );
    sink.counter("alertmanager_notifications_failed_total", { integration, reason: "other" }, 0);
  }
}

function tellOperator(sink: Sink, moment: Moment): void {
  for (const controller of ["prometheus", "alertmanager"]) {
    sink.counter("prometheus_operator_reconcile_operations_total", { controller }, moment.elapsed / 90);
    sink.counter("prometheus_operator_reconcile_errors_total", { controller }, 0);
    for (const [state, count] of Object.entries({ selected: 31, rejected: 0 })) {
      sink.gauge("prometheus_operator_managed_resources", { controller, resource: "PrometheusRule", state }, count);
    }
  }
}

function tellLoki(sink: Sink, moment: Moment): void {
  sink.counter(
    "loki_distributor_bytes_received_total",
    { tenant: "fake" },
    around(900_000, 0.3, "loki", moment) * moment.elapsed,
  );
  sink.counter(
    "loki_request_duration_seconds_count",
    { route: "loki_api_v1_push", status_code: "204" },
    8 * moment.elapsed,
  );
}
