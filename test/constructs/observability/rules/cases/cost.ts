import { MORNING_MINUTES, offHours } from "../off-hours";
import type { RecordingCase } from "../recording-case";
import type { RuleCase } from "../rule-case";

/** A node of OpenCost and kube-state-metrics, and what it costs an hour. */
function node(name: string, pool: string, usd: string, at: readonly string[] = []): Record<string, string> {
  const labels = [`job="kube-state-metrics"`, `node="${name}"`, `label_flightdeck_dev_pool="${pool}"`, ...at].join(",");
  return {
    [`kube_node_labels{${labels}}`]: "1x4000",
    [`node_total_hourly_cost{job="opencost",node="${name}",instance="${name}"}`]: usd,
  };
}

const OF_POOL = { pool: "h100" };
const GPU_NODE = {
  ...node("n1", "h100", "55x400"),
  'kube_node_status_capacity{job="kube-state-metrics",node="n1",resource="nvidia_com_gpu"}': "8x400",
};
const GPU = 'job="dcgm-exporter",node="n1",modelName="NVIDIA H100 80GB HBM3",Hostname="n1"';

/** Eight GPUs of node n1 that a pod holds, so many percent busy. */
function eightGpus(percent: number): Record<string, string> {
  const util = (gpu: number) =>
    `DCGM_FI_DEV_GPU_UTIL{${GPU},gpu="${gpu}",UUID="GPU-${gpu}",namespace="training",pod="train-0",container="train"}`;
  return {
    'node_gpu_hourly_cost{job="opencost",node="n1"}': "6x600",
    ...Object.fromEntries([0, 1, 2, 3, 4, 5, 6, 7].map((gpu) => [util(gpu), `${percent}x600`])),
  };
}

/** For each alert of cost what raises it, and what comes near and does not. The month is January of 1970: 744 hours. */
export const cases: readonly RuleCase[] = [
  {
    alert: "MonthlyBudgetExceeded",
    what: "82 USD an hour come to 61,008 in the month; the budget is 60,000",
    series: node("n1", "batch", "82x200"),
    atMinutes: 180,
    fires: [{ severity: "warning" }],
  },
  {
    alert: "MonthlyBudgetExceeded",
    what: "80 USD an hour come to 59,520",
    series: node("n1", "batch", "80x200"),
    atMinutes: 180,
    fires: [],
  },
  {
    alert: "PoolBudgetExceeded",
    what: "a node of 41 USD an hour in a pool that may cost 30,000 a month",
    series: { ...node("n1", "h100", "41x200"), ...node("n2", "l40s", "2x200") },
    atMinutes: 180,
    fires: [OF_POOL],
  },
  {
    alert: "PoolBudgetExceeded",
    what: "40 USD an hour, and a pool without a budget that costs more",
    series: { ...node("n1", "h100", "40x200"), ...node("n2", "batch", "90x200") },
    atMinutes: 180,
    fires: [],
  },
  {
    alert: "CostJump",
    what: "60 USD an hour, then 130",
    series: node("n1", "batch", "60x150 130x100"),
    atMinutes: 235,
    fires: [{ severity: "warning" }],
  },
  {
    alert: "CostJump",
    what: "a pool that is off at night, 60 USD an hour by day and 20 at night, on the sixth morning",
    series: node("n1", "batch", offHours("20", "60")),
    intervalMinutes: 30,
    atMinutes: MORNING_MINUTES,
    fires: [],
  },
  {
    alert: "CostJump",
    what: "it comes back with 95 USD an hour on the sixth morning",
    series: node("n1", "batch", offHours("20", "60", "95")),
    intervalMinutes: 30,
    atMinutes: MORNING_MINUTES,
    fires: [{ severity: "warning" }],
  },
  {
    alert: "CostJump",
    what: "60 USD an hour, then 85, less than half as much again",
    series: node("n1", "batch", "60x150 85x100"),
    atMinutes: 235,
    fires: [],
  },
  {
    alert: "IdleGpuSpendHigh",
    what: "all eight GPUs are held idle, 48 of 55 USD an hour",
    series: { ...GPU_NODE, ...eightGpus(1) },
    atMinutes: 300,
    fires: [{ ...OF_POOL, severity: "info" }],
  },
  {
    alert: "IdleGpuSpendHigh",
    what: "they work",
    series: { ...GPU_NODE, ...eightGpus(20) },
    atMinutes: 300,
    fires: [],
  },
  {
    alert: "GpuNodeUnallocated",
    what: "nobody has asked for the GPUs of the node for over an hour",
    series: GPU_NODE,
    atMinutes: 70,
    fires: [{ node: "n1", pool: "h100" }],
  },
  {
    alert: "GpuNodeUnallocated",
    what: "a pod holds one of eight",
    series: {
      ...GPU_NODE,
      'kube_pod_container_resource_requests{job="kube-state-metrics",namespace="a",pod="b",container="c",node="n1",resource="nvidia_com_gpu"}':
        "1x400",
      'kube_pod_status_phase{job="kube-state-metrics",namespace="a",pod="b",phase="Running"}': "1x400",
    },
    atMinutes: 120,
    fires: [],
  },
  {
    alert: "GpuNodeUnallocated",
    what: "the last pod ended 50 minutes ago",
    series: {
      ...GPU_NODE,
      'kube_pod_container_resource_requests{job="kube-state-metrics",namespace="a",pod="b",container="c",node="n1",resource="nvidia_com_gpu"}':
        "1x60 stale",
      'kube_pod_status_phase{job="kube-state-metrics",namespace="a",pod="b",phase="Running"}': "1x60 stale",
    },
    atMinutes: 110,
    fires: [],
  },
];

