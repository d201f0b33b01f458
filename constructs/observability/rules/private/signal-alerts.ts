import type { AlertRule } from "../rule";
import type { RuleSettings } from "../rule-settings";
import { promql } from "./promql";

const BASE = { area: "monitoring", severity: "warning", dashboard: { name: "monitoring" } } as const;
/** A day more than a week, which is how often jobs run that run seldom. */
const STALE_DAYS = 8;
/** How old the pushes of model monitors may be is said for each model, and told of by ModelMonitorStale. */
const WITHOUT_MAXIMUM_AGE = 'push_time_seconds{job!="model-monitor"}';

/** What runs beside the metrics and is noticed late when it breaks: pushed series, logs, traces, certificates and secrets. */
export function signalAlerts({ components }: RuleSettings): readonly AlertRule[] {
  return [
    PUSHGATEWAY_STALE,
    ...(components.logs ? LOGS : []),
    ...(components.tracing ? [TRACES_DROPPED] : []),
    ...(components.certManager ? CERTIFICATES : []),
    ...(components.externalSecrets ? [SECRET_NOT_SYNCED] : []),
  ];
}

const PUSHGATEWAY_STALE: AlertRule = {
  ...BASE,
  alert: "PushgatewayStale",
  expression: promql`
    (time() - ${WITHOUT_MAXIMUM_AGE} > ${STALE_DAYS * 86_400} and ${WITHOUT_MAXIMUM_AGE} > 0)
    or push_failure_time_seconds > push_time_seconds`,
  forMinutes: 15,
  summary: "What job {{ $labels.job }} has pushed is old, or its last push was refused",
  description: `The push gateway hands out what was pushed last, for ever. A group that nobody has renewed for ${STALE_DAYS} days shows what is no longer so; a refused push means that the job's new results are missing.`,
};

const LOGS: readonly AlertRule[] = [
  {
    ...BASE,
    alert: "LogsDropped",
    expression: promql`
      sum by (reason) (increase(loki_write_dropped_entries_total[15m])) > 0
      or sum by (reason) (increase(loki_discarded_samples_total[15m])) > 0`,
    forMinutes: 15,
    summary: "{{ $value | humanize }} log lines were dropped in 15 minutes: {{ $labels.reason }}",
    description:
      "Lines that Alloy could not deliver, or that Loki refused, are gone. They tend to be those of the busiest pods.",
  },
  {
    ...BASE,
    alert: "LogStoreErrors",
    expression: promql`
      sum(rate(loki_request_duration_seconds_count{status_code=~"5.."}[5m]))
      / sum(rate(loki_request_duration_seconds_count[5m])) > 0.1`,
    forMinutes: 15,
    summary: "Loki fails {{ $value | humanizePercentage }} of its requests",
    description:
      "Logs cannot be read, or are not stored. Alloy keeps trying for some minutes and then drops what it has.",
  },
];

const TRACES_DROPPED: AlertRule = {
  ...BASE,
  alert: "TracesDropped",
  severity: "info",
  expression: "sum by (reason) (increase(tempo_discarded_spans_total[15m])) > 0",
  forMinutes: 30,
  summary: "{{ $value | humanize }} spans were dropped in 15 minutes: {{ $labels.reason }}",
  description: "Tempo refuses spans: traces have holes, or are missing.",
};

/** cert-manager's own label for the namespace is renamed, since the scraped pod has one too. */
const CERTIFICATE = "exported_namespace, name";

const CERTIFICATES: readonly AlertRule[] = [
  {
    ...BASE,
    alert: "CertificateRenewalOverdue",
    expression: promql`
      max by (${CERTIFICATE}) (
        time() - (certmanager_certificate_renewal_timestamp_seconds > 0)
      ) > 6 * 3600`,
    forMinutes: 10,
    summary:
      "Certificate {{ $labels.exported_namespace }}/{{ $labels.name }} should have been renewed {{ $value | humanizeDuration }} ago",
    description: "cert-manager tries and does not succeed. The certificate still holds until it expires.",
  },
  {
    ...BASE,
    alert: "CertificateExpiring",
    severity: "critical",
    expression: promql`
      min by (${CERTIFICATE}) (
        (certmanager_certificate_expiration_timestamp_seconds > 0) - time()
      ) < 24 * 3600
      and on (${CERTIFICATE}) max by (${CERTIFICATE}) (
        time() - (certmanager_certificate_renewal_timestamp_seconds > 0)
      ) > 3600`,
    forMinutes: 10,
    summary:
      "Certificate {{ $labels.exported_namespace }}/{{ $labels.name }} expires in {{ $value | humanizeDuration }} and is not renewed",
    description:
      "When it has expired, connections to what it serves fail. A webhook with an expired certificate keeps objects of its kind from being made in the whole cluster.",
  },
];

const SECRET_NOT_SYNCED: AlertRule = {
  ...BASE,
  alert: "ExternalSecretNotSynced",
  expression: promql`
    max by (exported_namespace, name) (externalsecret_status_condition{condition="Ready",status="False"}) == 1`,
  forMinutes: 15,
  summary: "Secret {{ $labels.exported_namespace }}/{{ $labels.name }} is not kept up to date",
  description:
    "External Secrets cannot read the secret in AWS. The Kubernetes secret stays as it was, or is missing; a rotated password does not get to the pods.",
};
