import { promql } from "./private/promql";
import { KSM, withPool } from "./private/shared-selectors";
import type { RecordingRule, RuleGroup } from "./rule";
import type { RuleSettings } from "./rule-settings";

const RATES_INTERVAL_SECONDS = 60;
const MONTHS_INTERVAL_SECONDS = 300;

/** What things cost an hour, and what the month comes to, in US dollars; nothing without OpenCost. */
export function costRecordingRules({ components }: RuleSettings): readonly RuleGroup[] {
  if (!components.cost) return [];
  const rates = [...RATES, ...(components.gpus ? IDLE : [])];
  return [
    { name: "cost-rates", intervalSeconds: RATES_INTERVAL_SECONDS, recording: rates, alerts: [] },
    { name: "cost-months", intervalSeconds: MONTHS_INTERVAL_SECONDS, recording: MONTHS, alerts: [] },
  ];
}

const GIB = "1024 ^ 3";
const CONTAINER = "namespace, pod, container, node";
const NODE_COST = "max by (node) (node_total_hourly_cost)";
const GPU_PRICE = "max by (node) (node_gpu_hourly_cost)";

/** Adds up what may be missing in part: a namespace without GPUs, a cluster without load balancers. */
function total(by: string, parts: Readonly<Record<string, string>>): string {
  const named = Object.entries(parts).map(([kind, part]) => `label_replace(${part}, "kind", "${kind}", "", "")`);
  return `sum${by} (${named.join(" or ")})`;
}

function allocated(allocation: string, price: string): string {
  return `max by (${CONTAINER}) (${allocation}) * on (node) group_left () max by (node) (${price})`;
}

const VOLUMES = promql`
  sum(
    max by (persistentvolume) (pv_hourly_cost)
    * max by (persistentvolume) (kube_persistentvolume_capacity_bytes{${KSM}}) / ${GIB}
  )`;

const RATES: readonly RecordingRule[] = [
  {
    record: "pool:cost_usd_per_hour:sum",
    expression: `sum by (pool) (${withPool(NODE_COST)})`,
    about: "US dollars an hour that the nodes of a pool cost.",
  },
  {
    record: "namespace:cost_usd_per_hour:sum",
    expression: total(" by (namespace)", {
      cpu: allocated("container_cpu_allocation", "node_cpu_hourly_cost"),
      memory: allocated(`container_memory_allocation_bytes / ${GIB}`, "node_ram_hourly_cost"),
      gpu: allocated("container_gpu_allocation", "node_gpu_hourly_cost"),
    }),
    about:
      "US dollars an hour for the CPUs, memory and GPUs that the pods of a namespace ask for or use, the larger of both.",
  },
  {
    record: "cluster:cost_usd_per_hour:sum",
    expression: total("", {
      nodes: `sum(${NODE_COST})`,
      volumes: VOLUMES,
      balancers: "sum(max by (namespace, service_name, ingress_ip) (kubecost_load_balancer_cost))",
      control_plane: "max(kubecost_cluster_management_cost)",
    }),
    about: "US dollars an hour for nodes, volumes, load balancers and the control plane of the cluster.",
  },
];

const IDLE: readonly RecordingRule[] = ["pool", "namespace"].map((level) => ({
  record: `${level}:gpu_idle_cost_usd_per_hour:sum`,
  expression: promql`
    sum by (${level}) (gpu:idle:share * on (node) group_left () ${GPU_PRICE})
    or 0 * ${level}:gpus_idle:count`,
  about: `US dollars an hour for GPUs that pods hold and do not use, by ${level}.`,
}));

const CLUSTER = "cluster:cost_usd_per_hour:sum";
const POOL = "pool:cost_usd_per_hour:sum";
const ELAPSED = "((day_of_month() - 1) * 24 + hour() + minute() / 60)";
const REMAINING = `(days_in_month() * 24 - ${ELAPSED})`;
const MONTH = 'count_values("month", month())';
const CLUSTER_IN_MONTH = "cluster:cost_usd_per_hour:in_month";
const POOL_IN_MONTH = "pool:cost_usd_per_hour:in_month";
const POOL_MONTH = "pool:cost_usd_month_to_date:sum";

/** A pool that is scaled to zero has no series: its mean is over the time for which the cost of the cluster is known. */
const POOL_MONTH_MEAN = promql`
  sum by (pool) (
    sum_over_time(${POOL_IN_MONTH}[31d]) / on (month) group_left () count_over_time(${CLUSTER_IN_MONTH}[31d])
    and on (month) ${MONTH}
  )`;
const POOL_LAST_DAY = `sum_over_time(${POOL}[1d]) / on () group_left () count_over_time(${CLUSTER}[1d])`;

/**
 * Samples carry the number of their month, so that the sum of a month starts anew when the next one begins. Where Prometheus
 * keeps less than a month, or is younger, the rest of it is taken to have been the same.
 */
const MONTHS: readonly RecordingRule[] = [
  {
    record: CLUSTER_IN_MONTH,
    expression: `${CLUSTER} * on () group_right () ${MONTH}`,
    about: "US dollars an hour that the cluster costs, labelled with the number of the month (UTC).",
  },
  {
    record: POOL_IN_MONTH,
    expression: `${POOL} * on () group_left (month) ${MONTH}`,
    about: "US dollars an hour that the nodes of a pool cost, labelled with the number of the month (UTC).",
  },
  {
    record: "cluster:cost_usd_month_to_date:sum",
    expression: `sum(avg_over_time(${CLUSTER_IN_MONTH}[31d]) and on (month) ${MONTH}) * ${ELAPSED}`,
    about: "US dollars that the cluster has cost since the month began (UTC).",
  },
  {
    record: "cluster:cost_usd_per_month:projected",
    expression: `cluster:cost_usd_month_to_date:sum + avg_over_time(${CLUSTER}[1d]) * ${REMAINING}`,
    about: "US dollars that the cluster costs in this month when it goes on as in the last day.",
  },
  {
    record: POOL_MONTH,
    expression: `${POOL_MONTH_MEAN} * on () group_left () ${ELAPSED}`,
    about: "US dollars that the nodes of a pool have cost since the month began (UTC).",
  },
  {
    record: "pool:cost_usd_per_month:projected",
    expression: promql`
      (${POOL_MONTH} + on (pool) ${POOL_LAST_DAY} * on () group_left () ${REMAINING}) or ${POOL_MONTH}`,
    about: "US dollars that the nodes of a pool cost in this month when it goes on as in the last day.",
  },
];
