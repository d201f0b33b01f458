import { promql } from "./private/promql";
import { GPU, GPU_ALLOCATABLE, GPU_RESOURCES, HOLDER, ksm, withPool } from "./private/shared-selectors";
import type { RecordingRule, RuleGroup } from "./rule";
import type { RuleSettings } from "./rule-settings";

/** Over so long is averaged before a GPU is called idle: batches that wait for data are not idleness. */
export const IDLE_WINDOW_MINUTES = 10;

/** Series about GPUs, by GPU, pool and namespace; none where there are no GPUs. */
export function gpuRecordingRules(settings: RuleSettings): readonly RuleGroup[] {
  if (!settings.components.gpus) return [];
  return [
    { name: "gpu-devices", recording: [...DEVICES, idleShare(settings), ...ERRORS], alerts: [] },
    { name: "gpu-requests", recording: REQUESTS, alerts: [] },
    { name: "gpu-pools", recording: [...POOLS, ...NAMESPACES], alerts: [] },
  ];
}

/**
 * Slices of MIG have no `DCGM_FI_DEV_GPU_UTIL`: for them the share of time in which the engine was active is taken.
 *
 * @see https://docs.nvidia.com/datacenter/dcgm/latest/user-guide/feature-overview.html#profiling-metrics
 */
const SLICE_UTILIZATION = promql`
  max by (${HOLDER}) (DCGM_FI_DEV_GPU_UTIL / 100) or max by (${HOLDER}) (DCGM_FI_PROF_GR_ENGINE_ACTIVE)`;

const MEMORY_USED = `sum by (${GPU}) (max by (${GPU}, GPU_I_ID) (DCGM_FI_DEV_FB_USED))`;
const MEMORY_FREE = `sum by (${GPU}) (max by (${GPU}, GPU_I_ID) (DCGM_FI_DEV_FB_FREE))`;

const DEVICES: readonly RecordingRule[] = [
  {
    record: "gpu:slice_utilization:ratio",
    expression: withPool(SLICE_UTILIZATION),
    about: "Share of time in which a GPU, or each slice of it, was busy (0 to 1), with the pod that holds it.",
  },
  {
    record: "gpu:utilization:ratio",
    expression: `avg by (${GPU}, pool) (gpu:slice_utilization:ratio)`,
    about: "Share of time in which a GPU was busy (0 to 1); the mean of its slices where it is cut.",
  },
  {
    record: "gpu:memory_used:ratio",
    expression: withPool(`${MEMORY_USED} / (${MEMORY_USED} + ${MEMORY_FREE})`),
    about: "Share of a GPU's memory in use (0 to 1).",
  },
  {
    record: "gpu:temperature_celsius:max",
    expression: withPool(`max by (${GPU}) (DCGM_FI_DEV_GPU_TEMP)`),
    about: "Temperature of a GPU in degrees Celsius.",
  },
  {
    record: "gpu:power_watts:max",
    expression: withPool(`max by (${GPU}) (DCGM_FI_DEV_POWER_USAGE)`),
    about: "Power that a GPU draws, in watts.",
  },
];

/** A GPU that several pods hold, or that is cut, counts in parts, so that the parts of one GPU never exceed 1. */
function idleShare({ thresholds }: RuleSettings): RecordingRule {
  const held = 'gpu:slice_utilization:ratio{pod!=""}';
  const window = `${IDLE_WINDOW_MINUTES}m`;
  return {
    record: "gpu:idle:share",
    expression: promql`
      (
        (${held} and avg_over_time(${held}[${window}]) < ${thresholds.gpuIdleRatio} and ${held} offset ${window})
        >= bool 0
      )
      / on (node, gpu) group_left () count by (node, gpu) (gpu:slice_utilization:ratio)`,
    about: "Part of a GPU (0 to 1) that a pod has held for ten minutes and has hardly used.",
  };
}

const LINK_ERRORS = [
  ["crc_flit", "DCGM_FI_DEV_NVLINK_CRC_FLIT_ERROR_COUNT_TOTAL"],
  ["crc_data", "DCGM_FI_DEV_NVLINK_CRC_DATA_ERROR_COUNT_TOTAL"],
  ["replay", "DCGM_FI_DEV_NVLINK_REPLAY_ERROR_COUNT_TOTAL"],
  ["recovery", "DCGM_FI_DEV_NVLINK_RECOVERY_ERROR_COUNT_TOTAL"],
].map(([kind, metric]) => `label_replace(max by (${GPU}) (${metric}), "kind", "${kind}", "", "")`);

