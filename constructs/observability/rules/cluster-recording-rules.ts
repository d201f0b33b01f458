import { promql } from "./private/promql";
import { KSM, ksm } from "./private/shared-selectors";
import type { RecordingRule, RuleGroup } from "./rule";

/** Series about nodes, pools and namespaces of any cluster. `node:pool:info` is what the rules of all areas join nodes with. */
export function clusterRecordingRules(): readonly RuleGroup[] {
  return [
    { name: "cluster-nodes", recording: [NODE_POOL, ...NODES], alerts: [] },
    { name: "cluster-usage", recording: [...REQUESTS, ...POOLS, ...NAMESPACES], alerts: [] },
  ];
}

const LABELS = "node, pool, capacity_type, instance_type";
const EKS_CAPACITY = "label_eks_amazonaws_com_capacity_type";
const KARPENTER_CAPACITY = "label_karpenter_sh_capacity_type";

/** Source label, what it must match and what comes out of it; the later wins. Node groups spell capacity as the EKS API does. */
const STEPS: readonly (readonly [target: string, value: string, source: string, pattern: string])[] = [
  ["pool", "unknown", "", ""],
  ["pool", "$1", "label_flightdeck_dev_pool", "(.+)"],
  ["instance_type", "$1", "label_node_kubernetes_io_instance_type", "(.+)"],
  ["capacity_type", "unknown", "", ""],
  ["capacity_type", "on-demand", EKS_CAPACITY, "ON_DEMAND"],
  ["capacity_type", "spot", EKS_CAPACITY, "SPOT"],
  ["capacity_type", "reserved", EKS_CAPACITY, "CAPACITY_BLOCK"],
  ["capacity_type", "$1", KARPENTER_CAPACITY, "(.+)"],
];

const NODE_POOL: RecordingRule = {
  record: "node:pool:info",
  expression: `max by (${LABELS}) (${STEPS.reduce(
    (inner, [target, value, source, pattern]) =>
      `label_replace(${inner}, "${target}", "${value}", "${source}", "${pattern}")`,
    `kube_node_labels{${KSM}}`,
  )})`,
  about:
    "1 for each node, with its pool, instance type and kind of capacity (on-demand, spot, reserved): to join other series with.",
};

/** Filesystems that are read alone are full by design: the system of Bottlerocket. */
const NODES: readonly RecordingRule[] = [
  {
    record: "pool:nodes:count",
    expression: "count by (pool, capacity_type) (node:pool:info)",
    about: "Nodes of a pool, by kind of capacity.",
  },
  {
    record: "node:disk_used:ratio",
    expression: promql`
      max by (node) (
        1 - node_filesystem_avail_bytes{job="node-exporter",fstype!~"tmpfs|squashfs|erofs|overlay"}
        / node_filesystem_size_bytes{job="node-exporter"}
        and node_filesystem_readonly{job="node-exporter"} == 0
      )`,
    about: "Share of the fullest filesystem of a node that is in use (0 to 1).",
  },
];

const HELD = promql`
  (${ksm("kube_pod_status_phase", "namespace, pod", 'phase=~"Pending|Running"')} == 1)`;

function requested(resource: string): string {
  const requests = ksm(
    "kube_pod_container_resource_requests",
    "namespace, pod, container, node",
    `resource="${resource}",node!=""`,
  );
  const allocatable = ksm("kube_node_status_allocatable", "node", `resource="${resource}"`);
  return `sum(${requests} and on (namespace, pod) ${HELD}) / sum(${allocatable})`;
}

const REQUESTS: readonly RecordingRule[] = [
  {
    record: "cluster:cpu_requested:ratio",
    expression: requested("cpu"),
    about: "Share of the CPUs of all nodes that pods have asked for (0 to 1).",
  },
  {
    record: "cluster:memory_requested:ratio",
    expression: requested("memory"),
    about: "Share of the memory of all nodes that pods have asked for (0 to 1).",
  },
  {
    record: "cluster:pods_pending:count",
    expression: `sum(${ksm("kube_pod_status_phase", "namespace, pod", 'phase="Pending"')}) or vector(0)`,
    about: "Pods that do not run yet.",
  },
];

function byPool(expression: string): string {
  return `sum by (pool) (${expression} * on (node) group_left (pool) node:pool:info)`;
}

const IDLE_CPUS = 'sum by (node) (rate(node_cpu_seconds_total{job="node-exporter",mode="idle"}[5m]))';
const CPUS = 'count by (node) (node_cpu_seconds_total{job="node-exporter",mode="idle"})';

const POOLS: readonly RecordingRule[] = [
  {
    record: "pool:cpu_utilization:avg",
    expression: `1 - ${byPool(IDLE_CPUS)} / ${byPool(CPUS)}`,
    about: "Share of the CPUs of a pool that are busy (0 to 1).",
  },
  {
    record: "pool:memory_utilization:avg",
    expression: promql`
      1 - ${byPool('max by (node) (node_memory_MemAvailable_bytes{job="node-exporter"})')}
      / ${byPool('max by (node) (node_memory_MemTotal_bytes{job="node-exporter"})')}`,
    about: "Share of the memory of a pool that is in use (0 to 1).",
  },
];

/** Without `container` there are the sums of pods and of the node, which would count everything again. */
const CONTAINERS = 'job="kubelet",container!=""';

const NAMESPACES: readonly RecordingRule[] = [
  {
    record: "namespace:cpu_usage_cores:sum",
    expression: promql`
      sum by (namespace) (
        max by (namespace, pod, container) (rate(container_cpu_usage_seconds_total{${CONTAINERS}}[5m]))
      )`,
    about: "CPUs that the containers of a namespace use.",
  },
  {
    record: "namespace:memory_usage_bytes:sum",
    expression: promql`
      sum by (namespace) (
        max by (namespace, pod, container) (container_memory_working_set_bytes{${CONTAINERS}})
      )`,
    about: "Memory that the containers of a namespace use, in bytes, without file caches that can be given up.",
  },
  {
    record: "namespace:pod_restarts:increase1h",
    expression: `sum by (namespace) (increase(kube_pod_container_status_restarts_total{${KSM}}[1h]))`,
    about: "Restarts of containers of a namespace within an hour.",
  },
];
