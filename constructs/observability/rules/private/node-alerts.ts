import type { AlertRule } from "../rule";
import type { RuleSettings } from "../rule-settings";
import { promql } from "./promql";
import { GPU_CAPACITY, ksm, withPool } from "./shared-selectors";

const BASE = {
  area: "cluster",
  severity: "warning",
  dashboard: { name: "cluster", variables: { pool: "pool", node: "node" } },
} as const;

/** Nodes and the volumes of pods. Nodes with GPUs that are not ready are told of by the GPU rules. */
export function nodeAlerts(settings: RuleSettings): readonly AlertRule[] {
  return [notReady(settings), PRESSURE, diskFilling(settings), volumeFilling(settings)];
}

function notReady({ components }: RuleSettings): AlertRule {
  const status = ksm("kube_node_status_condition", "node", 'condition="Ready",status="true"');
  return {
    ...BASE,
    alert: "NodeNotReady",
    expression: withPool(`${status} == 0${components.gpus ? ` unless on (node) ${GPU_CAPACITY} > 0` : ""}`),
    forMinutes: 15,
    summary: "Node {{ $labels.node }} in pool {{ $labels.pool }} is not ready",
    description:
      "The kubelet of the node has not answered for a quarter of an hour. Its pods are started elsewhere as far as there is room; those with volumes wait until the node is gone.",
  };
}

const PRESSURE: AlertRule = {
  ...BASE,
  alert: "NodeUnderPressure",
  expression: withPool(
    promql`${ksm("kube_node_status_condition", "node, condition", 'condition=~"MemoryPressure|DiskPressure|PIDPressure",status="true"')} == 1`,
  ),
  forMinutes: 10,
  summary: "Node {{ $labels.node }} in pool {{ $labels.pool }} reports {{ $labels.condition }}",
  description: "The kubelet evicts pods to get back what has run short, and the node takes no new ones.",
};

function diskFilling({ thresholds: { volumeRatio } }: RuleSettings): AlertRule {
  return {
    ...BASE,
    alert: "NodeDiskFilling",
    expression: withPool(promql`
      node:disk_used:ratio > ${volumeRatio} and predict_linear(node:disk_used:ratio[2h], 4 * 3600) > 0.95`),
    forMinutes: 15,
    summary: "A disk of node {{ $labels.node }} in pool {{ $labels.pool }} is {{ $value | humanizePercentage }} full",
    description:
      "At this pace it is full within hours. The kubelet first deletes images, then evicts pods; images of machine learning are large and take minutes to be pulled again.",
  };
}

/** Bytes or inodes, whichever runs out. Volumes on network filesystems without a size of their own have a capacity of 0. */
function volumeFilling({ thresholds: { volumeRatio } }: RuleSettings): AlertRule {
  const share = (used: string, all: string) =>
    `max by (namespace, persistentvolumeclaim) (${used}) / (max by (namespace, persistentvolumeclaim) (${all}) > 0) > ${volumeRatio}`;
  return {
    alert: "VolumeFilling",
    area: "cluster",
    severity: "warning",
    expression: promql`
      ${share("kubelet_volume_stats_used_bytes", "kubelet_volume_stats_capacity_bytes")}
      or ${share("kubelet_volume_stats_inodes_used", "kubelet_volume_stats_inodes")}`,
    forMinutes: 10,
    summary:
      "Volume {{ $labels.namespace }}/{{ $labels.persistentvolumeclaim }} is {{ $value | humanizePercentage }} full",
    description:
      "What writes to the volume fails when it is full, databases and checkpoints of training among it. Volumes of the platform's storage classes can be made larger while they are in use.",
    dashboard: { name: "cluster", variables: { namespace: "namespace" } },
  };
}
