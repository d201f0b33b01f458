import { type AlertsShown, firingCount, firingTable } from "./private/alerts";
import { compose } from "./private/compose";
import { greatest } from "./private/greatest";
import { line } from "./private/line";
import type { Section } from "./private/panel-spec";
import { bars, graph, stat } from "./private/panels";
import { withHost } from "./private/short-node";
import { anyIs, falling, limitAt, PLAIN, rising } from "./private/steps";
import { table } from "./private/tables";
import { variable } from "./private/variables";
import type { DashboardSettings, PlatformDashboard } from "./platform-dashboard";

const POOL = 'pool=~"$pool"';
const GPU = 'pool=~"$pool", node=~"$node"';
const NAMESPACE = 'namespace=~"$namespace"';
const ALERTS: AlertsShown = { areas: ["gpu", "scheduling"] };

/** GPU fleet: do all GPUs work, are they busy, who holds one without using it, who waits for one? */
export function gpuFleetDashboard(settings: DashboardSettings): PlatformDashboard {
  return compose(settings, {
    name: "gpu-fleet",
    title: "GPU fleet",
    folder: "GPU",
    description: "Do all GPUs work, are they busy, who holds one without using it, and who waits for one?",
    variables: [
      variable({
        ...{ name: "pool", label: "Pool", description: "Node pools with GPUs.", several: true },
        ...{ series: "pool:gpus_allocatable:sum", values: "pool" },
      }),
      variable({
        ...{ name: "node", label: "Node", description: "Nodes of the chosen pools.", several: true },
        ...{ series: `gpu:utilization:ratio{${POOL}}`, values: "node" },
      }),
      variable({
        ...{ name: "namespace", label: "Namespace", description: "Who holds GPUs or waits for them.", several: true },
        ...{ series: "namespace:gpus_requested:sum", values: "namespace" },
      }),
    ],
    alerts: ALERTS,
    from: "now-6h",
    sections: [
      { panels: line([firingCount(ALERTS), ...fleet()]) },
      { panels: [firingTable(settings, ALERTS, WHERE, { width: 16, height: 6 }), idleByPool()] },
      pools(),
      devices(settings),
      errors(),
      idle(settings),
    ],
  });
}

const WHERE = [
  { label: "pool", title: "Pool" },
  { label: "node", title: "Node" },
  { label: "namespace", title: "Namespace" },
];

function fleet(): Section["panels"] {
  return [
    stat({
      title: "GPUs",
      description: "GPUs of the chosen pools that DCGM sees. Zero is right while the pools are scaled to zero.",
      ...{ unit: "none", decimals: 0, steps: PLAIN },
      expression: `sum(pool:gpus:count{${POOL}}) or vector(0)`,
    }),
    stat({
      title: "Held by pods",
      description: "Share of the GPUs of the chosen pools that pods have asked for and got.",
      ...{ unit: "percentunit", decimals: 0, min: 0, max: 1, steps: PLAIN, noValue: "no GPUs" },
      expression: `sum(pool:gpus_requested:sum{${POOL}}) / (sum(pool:gpus_allocatable:sum{${POOL}}) > 0)`,
    }),
    stat({
      title: "Busy",
      description: "Mean share of time in which the GPUs were busy. Low while much is held: somebody pays for nothing.",
      ...{ unit: "percentunit", decimals: 0, min: 0, max: 1, steps: falling(0.2, 0.5), noValue: "no GPUs" },
      expression: `avg(gpu:utilization:ratio{${POOL}})`,
    }),
    stat({
      title: "Held and idle",
      description:
        "GPUs that pods have held for ten minutes and hardly used. The list at the bottom says whose they are.",
      ...{ unit: "none", decimals: 0, steps: anyIs("yellow") },
      expression: `sum(pool:gpus_idle:count{${POOL}}) or vector(0)`,
    }),
    stat({
      title: "Pods waiting",
      description: "Pods that ask for GPUs and have no node yet. A few minutes are normal while nodes start.",
      ...{ unit: "none", decimals: 0, steps: anyIs("yellow") },
      expression: `sum(namespace:gpu_pods_pending:count{${NAMESPACE}}) or vector(0)`,
    }),
  ];
}

