import type { AlertRule } from "../rule";
import { promql } from "./promql";
import { GPU_ALLOCATABLE, GPU_CAPACITY, ksm, READY_NODES, withPool } from "./shared-selectors";

const BASE = { area: "gpu", dashboard: { name: "gpu-fleet", variables: { pool: "pool", node: "node" } } } as const;

/** Nodes whose GPUs cannot be used, or are not seen. */
export function gpuNodeAlerts(): readonly AlertRule[] {
  return [DEVICES_LOST, NODE_NOT_READY, EXPORTER_MISSING];
}

const SEEN = "count by (node) (gpu:memory_used:ratio)";

/**
 * A plugin that finds a GPU broken takes it from what can be allocated; one that does not run at all leaves nothing. A GPU gives
 * one device at least, however it is shared or cut, so fewer devices than GPUs are too few on all nodes. Nodes that
 * kube-state-metrics does not know say nothing.
 */
const DEVICES_LOST: AlertRule = {
  ...BASE,
  alert: "GpuDevicesLost",
  severity: "warning",
  expression: withPool(promql`
    (${GPU_CAPACITY} - ${GPU_ALLOCATABLE}) > 0
    or ((${SEEN} - (${GPU_ALLOCATABLE} or 0 * ${SEEN})) > 0 and on (node) ${ksm("kube_node_info", "node")})`),
  forMinutes: 10,
  summary:
    '{{ $value | printf "%.0f" }} GPU devices of {{ $labels.node }} in pool {{ $labels.pool }} cannot be allocated',
  description:
    "The device plugin offers fewer GPUs than the node has: it has found some broken, or it does not run. The node costs as much as before, and pods that would fit on it wait.",
};

const NODE_NOT_READY: AlertRule = {
  ...BASE,
  alert: "GpuNodeNotReady",
  severity: "critical",
  expression: withPool(promql`
    ${ksm("kube_node_status_condition", "node", 'condition="Ready",status="true"')} == 0
    and on (node) ${GPU_CAPACITY} > 0`),
  forMinutes: 10,
  summary: "GPU node {{ $labels.node }} in pool {{ $labels.pool }} is not ready",
  description:
    "The kubelet of a node with GPUs has not answered for ten minutes. Its pods are being moved, a job over several nodes stands still, and the node goes on to cost.",
};

/** Looks for what the exporter says, not for its target: an exporter that lost its driver answers without any GPU. */
const EXPORTER_MISSING: AlertRule = {
  ...BASE,
  alert: "GpuExporterMissing",
  severity: "warning",
  expression: withPool(promql`
    (${GPU_CAPACITY} > 0 and on (node) ${READY_NODES})
    unless on (node) count by (node) (DCGM_FI_DEV_GPU_TEMP)`),
  forMinutes: 15,
  summary: "Nothing is known of the GPUs of {{ $labels.node }} in pool {{ $labels.pool }}",
  description:
    "No metrics come from dcgm-exporter on a node with GPUs. Faults of these GPUs raise no alert, and their use and cost are missing everywhere.",
};
