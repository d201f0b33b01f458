import type { RuleCase } from "../rule-case";
import { dcgm, HOLDER, ksm, POOL, WHERE } from "../gpu-series";

const CAPACITY = ksm("kube_node_status_capacity", { node: "n1", resource: "nvidia_com_gpu", unit: "integer" });
const ALLOCATABLE = ksm("kube_node_status_allocatable", { node: "n1", resource: "nvidia_com_gpu", unit: "integer" });
const READY = ksm("kube_node_status_condition", { node: "n1", condition: "Ready", status: "true" });
const INFO = ksm("kube_node_info", { node: "n1" });

const XIDS: readonly RuleCase[] = [
  {
    alert: "GpuXidError",
    what: "a GPU has fallen off the bus",
    series: {
      ...POOL,
      [dcgm("DCGM_EXP_XID_ERRORS_COUNT", { xid: "79", window_size_in_ms: "300000" })]: "_x5 1x4 _x30",
    },
    atMinutes: 8,
    fires: [{ ...WHERE, xid: "79", severity: "critical" }],
  },
  {
    alert: "GpuXidError",
    what: "the exporter no longer counts the error, but it was a quarter of an hour ago at most",
    series: { ...POOL, [dcgm("DCGM_EXP_XID_ERRORS_COUNT", { xid: "48", window_size_in_ms: "300000" })]: "1x4 _x40" },
    atMinutes: 18,
    fires: [{ ...WHERE, xid: "48" }],
  },
  {
    alert: "GpuXidError",
    what: "the error comes back under the pod that took over the GPU, and is still one alert",
    series: {
      ...POOL,
      [dcgm("DCGM_EXP_XID_ERRORS_COUNT", { xid: "95", ...HOLDER })]: "1x9",
      [dcgm("DCGM_EXP_XID_ERRORS_COUNT", { xid: "95", ...HOLDER, pod: "chat-1" })]: "1x9",
    },
    atMinutes: 5,
    fires: [{ ...WHERE, xid: "95" }],
  },
  {
    alert: "GpuXidError",
    what: "a program has read past its memory",
    series: { ...POOL, [dcgm("DCGM_EXP_XID_ERRORS_COUNT", { xid: "31" })]: "3x30" },
    atMinutes: 10,
    fires: [],
  },
  {
    alert: "GpuXidError",
    what: "a contained memory error, and a row that the next reset replaces",
    series: {
      ...POOL,
      [dcgm("DCGM_EXP_XID_ERRORS_COUNT", { xid: "63" })]: "1x30",
      [dcgm("DCGM_EXP_XID_ERRORS_COUNT", { xid: "94" })]: "1x30",
    },
    atMinutes: 10,
    fires: [],
  },
  {
    alert: "GpuXidWarning",
    what: "a contained memory error, and a row that the next reset replaces",
    series: {
      ...POOL,
      [dcgm("DCGM_EXP_XID_ERRORS_COUNT", { xid: "63" })]: "1x30",
      [dcgm("DCGM_EXP_XID_ERRORS_COUNT", { xid: "94" })]: "1x30",
    },
    atMinutes: 10,
    fires: [
      { ...WHERE, xid: "63", severity: "warning" },
      { ...WHERE, xid: "94", severity: "warning" },
    ],
  },
  {
    alert: "GpuXidWarning",
    what: "a program has read past its memory, on a node that kube-state-metrics does not know yet",
    series: { [dcgm("DCGM_EXP_XID_ERRORS_COUNT", { xid: "31" })]: "3x30" },
    atMinutes: 10,
    fires: [{ ...WHERE, pool: "unknown", xid: "31" }],
  },
  {
    alert: "GpuXidWarning",
    what: "a GPU without errors counts none, and one with a fatal error is told of as such",
    series: {
      ...POOL,
      [dcgm("DCGM_EXP_XID_ERRORS_COUNT", { window_size_in_ms: "300000" })]: "0x30",
      [dcgm("DCGM_EXP_XID_ERRORS_COUNT", { gpu: "1", xid: "119" })]: "2x30",
    },
    atMinutes: 10,
    fires: [],
  },
];

