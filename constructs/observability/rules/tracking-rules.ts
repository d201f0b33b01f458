import type { AlertRule, RecordingRule, RuleGroup } from "./rule";
import type { RuleSettings } from "./rule-settings";

/** MLflow, where there is one. */
export function trackingRules({ components, thresholds }: RuleSettings): readonly RuleGroup[] {
  if (!components.tracking) return [];
  return [
    { name: "tracking", recording: recording(), alerts: [down(), errors(thresholds.trackingErrorRatio), slow()] },
  ];
}

/** Requests a second under which shares and percentiles say little: three a minute. */
const LEAST_RATE = 0.05;
/** Seconds, 95th percentile. Uploads of artifacts through the server are in it, so less would be alarm at every large model. */
const SLOW_SECONDS = 5;
const DASHBOARD = { name: "mlflow" } as const;

/** @see https://mlflow.org/docs/latest/self-hosting/monitoring/ for the names; `/health` and `/version` are left out by MLflow */
function recording(): readonly RecordingRule[] {
  const all = "sum(rate(mlflow_http_request_total[5m]))";
  const failed = 'sum(rate(mlflow_http_request_total{status=~"5.."}[5m]))';
  const buckets = "sum by (le) (rate(mlflow_http_request_duration_seconds_bucket[5m]))";
  return [
    {
      record: "mlflow:requests:rate5m",
      expression: "sum by (status) (rate(mlflow_http_request_total[5m]))",
      about: "Requests to MLflow a second over five minutes, by HTTP status.",
    },
    {
      record: "mlflow:request_errors:ratio_rate5m",
      expression: `(${failed} or 0 * ${all}) / (${all} > 0)`,
      about: "Share of requests that MLflow failed over five minutes, 0 to 1; nothing where there were no requests.",
    },
    {
      record: "mlflow:request_latency_seconds:p95",
      expression: `histogram_quantile(0.95, ${buckets}) >= 0`,
      about: "Seconds within which MLflow answered 95 percent of the requests of five minutes.",
    },
  ];
}

function down(): AlertRule {
  return {
    alert: "MlflowDown",
    severity: "critical",
    area: "tracking",
    expression: 'sum(up{job="mlflow"}) == 0 or absent(up{job="mlflow"})',
    forMinutes: 5,
    summary: "No server of MLflow answers",
    description:
      "Training runs cannot log and stop with an error once their retries are used up, with the GPU hours they have cost; models cannot be looked up in the registry.",
    dashboard: DASHBOARD,
  };
}

function errors(ratio: number): AlertRule {
  return {
    alert: "MlflowErrors",
    severity: "warning",
    area: "tracking",
    expression: `mlflow:request_errors:ratio_rate5m > ${ratio} and sum(mlflow:requests:rate5m) > ${LEAST_RATE}`,
    forMinutes: 10,
    summary: "MLflow fails {{ $value | humanizePercentage }} of its requests",
    description:
      "Clients try again, so runs go on more slowly at first; metrics and artifacts get lost when the retries are used up. Most often it is the database or the store of artifacts.",
    dashboard: DASHBOARD,
  };
}

function slow(): AlertRule {
  return {
    alert: "MlflowSlow",
    severity: "warning",
    area: "tracking",
    expression: `mlflow:request_latency_seconds:p95 > ${SLOW_SECONDS} and sum(mlflow:requests:rate5m) > ${LEAST_RATE}`,
    forMinutes: 15,
    summary: "MLflow takes {{ $value | humanizeDuration }} to answer",
    description:
      "Training waits wherever it logs without a queue of its own: a metric at every step makes a GPU stand still for as long.",
    dashboard: DASHBOARD,
  };
}
