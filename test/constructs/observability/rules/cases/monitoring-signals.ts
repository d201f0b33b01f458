import type { RuleCase } from "../rule-case";

const CERTIFICATE =
  'namespace="cert-manager",exported_namespace="serving",name="chat-tls",issuer_name="internal",issuer_kind="ClusterIssuer"';
const RENEWAL = `certmanager_certificate_renewal_timestamp_seconds{${CERTIFICATE}}`;
const EXPIRATION = `certmanager_certificate_expiration_timestamp_seconds{${CERTIFICATE}}`;
const CERTIFICATE_LABELS = { exported_namespace: "serving", name: "chat-tls" };
const SECRET =
  'namespace="external-secrets",exported_namespace="tracking",name="mlflow-database",condition="Ready",status="False"';
/** The group of series that the monitor of a model pushes. */
const MONITOR = 'job="model-monitor",model="ranker"';
const DAY_MINUTES = 24 * 60;

/** Pushed series, logs, traces, certificates and secrets. */
export const cases: readonly RuleCase[] = [
  {
    alert: "PushgatewayStale",
    what: "the last push of a model monitor was refused",
    series: { [`push_time_seconds{${MONITOR}}`]: "60x60", [`push_failure_time_seconds{${MONITOR}}`]: "0x5 300x60" },
    atMinutes: 25,
    fires: [{ job: "model-monitor" }],
  },
  {
    alert: "PushgatewayStale",
    what: "its last push was taken, after a refused one",
    series: { [`push_time_seconds{${MONITOR}}`]: "120x320", [`push_failure_time_seconds{${MONITOR}}`]: "60x320" },
    atMinutes: 300,
    fires: [],
  },
  {
    alert: "PushgatewayStale",
    what: "a job of a team has pushed nothing for nine days",
    series: {
      'push_time_seconds{job="nightly-export",team="research"}': "60x20",
      'push_failure_time_seconds{job="nightly-export",team="research"}': "0x20",
    },
    intervalMinutes: 720,
    atMinutes: 9 * DAY_MINUTES,
    fires: [{ job: "nightly-export" }],
  },
  {
    alert: "PushgatewayStale",
    what: "a job of a team has pushed nothing for seven days, and a model monitor for nine, which ModelMonitorStale tells of",
    series: {
      'push_time_seconds{job="nightly-export",team="research"}': `${2 * DAY_MINUTES * 60}x20`,
      'push_failure_time_seconds{job="nightly-export",team="research"}': "0x20",
      [`push_time_seconds{${MONITOR}}`]: "60x20",
      [`push_failure_time_seconds{${MONITOR}}`]: "0x20",
    },
    intervalMinutes: 720,
    atMinutes: 9 * DAY_MINUTES,
    fires: [],
  },
  {
    alert: "LogsDropped",
    what: "Alloy gives lines up",
    series: {
      'loki_write_dropped_entries_total{namespace="monitoring-agents",pod="alloy-1",reason="ingester_error"}':
        "0+10x60",
    },
    atMinutes: 25,
    fires: [{ reason: "ingester_error" }],
  },
  {
    alert: "LogsDropped",
    what: "Loki refuses lines",
    series: { 'loki_discarded_samples_total{namespace="monitoring",tenant="fake",reason="rate_limited"}': "0+10x60" },
    atMinutes: 25,
    fires: [{ reason: "rate_limited" }],
  },
  {
    alert: "LogsDropped",
    what: "some were dropped while Loki started",
    series: {
      'loki_write_dropped_entries_total{namespace="monitoring-agents",pod="alloy-1",reason="ingester_error"}':
        "0x2 40x60",
    },
    atMinutes: 25,
    fires: [],
  },
  {
    alert: "LogStoreErrors",
    what: "an eighth of the requests fails",
    series: {
      'loki_request_duration_seconds_count{route="loki_api_v1_push",status_code="204"}': "0+70x60",
      'loki_request_duration_seconds_count{route="loki_api_v1_push",status_code="500"}': "0+10x60",
    },
    atMinutes: 25,
    fires: [{ severity: "warning" }],
  },
  {
    alert: "LogStoreErrors",
    what: "a fifteenth, and clients are told to wait",
    series: {
      'loki_request_duration_seconds_count{route="loki_api_v1_push",status_code="429"}': "0+70x60",
      'loki_request_duration_seconds_count{route="loki_api_v1_push",status_code="500"}': "0+5x60",
    },
    atMinutes: 25,
    fires: [],
  },
  {
    alert: "TracesDropped",
    what: "Tempo refuses spans for an hour",
    series: { 'tempo_discarded_spans_total{reason="rate_limited",tenant="single-tenant"}': "0+10x90" },
    atMinutes: 60,
    fires: [{ reason: "rate_limited", severity: "info" }],
  },
  {
    alert: "TracesDropped",
    what: "for ten minutes",
    series: { 'tempo_discarded_spans_total{reason="rate_limited",tenant="single-tenant"}': "0+10x10 100x90" },
    atMinutes: 60,
    fires: [],
  },
  {
    alert: "CertificateRenewalOverdue",
    what: "it should have been renewed seven hours ago",
    series: { [RENEWAL]: "3600x600", [EXPIRATION]: "2592000x600" },
    atMinutes: 490,
    fires: [CERTIFICATE_LABELS],
  },
  {
    alert: "CertificateRenewalOverdue",
    what: "five hours ago, and one that has never been made",
    series: { [RENEWAL]: "3600x600", [RENEWAL.replace("chat-tls", "new-tls")]: "0x600" },
    atMinutes: 360,
    fires: [],
  },
  {
    alert: "CertificateExpiring",
    what: "23 hours are left, and it has not been renewed",
    series: { [RENEWAL]: "60x600", [EXPIRATION]: "90000x600" },
    atMinutes: 120,
    fires: [{ ...CERTIFICATE_LABELS, severity: "critical" }],
  },
  {
    alert: "CertificateExpiring",
    what: "a certificate that lives for a day, and is renewed in twelve hours",
    series: { [RENEWAL]: "50000x600", [EXPIRATION]: "90000x600" },
    atMinutes: 120,
    fires: [],
  },
  {
    alert: "ExternalSecretNotSynced",
    what: "the secret cannot be read for a quarter of an hour",
    series: { [`externalsecret_status_condition{${SECRET}}`]: "0x3 1x40" },
    atMinutes: 22,
    fires: [{ exported_namespace: "tracking", name: "mlflow-database" }],
  },
  {
    alert: "ExternalSecretNotSynced",
    what: "it can be, after twelve minutes",
    series: { [`externalsecret_status_condition{${SECRET}}`]: "0x3 1x12 0x40" },
    atMinutes: 22,
    fires: [],
  },
];