const MEMORY: readonly RuleCase[] = [
  {
    alert: "GpuEccDoubleBitErrors",
    what: "two errors since the driver was loaded",
    series: { ...POOL, [dcgm("DCGM_FI_DEV_ECC_DBE_VOL_TOTAL")]: "0x5 2x30" },
    atMinutes: 10,
    fires: [WHERE],
  },
  {
    alert: "GpuEccDoubleBitErrors",
    what: "errors of single bits alone, which are corrected",
    series: {
      ...POOL,
      [dcgm("DCGM_FI_DEV_ECC_DBE_VOL_TOTAL")]: "0x30",
      [dcgm("DCGM_FI_DEV_ECC_SBE_VOL_TOTAL")]: "9x30",
    },
    atMinutes: 10,
    fires: [],
  },
  {
    alert: "GpuRowRemapFailure",
    what: "a row could not be replaced",
    series: { ...POOL, [dcgm("DCGM_FI_DEV_ROW_REMAP_FAILURE")]: "0x2 1x10" },
    atMinutes: 5,
    fires: [{ ...WHERE, severity: "critical" }],
  },
  {
    alert: "GpuRowRemapFailure",
    what: "rows were replaced, and none has failed",
    series: {
      ...POOL,
      [dcgm("DCGM_FI_DEV_ROW_REMAP_FAILURE")]: "0x20",
      [dcgm("DCGM_FI_DEV_UNCORRECTABLE_REMAPPED_ROWS")]: "7x20",
    },
    atMinutes: 10,
    fires: [],
  },
  {
    alert: "GpuUncorrectableRemappedRows",
    what: "a row is replaced while the GPU changes hands",
    series: {
      ...POOL,
      [dcgm("DCGM_FI_DEV_UNCORRECTABLE_REMAPPED_ROWS", HOLDER)]: "3x10 _x60",
      [dcgm("DCGM_FI_DEV_UNCORRECTABLE_REMAPPED_ROWS", { ...HOLDER, pod: "chat-1" })]: "_x11 4x60",
    },
    atMinutes: 30,
    fires: [WHERE],
  },
  {
    alert: "GpuUncorrectableRemappedRows",
    what: "the GPU of a new node has a past",
    series: { ...POOL, [dcgm("DCGM_FI_DEV_UNCORRECTABLE_REMAPPED_ROWS")]: "_x5 3x60" },
    atMinutes: 50,
    fires: [],
  },
];

const HEAT: readonly RuleCase[] = [
  {
    alert: "GpuTemperatureHigh",
    what: "86 degrees for eight minutes",
    series: { ...POOL, [dcgm("DCGM_FI_DEV_GPU_TEMP")]: "70x3 86x10" },
    atMinutes: 12,
    fires: [WHERE],
  },
  {
    alert: "GpuTemperatureHigh",
    what: "85 degrees, which is the limit and not above it",
    series: { ...POOL, [dcgm("DCGM_FI_DEV_GPU_TEMP")]: "85x30" },
    atMinutes: 20,
    fires: [],
  },
  {
    alert: "GpuThermalThrottling",
    what: "12 of 60 seconds held down, minute by minute",
    series: { ...POOL, [dcgm("DCGM_FI_DEV_THERMAL_VIOLATION")]: "0+12000000000x60" },
    atMinutes: 30,
    fires: [WHERE],
  },
  {
    alert: "GpuThermalThrottling",
    what: "5 of 60 seconds held down",
    series: { ...POOL, [dcgm("DCGM_FI_DEV_THERMAL_VIOLATION")]: "0+5000000000x60" },
    atMinutes: 30,
    fires: [],
  },
  {
    alert: "GpuPowerThrottling",
    what: "36 of 60 seconds held down for an hour",
    series: { ...POOL, [dcgm("DCGM_FI_DEV_POWER_VIOLATION")]: "0+36000000000x60" },
    atMinutes: 50,
    fires: [{ ...WHERE, severity: "info" }],
  },
  {
    alert: "GpuPowerThrottling",
    what: "24 of 60 seconds, as a GPU under full load has it",
    series: { ...POOL, [dcgm("DCGM_FI_DEV_POWER_VIOLATION")]: "0+24000000000x60" },
    atMinutes: 50,
    fires: [],
  },
  {
    alert: "GpuNvlinkErrors",
    what: "repeats and checksums together exceed what a link may have",
    series: {
      ...POOL,
      [dcgm("DCGM_FI_DEV_NVLINK_REPLAY_ERROR_COUNT_TOTAL")]: "0+5x60",
      [dcgm("DCGM_FI_DEV_NVLINK_CRC_DATA_ERROR_COUNT_TOTAL")]: "0+4x60",
    },
    atMinutes: 40,
    fires: [WHERE],
  },
  {
    alert: "GpuNvlinkErrors",
    what: "75 repeats in a quarter of an hour",
    series: { ...POOL, [dcgm("DCGM_FI_DEV_NVLINK_REPLAY_ERROR_COUNT_TOTAL")]: "0+5x60" },
    atMinutes: 40,
    fires: [],
  },
];

