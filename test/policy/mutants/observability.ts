import { at, put, resourceOf } from "./mutant";
import type { Block, CompliantEnvironment, Mutant } from "./mutant";

/** Changes one of the values of a release of our own observability layer. */
function value(rule: string, what: string, [name, path]: readonly [string, string], to: unknown): Mutant {
  return {
    rule,
    what,
    change: (environment) => {
      const release = resourceOf(environment, "helm_release", name);
      const values = JSON.parse((release.values as string[])[0]!) as Block;
      put(values, path, typeof to === "function" ? (to as (before: unknown) => unknown)(at(values, path)) : to);
      release.values = [JSON.stringify(values)];
    },
  };
}

/** Changes the first alert of our own rules with that severity. */
function alert(rule: string, what: string, severity: string, change: (alert: Block) => void): Mutant {
  return {
    rule,
    what,
    change: (environment) => {
      const groups = environment.objects
        .filter(({ kind }) => kind === "PrometheusRule")
        .flatMap((object) => at(object, "spec.groups") as Block[]);
      const alerts = groups.flatMap(({ rules }) => rules as Block[]);
      change(alerts.find((one) => at(one, "labels.severity") === severity)!);
    },
  };
}

const PROMETHEUS = "Prometheus_Chart";
const ROUTE = "alertmanager.config.route";
const HEARTBEAT = { matchers: ['alertname="Watchdog"'], receiver: "chat", repeat_interval: "5m" };

export const mutants: readonly Mutant[] = [
  value(
    "FD-OBS-001",
    "warnings go to nobody",
    ["monitoring", `${ROUTE}.routes`],
    [{ matchers: ['severity="warning"'], receiver: "nobody" }, HEARTBEAT],
  ),
  value(
    "FD-OBS-002",
    "the heartbeat is swallowed",
    ["monitoring", `${ROUTE}.routes`],
    [{ matchers: ['alertname="Watchdog"'], receiver: "nobody" }],
  ),
  value(
    "FD-OBS-002",
    "the heartbeat is as rare as any other alert",
    ["monitoring", `${ROUTE}.routes`],
    [{ matchers: ['alertname="Watchdog"'], receiver: "chat" }],
  ),
  value(
    "FD-OBS-002",
    "the heartbeat is repeated only when its group is looked at",
    ["monitoring", `${ROUTE}.routes`],
    [{ ...HEARTBEAT, group_interval: "1h30m" }],
  ),
  value(
    "FD-OBS-003",
    "an integration key stands in the configuration",
    ["monitoring", "alertmanager.config.receivers"],
    [{ name: "chat", pagerduty_configs: [{ routing_key: "an integration key" }] }],
  ),
  alert("FD-OBS-004", "an alert has a severity of its own", "warning", (one) => put(one, "labels.severity", "urgent")),
  alert("FD-OBS-005", "an alert that wakes somebody has no runbook", "critical", (one) =>
    put(one, "annotations.runbook_url", undefined),
  ),
  value(
    "FD-OBS-006",
    "rules of other releases are not seen",
    [PROMETHEUS, "prometheus.prometheusSpec.ruleSelectorNilUsesHelmValues"],
    undefined,
  ),
  value(
    "FD-OBS-007",
    "silences go with the pod",
    [PROMETHEUS, "alertmanager.alertmanagerSpec.storage.volumeClaimTemplate"],
    undefined,
  ),
  {
    rule: "FD-OBS-008",
    what: "anybody may look at the dashboards",
    change: (environment: CompliantEnvironment): void => {
      const release = resourceOf(environment, "helm_release", "Grafana_Chart");
      const values = JSON.parse((release.values as string[])[0]!) as Block;
      const ini = values["grafana.ini"] as Block;
      ini["auth.anonymous"] = { enabled: true };
      release.values = [JSON.stringify(values)];
    },
  },
  value("FD-OBS-009", "logs are kept on the disk of the pod", ["Logs_Loki", "loki.storage.type"], "filesystem"),
  value("FD-OBS-010", "logs are kept for ever", ["Logs_Loki", "loki.compactor.retention_enabled"], false),
  value("FD-OBS-011", "the GPU exporter tolerates no taint", ["GpuExporter_Chart", "tolerations"], []),
  value(
    "FD-OBS-012",
    "samples leave in clear text",
    ["monitoring", "prometheus.prometheusSpec.remoteWrite"],
    [{ url: "http://metrics.example.com/api/v1/write" }],
  ),
];
