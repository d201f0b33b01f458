import type { RecordingCase } from "../recording-case";
import { dcgm, HOLDER, ksm, POOL, WHERE } from "../gpu-series";

const ALLOCATABLE = ksm("kube_node_status_allocatable", { node: "n1", resource: "nvidia_com_gpu", unit: "integer" });
const REQUEST = "kube_pod_container_resource_requests";
const PHASE = "kube_pod_status_phase";
const CHAT = { namespace: "serving", pod: "chat-0" };

/** What the joins with pools and pods yield. */
export const recordingCases: readonly RecordingCase[] = [
  {
    what: "two replicas of kube-state-metrics are scraped, and each node is there once",
    expression: "node:pool:info",
    series: {
      [ksm("kube_node_labels", {
        node: "n1",
        label_flightdeck_dev_pool: "l40s",
        label_karpenter_sh_capacity_type: "spot",
        label_node_kubernetes_io_instance_type: "g6e.xlarge",
      })]: "1x10",
      [ksm("kube_node_labels", {
        instance: "10.0.0.2:8080",
        node: "n1",
        label_flightdeck_dev_pool: "l40s",
        label_karpenter_sh_capacity_type: "spot",
        label_node_kubernetes_io_instance_type: "g6e.xlarge",
      })]: "1x10",
      [ksm("kube_node_labels", { node: "n2", label_eks_amazonaws_com_capacity_type: "ON_DEMAND" })]: "1x10",
      'kube_node_labels{job="opencost",node="n1"}': "1x10",
    },
    atMinutes: 5,
    samples: [
      { labels: { node: "n1", pool: "l40s", capacity_type: "spot", instance_type: "g6e.xlarge" }, value: 1 },
      { labels: { node: "n2", pool: "unknown", capacity_type: "on-demand" }, value: 1 },
    ],
  },
  {
    what: "the GPU of a pod that ended two minutes ago counts as used by the pod that has it now",
    expression: "gpu:utilization:ratio",
    series: {
      ...POOL,
      [dcgm("DCGM_FI_DEV_GPU_UTIL", HOLDER)]: "90x3 stale",
      [dcgm("DCGM_FI_DEV_GPU_UTIL", { ...HOLDER, pod: "chat-1" })]: "_x3 50x20",
    },
    atMinutes: 5,
    samples: [{ labels: WHERE, value: 0.5 }],
  },
  {
    what: "a pod that runs and one that is pulled hold GPUs; one that waits and one that has ended do not",
    expression: "pool:gpus_requested:sum",
    series: {
      ...POOL,
      [ALLOCATABLE]: "8x10",
      [ksm(REQUEST, { ...CHAT, container: "server", node: "n1", resource: "nvidia_com_gpu" })]: "2x10",
      [ksm(PHASE, { ...CHAT, phase: "Running" })]: "1x10",
      [ksm(PHASE, { ...CHAT, phase: "Pending" })]: "0x10",
      [ksm(REQUEST, { ...CHAT, pod: "chat-1", container: "server", node: "n1", resource: "nvidia_com_gpu" })]: "1x10",
      [ksm(PHASE, { ...CHAT, pod: "chat-1", phase: "Pending" })]: "1x10",
      [ksm(REQUEST, { ...CHAT, pod: "chat-2", container: "server", resource: "nvidia_com_gpu" })]: "4x10",
      [ksm(PHASE, { ...CHAT, pod: "chat-2", phase: "Pending" })]: "1x10",
      [ksm(REQUEST, { ...CHAT, pod: "old", container: "train", node: "n1", resource: "nvidia_com_gpu" })]: "8x10",
      [ksm(PHASE, { ...CHAT, pod: "old", phase: "Succeeded" })]: "1x10",
      [ksm(PHASE, { ...CHAT, pod: "old", phase: "Running" })]: "0x10",
    },
    atMinutes: 5,
    samples: [{ labels: { pool: "l40s" }, value: 3 }],
  },
  {
    what: "a pool whose GPUs nobody holds has none requested, not no value",
    expression: "pool:gpus_requested:sum",
    series: { ...POOL, [ALLOCATABLE]: "8x10" },
    atMinutes: 5,
    samples: [{ labels: { pool: "l40s" }, value: 0 }],
  },
  {
    what: "four pods take turns on one idle GPU, and it is idle once",
    expression: "pool:gpus_idle:count",
    series: {
      ...POOL,
      ...Object.fromEntries(
        ["a", "b", "c", "d"].map((pod) => [dcgm("DCGM_FI_DEV_GPU_UTIL", { ...HOLDER, pod }), "1x40"]),
      ),
    },
    atMinutes: 30,
    samples: [{ labels: { pool: "l40s" }, value: 1 }],
  },
  {
    what: "memory of the slices of a GPU adds up",
    expression: "gpu:memory_used:ratio",
    series: {
      ...POOL,
      [dcgm("DCGM_FI_DEV_FB_USED", { GPU_I_ID: "7" })]: "60x10",
      [dcgm("DCGM_FI_DEV_FB_FREE", { GPU_I_ID: "7" })]: "40x10",
      [dcgm("DCGM_FI_DEV_FB_USED", { GPU_I_ID: "8" })]: "0x10",
      [dcgm("DCGM_FI_DEV_FB_FREE", { GPU_I_ID: "8" })]: "100x10",
    },
    atMinutes: 5,
    samples: [{ labels: WHERE, value: 0.3 }],
  },
];