function idleByPool(): Section["panels"][number] {
  return bars({
    title: "Held and idle, by pool",
    description: "GPUs of each pool that pods hold and hardly use.",
    ...{ unit: "none", decimals: 0, width: 8, height: 6, min: 0, steps: anyIs("yellow") },
    queries: [{ expression: `sort_desc(pool:gpus_idle:count{${POOL}})`, legend: "{{pool}}" }],
    links: [{ title: "What they cost", url: "/d/gpu-cost?var-pool=${__field.labels.pool}" }],
  });
}

function pools(): Section {
  return {
    heading: "Pools",
    panels: [
      graph({
        title: "GPUs held, by pool",
        description:
          "GPUs that pods hold; dashed: those that the nodes of the pool have to give. The lines meet: the pool is full.",
        ...{ unit: "none", decimals: 0, width: 12, min: 0, bare: true },
        queries: [
          { expression: `pool:gpus_requested:sum{${POOL}}`, legend: "{{pool}} held" },
          { expression: `pool:gpus_allocatable:sum{${POOL}}`, legend: "{{pool}} to give", measure: true },
        ],
      }),
      graph({
        title: "Busy, by pool",
        description: "Mean share of time in which the GPUs of a pool were busy, by model of GPU.",
        ...{ unit: "percentunit", width: 12, min: 0, max: 1, bare: true },
        queries: [{ expression: `pool:gpu_utilization:avg{${POOL}}`, legend: "{{pool}} {{modelName}}" }],
      }),
      graph({
        title: "Memory in use, by pool",
        description: "Mean share of GPU memory in use.",
        ...{ unit: "percentunit", width: 8, min: 0, max: 1, bare: true },
        queries: [{ expression: `pool:gpu_memory_used:avg{${POOL}}`, legend: "{{pool}}" }],
      }),
      graph({
        title: "Power, by pool",
        description: "Power that the GPUs of a pool draw together.",
        ...{ unit: "watt", width: 8, min: 0, stacked: true },
        queries: [{ expression: `pool:gpu_power_watts:sum{${POOL}}`, legend: "{{pool}}" }],
      }),
      graph({
        title: "Pods waiting, by namespace",
        description: "Pods that ask for GPUs and have no node yet.",
        ...{ unit: "none", decimals: 0, width: 8, min: 0, stacked: true },
        queries: [{ expression: `namespace:gpu_pods_pending:count{${NAMESPACE}}`, legend: "{{namespace}}" }],
      }),
    ],
  };
}

function devices({ thresholds }: DashboardSettings): Section {
  const { gpuTemperatureCelsius: hot, gpuMemoryRatio: full } = thresholds;
  return {
    heading: "Single GPUs",
    panels: [
      bars({
        title: "Utilisation now, least busy first",
        description: "The 32 least busy GPUs of the chosen nodes. Red: hardly used.",
        ...{ unit: "percentunit", decimals: 0, width: 12, height: 11, min: 0, max: 1, steps: falling(0.05, 0.3) },
        queries: [
          {
            expression: `sort(${withHost(`bottomk(32, gpu:utilization:ratio{${GPU}})`)})`,
            legend: "{{host}} · {{gpu}}",
          },
        ],
      }),
      bars({
        title: "Memory now, fullest first",
        description: "The 32 GPUs whose memory is fullest. Red: the next request for memory may fail.",
        ...{ unit: "percentunit", decimals: 0, width: 12, height: 11, min: 0, max: 1, steps: rising(0.85, full) },
        queries: [
          {
            expression: `sort_desc(${withHost(`topk(32, gpu:memory_used:ratio{${GPU}})`)})`,
            legend: "{{host}} · {{gpu}}",
          },
        ],
      }),
      graph({
        title: "How busy, from the least to the busiest",
        description: "A tenth of the GPUs is below the lowest line and a tenth above the highest.",
        ...{ unit: "percentunit", width: 12, min: 0, max: 1, bare: true },
        queries: [0.1, 0.5, 0.9].map((part) => ({
          expression: `quantile(${part}, gpu:utilization:ratio{${GPU}})`,
          legend: part === 0.5 ? "median" : `${part * 100} % of GPUs are below`,
        })),
      }),
      graph({
        title: "Hottest GPUs",
        description:
          "The four GPUs that got hottest in the shown time. Above the line the alert fires, and the GPU slows itself down soon.",
        ...{ unit: "celsius", decimals: 0, width: 12, bare: true, limits: true, steps: limitAt(hot) },
        queries: [
          {
            expression: withHost(greatest(4, `gpu:temperature_celsius:max{${GPU}}`, ["node", "gpu"])),
            legend: "{{host}} · {{gpu}}",
          },
        ],
      }),
    ],
  };
}

