import type { AlertRouting } from "../../constructs/observability/alert-receivers";
import { AlertRules } from "../../constructs/observability/alert-rules";
import { DcgmExporter } from "../../constructs/observability/dcgm-exporter";
import { ModelServerMonitor } from "../../constructs/observability/model-server-monitor";
import { PrometheusStack } from "../../constructs/observability/prometheus-stack";
import { PushGateway } from "../../constructs/observability/push-gateway";
import { platformRules } from "../../constructs/observability/rules/platform-rules";
import type { ManifestObject } from "../../constructs/kubernetes/manifest-object";
import { FULL_SETTINGS } from "../constructs/observability/rules/full-settings";
import { importedCluster } from "./cluster";
import { addGpuPool, namespace, objectsOf, synthesizeReleases, valuesOf } from "./releases";
import type { RenderedGroup } from "./rule-tests";

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

const LINKS = { grafana: "https://grafana.example.com", runbooks: "https://example.com/runbooks" };

/** The layer with everything in it, as it is synthesised. */
export function monitoringLayer(alerting: AlertRouting): MonitoringLayer {
  const out = synthesizeReleases((stack) => {
    const cluster = importedCluster(stack);
    addGpuPool(cluster, "l40s");
    const monitoring = namespace(stack, "monitoring");
    const agents = namespace(stack, "monitoring-agents");
    new PrometheusStack(stack, "Prometheus", { cluster, namespace: monitoring, agentsNamespace: agents, alerting });
    new AlertRules(stack, "Rules", {
      cluster,
      namespace: monitoring,
      groups: platformRules(FULL_SETTINGS),
      links: LINKS,
    });
    new ModelServerMonitor(stack, "ModelServers", { namespace: monitoring });
    new PushGateway(stack, "PushGateway", { cluster, namespace: monitoring });
    new DcgmExporter(stack, "Dcgm", { cluster, namespace: agents });
  });
  const releases = Object.values(out.resources("helm_release"));
  const objects = releases.flatMap((release) => objectsOf(release) ?? []);
  const valuesOfChart = (chart: string): Record<string, Record<string, unknown>> =>
    valuesOf(releases.find(({ name }) => name === chart)!) as Record<string, Record<string, unknown>>;
  const { prometheus, alertmanager } = valuesOfChart("kube-prometheus-stack");
  const named = (name: string): ManifestObject =>
    objects.find(({ kind, metadata }) => /Monitor$/.test(kind) && metadata.name === name)!;
  return {
    rules: objects.flatMap(({ kind, spec }) =>
      kind === "PrometheusRule" ? (spec as { readonly groups: readonly RenderedGroup[] }).groups : [],
    ),
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
