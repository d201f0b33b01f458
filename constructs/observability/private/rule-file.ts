import type { AlertRule, DashboardLink, RecordingRule, RuleGroup } from "../rules/rule";

/** Where the links of alerts lead. */
export interface RuleLinks {
  /**
   * Address of Grafana, `https://…` without a slash at its end.
   *
   * @default - alerts have no link to a dashboard
   */
  readonly grafana?: string;
  /** Address of the folder with the runbooks, `https://…`, or its path in the repository; without a slash at its end. */
  readonly runbooks: string;
}

/** A rule as Prometheus reads it. */
export type PrometheusRule = PrometheusRecordingRule | PrometheusAlertRule;

/** A recording rule as Prometheus reads it. */
export interface PrometheusRecordingRule {
  readonly record: string;
  readonly expr: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/** An alert as Prometheus reads it. */
export interface PrometheusAlertRule {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly keep_firing_for?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** A group as Prometheus reads it. */
export interface PrometheusRuleGroup {
  readonly name: string;
  readonly interval: string;
  readonly rules: readonly PrometheusRule[];
}

/** A file of rules as Prometheus reads it, before it is written as YAML or JSON. */
export interface PrometheusRuleFile {
  readonly groups: readonly PrometheusRuleGroup[];
}

/**
 * Rules as a rule file of Prometheus: what `promtool check rules` takes. Nothing is checked: `AlertRules` does that.
 *
 * @see https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/
 */
export function prometheusRuleFile(groups: readonly RuleGroup[], links: RuleLinks): PrometheusRuleFile {
  return { groups: groups.map((group) => ruleGroup(group, links)) };
}

/** Name of an alert's runbook: `gpu-xid-error` for `GpuXidError`. */
export function runbookName(alert: string): string {
  return alert.replace(/([a-z0-9])([A-Z])/g, "$1-$2").toLowerCase();
}

function ruleGroup({ name, intervalSeconds = 30, recording, alerts }: RuleGroup, links: RuleLinks) {
  return {
    name,
    interval: `${intervalSeconds}s`,
    rules: [...recording.map(recordingRule), ...alerts.map((alert) => alertRule(alert, links))],
  };
}

function recordingRule({ record, expression, labels }: RecordingRule): PrometheusRecordingRule {
  return { record, expr: expression, ...(labels !== undefined && { labels }) };
}

function alertRule(rule: AlertRule, { grafana, runbooks }: RuleLinks): PrometheusAlertRule {
  const { alert, expression, forMinutes = 0, keepFiringForMinutes = 0, dashboard } = rule;
  return {
    alert,
    expr: expression,
    ...(forMinutes > 0 && { for: `${forMinutes}m` }),
    ...(keepFiringForMinutes > 0 && { keep_firing_for: `${keepFiringForMinutes}m` }),
    labels: { ...rule.labels, severity: rule.severity, area: rule.area },
    annotations: {
      summary: rule.summary,
      description: rule.description,
      runbook_url: `${runbooks}/${runbookName(alert)}.md`,
      ...(grafana !== undefined && dashboard !== undefined && { dashboard_url: dashboardUrl(grafana, dashboard) }),
    },
  };
}

/** Prometheus fills the labels in when the alert fires, as parts of a query. */
function dashboardUrl(grafana: string, { name, variables = {} }: DashboardLink): string {
  const query = Object.entries(variables).map(
    ([variable, label]) => `var-${encodeURIComponent(variable)}={{ $labels.${label} | urlquery }}`,
  );
  return `${grafana}/d/${name}${query.length > 0 ? `?${query.join("&")}` : ""}`;
}
