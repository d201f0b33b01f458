import { type AlertsShown, firingCount, firingTable } from "./private/alerts";
import { compose } from "./private/compose";
import { line } from "./private/line";
import type { PlannedPanel, Section } from "./private/panel-spec";
import { bars, graph, stat } from "./private/panels";
import { anyIs, limitAt, PLAIN, rising } from "./private/steps";
import { table, type ValueColumn } from "./private/tables";
import { variable } from "./private/variables";
import type { DashboardSettings, PlatformDashboard } from "./platform-dashboard";

const POOL = 'pool=~"$pool"';
const NAMESPACE = 'namespace=~"$namespace"';
const ALERTS: AlertsShown = { areas: ["cost"] };
const DOLLARS = "currencyUSD";
/** 365 days by 24 hours by twelve months. */
const HOURS_OF_MONTH = 730;

/** GPU cost: what does the platform cost, is that within the budget, who spends it, and what of it is for idle GPUs? */
export function gpuCostDashboard(settings: DashboardSettings): PlatformDashboard {
  const { cost, gpus } = settings.components;
  return compose(settings, {
    name: "gpu-cost",
    title: "GPU cost and idleness",
    folder: "GPU",
    description:
      "What does the platform cost, is that within the budget, who spends it, and what of it is for idle GPUs?",
    variables: [
      variable({
        ...{ name: "pool", label: "Pool", description: "Node pools.", several: true, values: "pool" },
        series: cost ? "pool:cost_usd_per_hour:sum" : "pool:gpus_allocatable:sum",
      }),
      variable({
        ...{ name: "namespace", label: "Namespace", description: "Namespaces.", several: true, values: "namespace" },
        series: cost ? "namespace:cost_usd_per_hour:sum" : "namespace:gpus_requested:sum",
      }),
    ],
    alerts: ALERTS,
    from: "now-7d",
    sections: [
      { panels: line([firingCount(ALERTS), ...(cost ? totals(settings) : []), ...(gpus ? idleTotals(settings) : [])]) },
      { panels: [firingTable(settings, ALERTS, WHERE)] },
      ...(cost ? [spending(settings)] : []),
      ...(gpus ? [idleness(settings)] : []),
    ],
  });
}

const WHERE = [
  { label: "pool", title: "Pool" },
  { label: "namespace", title: "Namespace" },
];

function totals({ monthlyBudgetUsd: budget }: DashboardSettings): PlannedPanel[] {
  const steps = budget === undefined ? PLAIN : rising(0.9 * budget, budget);
  const projected = "cluster:cost_usd_per_month:projected";
  const share = stat({
    title: "Of the budget",
    description: `What the month will cost as a share of its budget of ${budget} US dollars, if it goes on as in the last day.`,
    ...{ unit: "percentunit", decimals: 0, min: 0, steps: rising(0.9, 1) },
    expression: `${projected} / ${budget}`,
  });
  return [
    stat({
      title: "Cost per hour",
      description: "What nodes, volumes, load balancers and the control plane cost in an hour.",
      ...{ unit: DOLLARS, decimals: 2, steps: PLAIN },
      expression: "cluster:cost_usd_per_hour:sum",
    }),
    stat({
      title: "Cost of the month",
      description: "What the month will cost if it goes on as in the last day.",
      ...{ unit: DOLLARS, decimals: 2, steps },
      expression: projected,
    }),
    ...(budget === undefined ? [] : [share]),
  ];
}

function idleTotals({ components }: DashboardSettings): PlannedPanel[] {
  const count = stat({
    title: "GPUs held and idle",
    description: "GPUs that pods have held for ten minutes and hardly used.",
    ...{ unit: "none", decimals: 0, steps: anyIs("yellow") },
    expression: `sum(pool:gpus_idle:count{${POOL}}) or vector(0)`,
  });
  const dollars = stat({
    title: "Idle GPUs, per month",
    description: "What held and idle GPUs would cost in a month at their present number.",
    ...{ unit: DOLLARS, decimals: 2, steps: anyIs("yellow") },
    expression: `sum(pool:gpu_idle_cost_usd_per_hour:sum{${POOL}}) * ${HOURS_OF_MONTH} or vector(0)`,
  });
  return components.cost ? [count, dollars] : [count];
}

