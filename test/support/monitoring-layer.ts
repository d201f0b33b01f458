import type { ManifestObject } from "../../constructs/kubernetes/manifest-object";
import { valuesOf } from "./releases";
import { renderedObjects, renderedRules } from "./rendered-rules";
import type { RenderedGroup } from "./rule-tests";
import type { Synthesized } from "./synth";

/** What a synthesised stack gives to Prometheus and Alertmanager. */
export interface MonitoringLayer {
  readonly rules: readonly RenderedGroup[];
  /** Labels that Prometheus puts on what leaves it. */
  readonly externalLabels: Readonly<Record<string, string>>;
  /** Alertmanager's configuration, as the chart puts it into a secret. */
  readonly alertmanager: Readonly<Record<string, unknown>>;
  /** Templates of notifications, by the name of the file. */
  readonly templates: Readonly<Record<string, string>>;
  /** Monitors by name: those that constructs make, and that of dcgm-exporter, which its chart makes of values. */
  readonly monitors: Readonly<Record<"model-servers" | "push-gateway" | "dcgm-exporter", ManifestObject>>;
}

/** What stands in the observability stack of a platform. */
export function monitoringLayer(stack: Synthesized): MonitoringLayer {
  const releases = Object.values(stack.resources("helm_release"));
  const objects = renderedObjects(stack);
  const valuesOfChart = (chart: string): Record<string, Record<string, unknown>> =>
    valuesOf(releases.find(({ name }) => name === chart)!) as Record<string, Record<string, unknown>>;
  const { prometheus, alertmanager } = valuesOfChart("kube-prometheus-stack");
  const named = (name: string): ManifestObject =>
    objects.find(({ kind, metadata }) => /Monitor$/.test(kind) && metadata.name === name)!;
  return {
    rules: renderedRules(stack),
    externalLabels: (prometheus!["prometheusSpec"] as { readonly externalLabels: Record<string, string> })
      .externalLabels,
    alertmanager: alertmanager!["config"] as Record<string, unknown>,
    templates: alertmanager!["templateFiles"] as Record<string, string>,
    monitors: {
      "model-servers": named("model-servers"),
      "push-gateway": named("push-gateway"),
      "dcgm-exporter": dcgmMonitor(valuesOfChart("dcgm-exporter")),
    },
  };
}

/** As templates/service-monitor.yaml of the chart makes it of its values. */
function dcgmMonitor({ serviceMonitor }: Record<string, Record<string, unknown>>): ManifestObject {
  const { interval, honorLabels, relabelings } = serviceMonitor!;
  const endpoint = { port: "metrics", path: "/metrics", interval, honorLabels, relabelings };
  return {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "ServiceMonitor",
    metadata: { name: "dcgm-exporter", namespace: "monitoring-agents" },
    spec: { selector: { matchLabels: { "app.kubernetes.io/name": "dcgm-exporter" } }, endpoints: [endpoint] },
  };
}