const PRICE = { 'node_gpu_hourly_cost{job="opencost",node="n1",instance="n1"}': "1.8x200" };

const USE: readonly RuleCase[] = [
  {
    alert: "GpuIdle",
    what: "a pod has held a GPU for an hour and used 2% of it",
    series: { ...POOL, ...PRICE, [dcgm("DCGM_FI_DEV_GPU_UTIL", HOLDER)]: "2x200" },
    atMinutes: 65,
    fires: [{ namespace: "serving", pod: "chat-0", node: "n1", pool: "l40s", modelName: "NVIDIA L40S" }],
  },
  {
    alert: "GpuIdle",
    what: "a server that answers a request now and then is idle as well",
    series: { ...POOL, [dcgm("DCGM_FI_DEV_GPU_UTIL", HOLDER)]: "0x20 30 0x20 30 0x200" },
    atMinutes: 70,
    fires: [{ namespace: "serving", pod: "chat-0", pool: "l40s" }],
  },
  {
    alert: "GpuIdle",
    what: "one of seven slices is held and idle",
    series: {
      ...POOL,
      ...PRICE,
      [dcgm("DCGM_FI_PROF_GR_ENGINE_ACTIVE", { ...HOLDER, GPU_I_ID: "7", GPU_I_PROFILE: "1g.10gb" })]: "0.01x200",
      [dcgm("DCGM_FI_PROF_GR_ENGINE_ACTIVE", { GPU_I_ID: "8", GPU_I_PROFILE: "1g.10gb" })]: "0x200",
    },
    atMinutes: 70,
    fires: [{ namespace: "serving", pod: "chat-0", pool: "l40s" }],
  },
  {
    alert: "GpuIdle",
    what: "the mean is 6%, above the threshold of 5%",
    series: { ...POOL, ...PRICE, [dcgm("DCGM_FI_DEV_GPU_UTIL", HOLDER)]: "6x200" },
    atMinutes: 100,
    fires: [],
  },
  {
    alert: "GpuIdle",
    what: "nobody holds the GPU",
    series: { ...POOL, ...PRICE, [dcgm("DCGM_FI_DEV_GPU_UTIL")]: "0x200" },
    atMinutes: 100,
    fires: [],
  },
  {
    alert: "GpuIdle",
    what: "the GPU has been held for 55 minutes",
    series: { ...POOL, ...PRICE, [dcgm("DCGM_FI_DEV_GPU_UTIL", HOLDER)]: "_x20 0x200" },
    atMinutes: 75,
    fires: [],
  },
  {
    alert: "GpuMemoryFull",
    what: "96% of the memory in use",
    series: {
      ...POOL,
      [dcgm("DCGM_FI_DEV_FB_USED", HOLDER)]: "44000x30",
      [dcgm("DCGM_FI_DEV_FB_FREE", HOLDER)]: "1800x30",
    },
    atMinutes: 15,
    fires: [{ ...WHERE, severity: "info" }],
  },
  {
    alert: "GpuMemoryFull",
    what: "a slice is full on a GPU that is half empty",
    series: {
      ...POOL,
      [dcgm("DCGM_FI_DEV_FB_USED", { GPU_I_ID: "7" })]: "9800x30",
      [dcgm("DCGM_FI_DEV_FB_FREE", { GPU_I_ID: "7" })]: "100x30",
      [dcgm("DCGM_FI_DEV_FB_USED", { GPU_I_ID: "8" })]: "10x30",
      [dcgm("DCGM_FI_DEV_FB_FREE", { GPU_I_ID: "8" })]: "9890x30",
    },
    atMinutes: 15,
    fires: [WHERE],
  },
  {
    alert: "GpuMemoryFull",
    what: "a server has taken 90% at its start, as vLLM does",
    series: {
      ...POOL,
      [dcgm("DCGM_FI_DEV_FB_USED", HOLDER)]: "41400x30",
      [dcgm("DCGM_FI_DEV_FB_FREE", HOLDER)]: "4600x30",
    },
    atMinutes: 15,
    fires: [],
  },
];

