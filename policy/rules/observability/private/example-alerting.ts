import type { TerraformJson } from "../../../engine/rule";
import { helmRelease } from "../../helm/private/example-release";

/** A release of the stack of Prometheus with this configuration of Alertmanager, for examples. */
export function alerting(config: Readonly<Record<string, unknown>>): TerraformJson {
  return helmRelease({ chart: "kube-prometheus-stack" }, { alertmanager: { config } });
}

/** Receivers of which `chat` tells somebody and `nobody` does not. */
export const RECEIVERS = [
  { name: "chat", slack_configs: [{ channel: "#alerts", api_url_file: "/etc/alertmanager/secrets/alerts/chat" }] },
  { name: "nobody" },
] as const;

/** A group with one alert, as an object of the Prometheus operator. */
export function alertRule(alert: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "PrometheusRule",
    metadata: { name: "alerts", namespace: "monitoring" },
    spec: { groups: [{ name: "alerts", rules: [{ alert: "TargetDown", expr: "up == 0", ...alert }] }] },
  };
}
