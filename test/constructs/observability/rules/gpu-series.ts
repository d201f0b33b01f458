type Labels = Readonly<Record<string, string>>;

const text = (labels: Labels) =>
  Object.entries(labels)
    .map(([name, value]) => `${name}="${value}"`)
    .join(",");

const L40S = {
  gpu: "0",
  UUID: "GPU-a",
  device: "nvidia0",
  modelName: "NVIDIA L40S",
  Hostname: "n1",
  node: "n1",
  job: "dcgm-exporter",
};
/** The container that holds the GPU. */
export const HOLDER = { namespace: "serving", pod: "chat-0", container: "server" };

/** A series of dcgm-exporter for GPU 0 of node n1. */
export function dcgm(metric: string, labels: Labels = {}): string {
  return `${metric}{${text({ ...L40S, ...labels })}}`;
}

/** A series of kube-state-metrics. */
export function ksm(metric: string, labels: Labels): string {
  return `${metric}{${text({ job: "kube-state-metrics", instance: "10.0.0.1:8080", ...labels })}}`;
}

/** The pool of node n1, as kube-state-metrics says it. */
export const POOL = { [ksm("kube_node_labels", { node: "n1", label_flightdeck_dev_pool: "l40s" })]: "1x200" };
/** Labels of GPU 0 of node n1 in what is recorded. */
export const WHERE = { node: "n1", gpu: "0", modelName: "NVIDIA L40S", pool: "l40s" };