function errors(): Section {
  const where = [
    { label: "node", title: "Node" },
    { label: "gpu", title: "GPU" },
  ];
  const links = `gpu:nvlink_errors:sum{${GPU}}`;
  const rows = `gpu:uncorrectable_remapped_rows:max{${GPU}}`;
  const failed = 'DCGM_FI_DEV_ROW_REMAP_FAILURE{node=~"$node"}';
  const worn = `${rows} > 0 or on (node, gpu) ${failed} > 0`;
  const errors1h = `sum by (node) (${links}) - sum by (node) (${links} offset 1h)`;
  return {
    heading: "Faults of the hardware",
    panels: [
      table({
        title: "XID errors in the shown time",
        description: "Errors that the driver reported, by code. The runbook of the alert says what each code means.",
        ...{ width: 8, height: 6 },
        labels: [...where, { label: "xid", title: "XID" }],
        values: [
          {
            ...{ title: "Most in five minutes", unit: "none", decimals: 0 },
            expression: `max by (node, gpu, xid) (max_over_time(DCGM_EXP_XID_ERRORS_COUNT{xid!="", node=~"$node"}[$__range])) > 0`,
          },
        ],
        noRows: "No XID errors",
      }),
      table({
        title: "Memory rows replaced",
        description:
          "Rows of memory replaced after errors that could not be corrected. A failed replacement: the GPU must go.",
        ...{ width: 8, height: 6 },
        labels: where,
        values: [
          {
            ...{ title: "Rows", unit: "none", decimals: 0, steps: rising(1, 8) },
            expression: `max by (node, gpu) (${rows}) and on (node, gpu) (${worn})`,
          },
          {
            ...{ title: "Failed", unit: "none", decimals: 0, steps: limitAt(1) },
            expression: `max by (node, gpu) (${failed}) and on (node, gpu) (${worn})`,
          },
        ],
        noRows: "No rows were replaced",
      }),
      graph({
        title: "NVLink errors per hour, by node",
        description: "Checksum errors, repeats and recoveries on the links between GPUs. Single ones are harmless.",
        ...{ unit: "none", decimals: 0, width: 8, height: 6, min: 0, bare: true, noValue: "No NVLink errors" },
        queries: [{ expression: withHost(`(${errors1h}) > 0`), legend: "{{host}}" }],
      }),
    ],
  };
}

function idle({ thresholds }: DashboardSettings): Section {
  const percent = Math.round(thresholds.gpuIdleRatio * 100);
  return {
    heading: "Idle",
    panels: [
      table({
        title: "Who holds GPUs without using them",
        description: `Pods that have held GPUs for ten minutes at less than ${percent} % utilisation.`,
        ...{ width: 24, height: 5 },
        labels: [
          { label: "namespace", title: "Namespace" },
          { label: "pod", title: "Pod" },
          {
            label: "pool",
            title: "Pool",
            links: [{ title: "What the pool costs", url: "/d/gpu-cost?var-pool=${__value.raw}" }],
          },
          { label: "node", title: "Node" },
        ],
        values: [
          {
            ...{ title: "GPUs idle", unit: "none", decimals: 1 },
            expression: `sum by (namespace, pod, pool, node) (gpu:idle:share{${GPU}, ${NAMESPACE}}) > 0`,
          },
        ],
        noRows: "No held GPU is idle",
      }),
    ],
  };
}
