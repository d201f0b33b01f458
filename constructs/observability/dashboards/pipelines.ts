import { type AlertsShown, firingCount, firingTable } from "./private/alerts";
import { compose } from "./private/compose";
import { line } from "./private/line";
import type { PlannedPanel, Section } from "./private/panel-spec";
import { bars, graph, stat } from "./private/panels";
import { anyIs, PLAIN, rising } from "./private/steps";
import { table } from "./private/tables";
import { variable } from "./private/variables";
import type { DashboardSettings, PlatformDashboard } from "./platform-dashboard";

const NAMESPACE = 'namespace=~"$namespace"';
const QUEUE = 'cluster_queue=~"$queue"';
const ALERTS: AlertsShown = { areas: ["pipelines", "scheduling"] };

/** Pipelines and training: does what was started run, what failed, and who waits for a quota or a GPU? */
export function pipelinesDashboard(settings: DashboardSettings): PlatformDashboard {
  const { workflows, queues, gpus } = settings.components;
  return compose(settings, {
    name: "pipelines",
    title: "Pipelines and training",
    folder: "Training",
    description: "Does what was started run, what failed, and who waits for a quota or for a GPU?",
    variables: [
      variable({
        ...{ name: "namespace", label: "Namespace", description: "Namespaces with training jobs.", several: true },
        ...{ series: "training:jobs:count", values: "namespace" },
      }),
      ...(queues ? [queue()] : []),
    ],
    alerts: ALERTS,
    from: "now-24h",
    sections: [
      { panels: line([firingCount(ALERTS), ...jobs(), waiting(settings)]) },
      { panels: [firingTable(settings, ALERTS, WHERE)] },
      ...(workflows ? [pipelines()] : []),
      training(gpus),
      ...(queues ? [quotas(gpus)] : []),
    ],
  });
}

const WHERE = [
  { label: "namespace", title: "Namespace" },
  { label: "cluster_queue", title: "Queue" },
];

function queue(): ReturnType<typeof variable> {
  return variable({
    ...{ name: "queue", label: "Queue", description: "Queues of teams.", several: true },
    ...{ series: "queue:workloads_pending:sum", values: "cluster_queue" },
  });
}

function jobs(): PlannedPanel[] {
  return [
    stat({
      title: "Jobs that run",
      description: "Training jobs that run now.",
      ...{ unit: "none", decimals: 0, steps: PLAIN },
      expression: `sum(training:jobs:count{${NAMESPACE}, state="active"}) or vector(0)`,
    }),
    stat({
      title: "Jobs that failed",
      description: "Failed training jobs that are still kept.",
      ...{ unit: "none", decimals: 0, steps: anyIs("yellow") },
      expression: `sum(training:jobs:count{${NAMESPACE}, state="failed"}) or vector(0)`,
    }),
  ];
}

function waiting({ components }: DashboardSettings): PlannedPanel {
  const common = { unit: "none", decimals: 0, width: 6, steps: anyIs("yellow") } as const;
  if (components.queues) {
    return stat({
      title: "Waiting for quota",
      description: "Workloads that wait in queues until the quota of their team has room.",
      ...common,
      expression: `sum(queue:workloads_pending:sum{${QUEUE}}) or vector(0)`,
    });
  }
  return stat({
    title: "Pods waiting",
    description: "Pods that have no node yet.",
    ...common,
    expression: "cluster:pods_pending:count or vector(0)",
  });
}

function pipelines(): Section {
  return {
    heading: "Pipelines",
    panels: [
      graph({
        title: "Workflows, by phase",
        description:
          "Workflows of all namespaces that Argo keeps, by phase. Pending for long: their pods find no room.",
        ...{ unit: "none", decimals: 0, width: 12, min: 0, stacked: true, legend: "right" },
        colors: { Succeeded: "green", Running: "blue", Pending: "yellow", "Failed|Error": "red" },
        queries: [{ expression: "pipeline:workflows:count", legend: "{{phase}}" }],
      }),
      graph({
        title: "Workflows that failed per hour, by namespace",
        description: "Workflows that failed within the last hour.",
        ...{ unit: "none", decimals: 0, width: 12, min: 0, stacked: true },
        queries: [{ expression: `pipeline:workflow_failures:increase1h{${NAMESPACE}}`, legend: "{{namespace}}" }],
      }),
    ],
  };
}

function training(gpus: boolean): Section {
  const pods = graph({
    title: "Pods that wait for a GPU, by namespace",
    description: "Pods that ask for GPUs and have no node yet.",
    ...{ unit: "none", decimals: 0, width: 12, min: 0, stacked: true },
    queries: [{ expression: `namespace:gpu_pods_pending:count{${NAMESPACE}}`, legend: "{{namespace}}" }],
  });
  return {
    heading: "Training jobs",
    panels: [
      graph({
        title: "Jobs, by state",
        description: "Jobs that run, and those that ended and are still kept.",
        ...{ unit: "none", decimals: 0, width: gpus ? 12 : 24, min: 0, bare: true },
        colors: { succeeded: "green", active: "blue", failed: "red" },
        queries: [{ expression: `sum by (state) (training:jobs:count{${NAMESPACE}})`, legend: "{{state}}" }],
      }),
      ...(gpus ? [pods] : []),
    ],
  };
}

function quotas(gpus: boolean): Section {
  const used = `queue:gpus_used:sum{${QUEUE}} / (queue:gpus_quota:sum > 0)`;
  const full = bars({
    title: "GPU quota in use, by queue",
    description: "Share of a queue's own GPU quota in use. Above 100 %: it borrows from others.",
    ...{ unit: "percentunit", decimals: 0, width: 12, height: 6, min: 0, max: 1, steps: rising(0.8, 1) },
    queries: [{ expression: `sort_desc(${used})`, legend: "{{cluster_queue}}" }],
  });
  const gpuColumns = [
    {
      title: "GPUs used",
      unit: "none",
      decimals: 0,
      expression: `sum by (cluster_queue) (queue:gpus_used:sum{${QUEUE}})`,
    },
    {
      title: "GPUs of its own",
      unit: "none",
      decimals: 0,
      expression: `sum by (cluster_queue) (queue:gpus_quota:sum{${QUEUE}})`,
    },
  ];
  return {
    heading: "Queues",
    panels: [
      table({
        title: "Queues now",
        description: "Who waits, who runs, and what of the quota is in use.",
        ...{ width: gpus ? 12 : 24, height: 6 },
        labels: [{ label: "cluster_queue", title: "Queue" }],
        values: [
          {
            ...{ title: "Waiting", unit: "none", decimals: 0, steps: anyIs("yellow") },
            expression: `sum by (cluster_queue) (queue:workloads_pending:sum{${QUEUE}})`,
          },
          {
            ...{ title: "Admitted", unit: "none", decimals: 0 },
            expression: `sum by (cluster_queue) (queue:workloads_admitted:sum{${QUEUE}})`,
          },
          ...(gpus ? gpuColumns : []),
        ],
        noRows: "There are no queues",
      }),
      ...(gpus ? [full] : []),
      graph({
        title: "Workloads waiting, by queue",
        description:
          "Workloads that wait until the quota has room. Growing for hours: the team needs more, or its jobs hang.",
        ...{ unit: "none", decimals: 0, width: 24, height: 6, min: 0, stacked: true },
        queries: [{ expression: `queue:workloads_pending:sum{${QUEUE}}`, legend: "{{cluster_queue}}" }],
      }),
    ],
  };
}
