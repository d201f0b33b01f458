import type { ManifestObject } from "../../constructs/kubernetes/manifest-object";

/** A step of Prometheus' relabeling. */
export type Relabeling = Readonly<Record<string, unknown>>;

/** Labels by which discovery knows a target, `__address__` among them. */
export type DiscoveredLabels = Readonly<Record<string, string>>;

/** A part of Prometheus' configuration that says what is scraped. */
export type ScrapeConfiguration = Readonly<Record<string, unknown>>;

/** How a monitor of the operator asks for the metrics of a port. */
export interface MonitorEndpoint {
  readonly port: string;
  readonly path?: string;
  readonly interval?: string;
  readonly honorLabels?: boolean;
  readonly relabelings?: readonly Relabeling[];
  readonly metricRelabelings?: readonly Relabeling[];
}

interface Selector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: string;
    readonly values?: readonly string[];
  }[];
}

interface MonitorSpec {
  readonly selector: Selector;
  readonly sampleLimit?: number;
  readonly podMetricsEndpoints?: readonly MonitorEndpoint[];
  readonly endpoints?: readonly MonitorEndpoint[];
}

/**
 * What the Prometheus operator writes for a PodMonitor or a ServiceMonitor: which of the discovered targets are kept, the
 * labels that it sets by itself, then the relabelings of the monitor. Instead of asking a cluster, the targets are given with
 * the labels that discovery would have found.
 *
 * @see https://github.com/prometheus-operator/prometheus-operator/blob/v0.93.1/pkg/prometheus/promcfg.go
 */
export function scrapeConfigurations(
  monitor: ManifestObject,
  targets: readonly DiscoveredLabels[],
): readonly ScrapeConfiguration[] {
  const { kind } = monitor;
  const spec = monitor["spec"] as unknown as MonitorSpec;
  const { name = "", namespace = "monitoring" } = monitor.metadata as { name?: string; namespace?: string };
  const pods = kind === "PodMonitor";
  return (spec.podMetricsEndpoints ?? spec.endpoints ?? []).map((endpoint, index) => ({
    job_name: `${pods ? "podMonitor" : "serviceMonitor"}/${namespace}/${name}/${index}`,
    honor_labels: endpoint.honorLabels ?? false,
    metrics_path: endpoint.path ?? "/metrics",
    ...(endpoint.interval !== undefined && { scrape_interval: endpoint.interval }),
    ...(spec.sampleLimit !== undefined && { sample_limit: spec.sampleLimit }),
    static_configs: targets.map(({ __address__: address, ...labels }) => ({ targets: [address], labels })),
    relabel_configs: [
      ...(pods ? ofPods(endpoint, spec.selector, `${namespace}/${name}`) : ofServices(endpoint, spec.selector)),
      ...(endpoint.relabelings ?? []).map(snakeCase),
    ],
    metric_relabel_configs: (endpoint.metricRelabelings ?? []).map(snakeCase),
  }));
}

/** Name of a label as discovery spells it. */
export function discoveredName(label: string): string {
  return label.replace(/[^a-zA-Z0-9_]/g, "_");
}

function ofPods({ port }: MonitorEndpoint, selector: Selector, job: string): Relabeling[] {
  return [
    { source_labels: ["__meta_kubernetes_pod_phase"], regex: "(Failed|Succeeded)", action: "drop" },
    ...selected(selector, "pod"),
    { source_labels: ["__meta_kubernetes_pod_container_port_name"], regex: port, action: "keep" },
    copied("__meta_kubernetes_namespace", "namespace"),
    copied("__meta_kubernetes_pod_container_name", "container"),
    copied("__meta_kubernetes_pod_name", "pod"),
    { target_label: "job", replacement: job },
    { target_label: "endpoint", replacement: port },
  ];
}

function ofServices({ port }: MonitorEndpoint, selector: Selector): Relabeling[] {
  return [
    ...selected(selector, "service"),
    { source_labels: ["__meta_kubernetes_endpointslice_port_name"], regex: port, action: "keep" },
    copied("__meta_kubernetes_namespace", "namespace"),
    copied("__meta_kubernetes_service_name", "service"),
    copied("__meta_kubernetes_pod_name", "pod"),
    copied("__meta_kubernetes_pod_container_name", "container"),
    { source_labels: ["__meta_kubernetes_pod_phase"], regex: "(Failed|Succeeded)", action: "drop" },
    copied("__meta_kubernetes_service_name", "job"),
    { target_label: "endpoint", replacement: port },
  ];
}

function copied(source: string, target: string): Relabeling {
  return { source_labels: [source], target_label: target };
}

/** A label must be there: what is not there has the same value as what is empty. */
function selected({ matchLabels = {}, matchExpressions = [] }: Selector, kind: "pod" | "service"): Relabeling[] {
  const of = (label: string, regex: string): Relabeling => {
    const name = discoveredName(label);
    const source_labels = [`__meta_kubernetes_${kind}_label_${name}`, `__meta_kubernetes_${kind}_labelpresent_${name}`];
    return { source_labels, regex: `(${regex});true`, action: "keep" };
  };
  return [
    ...Object.entries(matchLabels).map(([label, value]) => of(label, value)),
    ...matchExpressions.map(({ key, operator, values = [] }) => {
      if (operator === "In") return of(key, values.join("|"));
      if (operator === "Exists") return of(key, ".*");
      throw new Error(`The operator ${operator} of a selector is not translated`);
    }),
  ];
}

function snakeCase(relabeling: Relabeling): Relabeling {
  return Object.fromEntries(
    Object.entries(relabeling).map(([key, value]) => [
      key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      value,
    ]),
  );
}