/** Counters without the labels of pods: a counter that goes on under another pod's name would look as if nothing had happened. */
const ERRORS: readonly RecordingRule[] = [
  {
    record: "gpu:uncorrectable_remapped_rows:max",
    expression: withPool(`max by (${GPU}) (DCGM_FI_DEV_UNCORRECTABLE_REMAPPED_ROWS)`),
    about: "Rows of a GPU's memory that were replaced after errors that could not be corrected, in its lifetime.",
  },
  {
    record: "gpu:nvlink_errors:sum",
    expression: withPool(`sum by (${GPU}) (${LINK_ERRORS.join(" or ")})`),
    about: "Errors on the NVLinks of a GPU since its driver was loaded: checksums, repeats and recoveries.",
  },
];

const LIVING_PODS = `${ksm("kube_pod_status_phase", "namespace, pod", 'phase=~"Pending|Running"')} == 1`;
const REQUESTED = ksm(
  "kube_pod_container_resource_requests",
  "namespace, pod, container, node, resource",
  GPU_RESOURCES,
);

/** Pods that have ended are still known for a while; what they asked for is free again. */
const REQUESTS: readonly RecordingRule[] = [
  {
    record: "pod:gpus_requested:sum",
    expression: `sum by (namespace, pod, node) (${REQUESTED}) and on (namespace, pod) (${LIVING_PODS})`,
    about: "GPUs, shares or slices that a pod asks for; without `node` while it waits for one.",
  },
  {
    record: "namespace:gpus_requested:sum",
    expression: 'sum by (namespace) (pod:gpus_requested:sum{node!=""})',
    about: "GPUs, shares or slices that the pods of a namespace hold.",
  },
  {
    record: "namespace:gpu_pods_pending:count",
    expression: 'count by (namespace) (pod:gpus_requested:sum{node=""})',
    about: "Pods of a namespace that wait for a node with GPUs.",
  },
  {
    record: "pool:gpus_allocatable:sum",
    expression: `sum by (pool) (${withPool(GPU_ALLOCATABLE)})`,
    about: "GPUs, shares or slices that the nodes of a pool have to give.",
  },
  {
    record: "pool:gpus_requested:sum",
    expression: promql`
      sum by (pool) (${withPool('sum by (node) (pod:gpus_requested:sum{node!=""})')})
      or 0 * pool:gpus_allocatable:sum`,
    about: "GPUs, shares or slices of a pool that pods hold.",
  },
];

const POOLS: readonly RecordingRule[] = [
  {
    record: "pool:gpus:count",
    expression: "count by (pool) (gpu:memory_used:ratio)",
    about: "GPUs of a pool that DCGM sees.",
  },
  {
    record: "pool:gpu_utilization:avg",
    expression: "avg by (pool, modelName) (gpu:utilization:ratio)",
    about: "Mean share of time in which the GPUs of a pool were busy (0 to 1).",
  },
  {
    record: "pool:gpu_memory_used:avg",
    expression: "avg by (pool) (gpu:memory_used:ratio)",
    about: "Mean share of the memory in use on the GPUs of a pool (0 to 1).",
  },
  {
    record: "pool:gpu_power_watts:sum",
    expression: "sum by (pool) (gpu:power_watts:max)",
    about: "Power that the GPUs of a pool draw together, in watts.",
  },
  {
    record: "pool:gpu_temperature_celsius:max",
    expression: "max by (pool) (gpu:temperature_celsius:max)",
    about: "Temperature of the hottest GPU of a pool in degrees Celsius.",
  },
  {
    record: "pool:gpus_idle:count",
    expression: "sum by (pool) (gpu:idle:share) or 0 * pool:gpus:count",
    about: "GPUs of a pool that pods hold and do not use.",
  },
];

const NAMESPACES: readonly RecordingRule[] = [
  {
    record: "namespace:gpu_utilization:avg",
    expression: 'avg by (namespace) (gpu:slice_utilization:ratio{namespace!=""})',
    about: "Mean share of time in which the GPUs that a namespace holds were busy (0 to 1).",
  },
  {
    record: "namespace:gpus_idle:count",
    expression: "sum by (namespace) (gpu:idle:share) or 0 * namespace:gpus_requested:sum",
    about: "GPUs that the pods of a namespace hold and do not use.",
  },
];