function spending(settings: DashboardSettings): Section {
  const { monthlyBudgetUsd: budget } = settings;
  return {
    heading: "Where it goes",
    panels: [
      graph({
        title: "Cost per hour, by pool",
        description: "What the nodes of each pool cost in an hour.",
        ...{ unit: DOLLARS, decimals: 2, width: 12, min: 0, stacked: true },
        queries: [{ expression: `pool:cost_usd_per_hour:sum{${POOL}}`, legend: "{{pool}}" }],
      }),
      graph({
        title: "Cost of the month, as it looked",
        description: "What the month would have cost, had it gone on as in the day before. The line is the budget.",
        ...{ unit: DOLLARS, decimals: 2, width: 12, min: 0 },
        ...(budget !== undefined && { limits: true, steps: limitAt(budget) }),
        queries: [{ expression: "cluster:cost_usd_per_month:projected", legend: "projected" }],
      }),
      table({
        title: "Pools",
        description: "What each pool costs, and against its budget where it has one.",
        width: 12,
        labels: [
          { label: "pool", title: "Pool", links: [{ title: "Its GPUs", url: "/d/gpu-fleet?var-pool=${__value.raw}" }] },
        ],
        values: poolColumns(settings),
        sortBy: "Per hour",
        noRows: "No pool costs anything",
      }),
      bars({
        title: "Namespaces that cost most, per hour",
        description: "What the pods of a namespace cost in an hour by what they ask for or use, whichever is more.",
        ...{ unit: DOLLARS, decimals: 2, width: 12, min: 0, steps: PLAIN },
        queries: [
          { expression: `sort_desc(topk(15, namespace:cost_usd_per_hour:sum{${NAMESPACE}}))`, legend: "{{namespace}}" },
        ],
      }),
    ],
  };
}

function poolColumns({ poolBudgetsUsd }: DashboardSettings): ValueColumn[] {
  const perHour = `sum by (pool) (pool:cost_usd_per_hour:sum{${POOL}})`;
  const perMonth = `sum by (pool) (pool:cost_usd_per_month:projected{${POOL}})`;
  const budgets = Object.entries(poolBudgetsUsd).map(
    ([pool, budget]) => `label_replace(vector(${budget}), "pool", "${pool}", "", "")`,
  );
  return [
    { title: "Per hour", unit: DOLLARS, decimals: 2, expression: perHour },
    { title: "Cost of the month", unit: DOLLARS, decimals: 2, expression: perMonth },
    ...(budgets.length === 0
      ? []
      : [
          {
            ...{ title: "Of its budget", unit: "percentunit", decimals: 0, steps: rising(0.9, 1) },
            expression: `${perMonth} / on (pool) sum by (pool) (${budgets.join(" or ")})`,
          },
        ]),
  ];
}

function idleness({ components }: DashboardSettings): Section {
  const perHour = "namespace:gpu_idle_cost_usd_per_hour:sum";
  const dollars: ValueColumn[] = [
    {
      title: "Idle, per hour",
      unit: DOLLARS,
      decimals: 2,
      expression: `sum by (namespace) (${perHour}{${NAMESPACE}}) > 0`,
    },
    {
      ...{ title: "Idle, per month", unit: DOLLARS, decimals: 2 },
      expression: `sum by (namespace) (${perHour}{${NAMESPACE}}) * ${HOURS_OF_MONTH} > 0`,
    },
  ];
  const cost = graph({
    title: "Cost of idle GPUs per hour, by pool",
    description: "What held and idle GPUs of each pool cost in an hour.",
    ...{ unit: DOLLARS, decimals: 2, width: 12, height: 6, min: 0, stacked: true },
    queries: [{ expression: `pool:gpu_idle_cost_usd_per_hour:sum{${POOL}}`, legend: "{{pool}}" }],
  });
  return {
    heading: "Idle GPUs",
    panels: [
      table({
        title: "Who leaves GPUs idle",
        description: "Namespaces whose pods hold GPUs that they hardly use, and what that costs.",
        ...{ width: 12, height: 6 },
        labels: [{ label: "namespace", title: "Namespace" }],
        values: [
          {
            ...{ title: "GPUs idle", unit: "none", decimals: 1 },
            expression: `sum by (namespace) (namespace:gpus_idle:count{${NAMESPACE}}) > 0`,
          },
          {
            ...{ title: "GPUs held", unit: "none", decimals: 0 },
            expression: `sum by (namespace) (namespace:gpus_requested:sum{${NAMESPACE}}) and on (namespace) namespace:gpus_idle:count > 0`,
          },
          ...(components.cost ? dollars : []),
        ],
        sortBy: components.cost ? "Idle, per hour" : "GPUs idle",
        noRows: "No namespace leaves GPUs idle",
      }),
      ...(components.cost ? [cost] : []),
      graph({
        title: "How busy the GPUs of a namespace are",
        description: "Mean share of time in which the GPUs that a namespace holds were busy.",
        ...{ unit: "percentunit", width: components.cost ? 24 : 12, height: components.cost ? 8 : 6, min: 0, max: 1 },
        bare: true,
        queries: [{ expression: `namespace:gpu_utilization:avg{${NAMESPACE}}`, legend: "{{namespace}}" }],
      }),
    ],
  };
}
