import { promql } from "./promql";

/** Of kube-state-metrics alone: OpenCost exposes series of the same names. */
export const KSM = 'job="kube-state-metrics"';

/**
 * GPUs as pods ask for them: whole ones, shares, and slices of MIG, spelled as kube-state-metrics does.
 *
 * @see https://github.com/kubernetes/kube-state-metrics/blob/main/docs/metrics/workload/pod-metrics.md
 */
export const GPU_RESOURCES = 'resource=~"nvidia_com_(gpu|gpu_shared|mig_.+)"';

/** Labels by which one GPU is known, whoever holds it. */
export const GPU = "node, gpu, modelName";

/** Labels of one GPU or slice of it, with the pod that holds it: empty where nobody does. */
export const HOLDER = "node, gpu, GPU_I_ID, modelName, namespace, pod";

/** What the device plugins of each node advertise, before they have taken away what is broken. */
export const GPU_CAPACITY = devices("kube_node_status_capacity");

/** What the device plugins of each node have to give. */
export const GPU_ALLOCATABLE = devices("kube_node_status_allocatable");

/** Nodes that are ready. */
export const READY_NODES = promql`
  max by (node) (kube_node_status_condition{${KSM},condition="Ready",status="true"}) == 1`;

/**
 * Puts the label `pool` on series of nodes; `unknown` while kube-state-metrics does not know the node, so that nothing about a
 * node is lost with it. A node that it knows and whose pool is not recorded yet waits for the next evaluation: it would be two
 * alerts otherwise.
 */
export function withPool(expression: string): string {
  return promql`
    ((${expression}) * on (node) group_left (pool) node:pool:info)
    or label_replace(
      (${expression}) unless on (node) node:pool:info unless on (node) kube_node_labels{${KSM}},
      "pool", "unknown", "", ""
    )`;
}

/** A series of kube-state-metrics for each combination of labels, also while an old and a new pod of it are scraped. */
export function ksm(metric: string, labels: string, matchers = ""): string {
  return `max by (${labels}) (${metric}{${matchers === "" ? KSM : `${KSM},${matchers}`}})`;
}

function devices(metric: string): string {
  return `sum by (node) (${ksm(metric, "node, resource", GPU_RESOURCES)})`;
}