/** What costs are made of. */
export const recordingCases: readonly RecordingCase[] = [
  {
    what: "nodes, volumes and the control plane add up; there is no load balancer",
    expression: "cluster:cost_usd_per_hour:sum",
    series: {
      ...node("n1", "batch", "2x10"),
      ...node("n2", "batch", "3x10"),
      'pv_hourly_cost{job="opencost",persistentvolume="pv-1"}': "0.5x10",
      'kube_persistentvolume_capacity_bytes{job="kube-state-metrics",persistentvolume="pv-1"}': "1073741824x10",
      'kube_persistentvolume_capacity_bytes{job="opencost",persistentvolume="pv-1"}': "1073741824x10",
      'kubecost_cluster_management_cost{job="opencost",provisioner_name="EKS"}': "0.25x10",
    },
    atMinutes: 5,
    samples: [{ labels: {}, value: 5.75 }],
  },
  {
    what: "a namespace with GPUs and one without",
    expression: "namespace:cost_usd_per_hour:sum",
    series: {
      'node_cpu_hourly_cost{job="opencost",node="n1"}': "0.05x10",
      'node_ram_hourly_cost{job="opencost",node="n1"}': "0.01x10",
      'node_gpu_hourly_cost{job="opencost",node="n1"}': "6x10",
      'container_cpu_allocation{job="opencost",namespace="training",pod="a",container="c",node="n1"}': "10x10",
      'container_memory_allocation_bytes{job="opencost",namespace="training",pod="a",container="c",node="n1"}':
        "10737418240x10",
      'container_gpu_allocation{job="opencost",namespace="training",pod="a",container="c",node="n1"}': "2x10",
      'container_cpu_allocation{job="opencost",namespace="web",pod="b",container="c",node="n1"}': "1x10",
    },
    atMinutes: 5,
    samples: [
      { labels: { namespace: "training" }, value: 12.6 },
      { labels: { namespace: "web" }, value: 0.05 },
    ],
  },
  {
    what: "a pool that has had nodes in the first of two hours is projected with half of their price",
    expression: "round(pool:cost_usd_per_month:projected, 500)",
    series: { ...node("n1", "batch", "1x130"), ...node("n2", "h100", "10x59 stale") },
    atMinutes: 120,
    samples: [
      { labels: { pool: "batch" }, value: 500 },
      { labels: { pool: "h100" }, value: 3500 },
    ],
  },
];