const SEEN = {
  [dcgm("DCGM_FI_DEV_FB_USED")]: "10x60",
  [dcgm("DCGM_FI_DEV_FB_FREE")]: "90x60",
  [dcgm("DCGM_FI_DEV_FB_USED", { gpu: "1" })]: "10x60",
  [dcgm("DCGM_FI_DEV_FB_FREE", { gpu: "1" })]: "90x60",
};
const NODE = { node: "n1", pool: "l40s" };

const NODES: readonly RuleCase[] = [
  {
    alert: "GpuDevicesLost",
    what: "the plugin has taken one of eight GPUs away",
    series: { ...POOL, [CAPACITY]: "8x60", [ALLOCATABLE]: "8x10 7x50" },
    atMinutes: 25,
    fires: [NODE],
  },
  {
    alert: "GpuDevicesLost",
    what: "DCGM sees two GPUs and no plugin offers any",
    series: { ...POOL, ...SEEN, [INFO]: "1x60" },
    atMinutes: 15,
    fires: [NODE],
  },
  {
    alert: "GpuDevicesLost",
    what: "kube-state-metrics is away, and knows neither nodes nor devices",
    series: SEEN,
    atMinutes: 30,
    fires: [],
  },
  {
    alert: "GpuDevicesLost",
    what: "two GPUs that four pods may share each",
    series: {
      ...POOL,
      ...SEEN,
      [INFO]: "1x60",
      [ALLOCATABLE]: "0x60",
      [CAPACITY]: "0x60",
      [ksm("kube_node_status_capacity", { node: "n1", resource: "nvidia_com_gpu_shared" })]: "8x60",
      [ksm("kube_node_status_allocatable", { node: "n1", resource: "nvidia_com_gpu_shared" })]: "8x60",
    },
    atMinutes: 30,
    fires: [],
  },
  {
    alert: "GpuDevicesLost",
    what: "the plugin is back after eight minutes",
    series: { ...POOL, [CAPACITY]: "8x60", [ALLOCATABLE]: "8x10 0x7 8x40" },
    atMinutes: 30,
    fires: [],
  },
  {
    alert: "GpuNodeNotReady",
    what: "the kubelet of a GPU node has been silent for eleven minutes",
    series: { ...POOL, [CAPACITY]: "8x60", [READY]: "1x5 0x50" },
    atMinutes: 18,
    fires: [{ ...NODE, severity: "critical" }],
  },
  {
    alert: "GpuNodeNotReady",
    what: "the kubelet comes back after eight minutes",
    series: { ...POOL, [CAPACITY]: "8x60", [READY]: "1x5 0x7 1x50" },
    atMinutes: 20,
    fires: [],
  },
  {
    alert: "GpuNodeNotReady",
    what: "a node without GPUs is not ready",
    series: { ...POOL, [READY]: "0x60" },
    atMinutes: 30,
    fires: [],
  },
  {
    alert: "GpuExporterMissing",
    what: "a ready node with GPUs of which DCGM says nothing",
    series: { ...POOL, [CAPACITY]: "8x60", [READY]: "1x60" },
    atMinutes: 20,
    fires: [NODE],
  },
  {
    alert: "GpuExporterMissing",
    what: "the exporter answers",
    series: { ...POOL, [CAPACITY]: "8x60", [READY]: "1x60", [dcgm("DCGM_FI_DEV_GPU_TEMP")]: "50x60" },
    atMinutes: 20,
    fires: [],
  },
  {
    alert: "GpuExporterMissing",
    what: "the node has been there for twelve minutes",
    series: { ...POOL, [CAPACITY]: "_x8 8x60", [READY]: "_x8 1x60" },
    atMinutes: 20,
    fires: [],
  },
];

/** For each alert of GPUs what raises it, and what comes near and does not. */
export const cases: readonly RuleCase[] = [...XIDS, ...MEMORY, ...HEAT, ...USE, ...NODES];
