import { costRecordingRules } from "./cost-recording-rules";
import { promql } from "./private/promql";
import { GPU_CAPACITY, withPool } from "./private/shared-selectors";
import type { AlertRule, RuleGroup } from "./rule";
import type { RuleSettings } from "./rule-settings";

/** What the platform costs, and when somebody should know; nothing without OpenCost. */
export function costRules(settings: RuleSettings): readonly RuleGroup[] {
  if (!settings.components.cost) return [];
  const alerts = [
    ...monthlyBudget(settings),
    ...poolBudgets(settings),
    costJump(settings),
    ...(settings.components.gpus ? [IDLE_SPEND, nodeUnallocated(settings)] : []),
  ];
  return [...costRecordingRules(settings), { name: "cost-alerts", intervalSeconds: 60, recording: [], alerts }];
}

const BASE = { area: "cost", severity: "warning", dashboard: { name: "gpu-cost" } } as const;
const OF_POOL = { name: "gpu-cost", variables: { pool: "pool" } } as const;
const CLUSTER = "cluster:cost_usd_per_hour:sum";
const HOURS_A_MONTH = 730;
const JUMP_FACTOR = 1.5;
/** So much of the budget of an hour must a jump be, at least. */
const JUMP_SHARE = 0.2;
const SMALLEST_JUMP_USD = 1;

function monthlyBudget({ monthlyBudgetUsd }: RuleSettings): readonly AlertRule[] {
  if (monthlyBudgetUsd === undefined) return [];
  return [
    {
      ...BASE,
      alert: "MonthlyBudgetExceeded",
      expression: `cluster:cost_usd_per_month:projected > ${monthlyBudgetUsd}`,
      forMinutes: 60,
      summary: `The month comes to {{ $value | printf "%.0f" }} USD at this pace; the budget is ${monthlyBudgetUsd} USD`,
      description:
        "What has been spent this month, and what the rest of it costs when it goes on as in the last day, exceed the budget. Prices are list prices without discounts: the bill decides.",
    },
  ];
}

function poolBudgets({ poolBudgetsUsd }: RuleSettings): readonly AlertRule[] {
  const pools = Object.entries(poolBudgetsUsd);
  if (pools.length === 0) return [];
  const shares = pools.map(([pool, usd]) => `pool:cost_usd_per_month:projected{pool="${pool}"} / ${usd} > 1`);
  return [
    {
      ...BASE,
      alert: "PoolBudgetExceeded",
      expression: shares.join(" or "),
      forMinutes: 60,
      summary:
        "Pool {{ $labels.pool }} comes to {{ $value | humanizePercentage }} of its budget of this month at this pace",
      description:
        "What the nodes of the pool have cost this month, and what they cost in the rest of it when it goes on as in the last day, exceed the budget of the pool.",
      dashboard: OF_POOL,
    },
  ];
}

function costJump({ monthlyBudgetUsd }: RuleSettings): AlertRule {
  const hourlyBudget = (monthlyBudgetUsd ?? 0) / HOURS_A_MONTH;
  const least = Math.max(SMALLEST_JUMP_USD, Math.round(hourlyBudget * JUMP_SHARE));
  const now = `avg_over_time(${CLUSTER}[1h])`;
  // What has just begun is not yet what it is compared with; the mean of a day would be low where pools are off at night.
  const before = `quantile_over_time(0.95, ${CLUSTER}[6d] offset 2h)`;
  return {
    ...BASE,
    alert: "CostJump",
    expression: promql`${now} / ${before} > ${JUMP_FACTOR} and ${now} - ${before} > ${least}`,
    forMinutes: 30,
    summary:
      "The cluster costs {{ $value | humanizePercentage }} of what it cost in its dearest hours of the last days",
    description:
      "The cost of the last hour is far above what an hour of the last six days cost at most, the dearest twentieth aside: nodes were started that are not there on other days. When nobody wanted that, it is cheapest to find out now.",
  };
}

const IDLE_SPEND: AlertRule = {
  ...BASE,
  alert: "IdleGpuSpendHigh",
  severity: "info",
  expression: promql`
    avg_over_time(pool:gpu_idle_cost_usd_per_hour:sum[6h]) / (avg_over_time(pool:cost_usd_per_hour:sum[6h]) > 0) > 0.3`,
  forMinutes: 60,
  summary:
    "{{ $value | humanizePercentage }} of what pool {{ $labels.pool }} costs goes to GPUs that are held and not used",
  description:
    "Over six hours, much of the pool has been paid for without work being done on it. Single pods are told of by GpuIdle; this one says that it has become a habit.",
  dashboard: OF_POOL,
};

function nodeUnallocated({ thresholds }: RuleSettings): AlertRule {
  const empty = `(${GPU_CAPACITY} > 0 unless on (node) pod:gpus_requested:sum{node!=""})`;
  return {
    ...BASE,
    alert: "GpuNodeUnallocated",
    severity: "info",
    expression: withPool(`max by (node) (node_total_hourly_cost) and on (node) ${empty}`),
    forMinutes: thresholds.gpuIdleMinutes,
    summary:
      'No pod holds a GPU of {{ $labels.node }} in pool {{ $labels.pool }}, at {{ $value | printf "%.2f" }} USD an hour',
    description: `The node has been there for ${thresholds.gpuIdleMinutes} minutes and nobody uses its GPUs. Nodes of a least size of a pool are meant to be there; others should have gone.`,
    dashboard: OF_POOL,
  };
}
