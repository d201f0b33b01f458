import { type AlertsShown, firingCount, firingTable } from "./private/alerts";
import { compose } from "./private/compose";
import { greatest } from "./private/greatest";
import { line } from "./private/line";
import type { PlannedPanel, Section } from "./private/panel-spec";
import { bars, graph, stat } from "./private/panels";
import { withHost } from "./private/short-node";
import { anyIs, rising } from "./private/steps";
import { variable } from "./private/variables";
import type { DashboardSettings, PlatformDashboard } from "./platform-dashboard";

const NAMESPACE = 'namespace=~"$namespace"';
const POOL = 'pool=~"$pool"';
const ALERTS: AlertsShown = { areas: ["cluster", "scheduling"] };

/** Cluster: are all nodes well, is there room, do pods run? */
export function clusterDashboard(settings: DashboardSettings): PlatformDashboard {
  return compose(settings, {
    name: "cluster",
    title: "Cluster",
    folder: "Platform",
    description: "Are all nodes well, is there room, and do pods run?",
    variables: [
      variable({
        ...{ name: "pool", label: "Pool", description: "Node pools.", several: true },
        ...{ series: "pool:nodes:count", values: "pool" },
      }),
      variable({
        ...{ name: "node", label: "Node", description: "Nodes.", several: true },
        ...{ series: "node:disk_used:ratio", values: "node" },
      }),
      variable({
        ...{ name: "namespace", label: "Namespace", description: "Namespaces.", several: true },
        ...{ series: "namespace:memory_usage_bytes:sum", values: "namespace" },
      }),
    ],
    alerts: ALERTS,
    from: "now-6h",
    sections: [
      { panels: line([firingCount(ALERTS), ...now()]) },
      { panels: [firingTable(settings, ALERTS, WHERE)] },
      capacity(),
      use(),
      trouble(settings),
    ],
  });
}

const WHERE = [
  { label: "node", title: "Node" },
  { label: "namespace", title: "Namespace" },
];

function now(): PlannedPanel[] {
  const condition = 'condition="Ready", status="true"';
  return [
    stat({
      title: "Nodes not ready",
      description: "Nodes that do not report that they are well. A minute or two are normal while a node starts.",
      ...{ unit: "none", decimals: 0, steps: anyIs("red") },
      expression: `count(kube_node_status_condition{${condition}} == 0) or vector(0)`,
    }),
    stat({
      title: "Pods without a node",
      description: "Pods that wait for a node. A few minutes are normal while nodes start.",
      ...{ unit: "none", decimals: 0, steps: rising(1, 20) },
      expression: "cluster:pods_pending:count or vector(0)",
    }),
    stat({
      title: "CPU asked for",
      description: "What pods ask for as a share of what nodes have. Near 100 %: new pods wait for new nodes.",
      ...{ unit: "percentunit", decimals: 0, min: 0, max: 1, steps: rising(0.85, 0.95) },
      expression: "cluster:cpu_requested:ratio",
    }),
    stat({
      title: "Memory asked for",
      description: "What pods ask for as a share of what nodes have. Near 100 %: new pods wait for new nodes.",
      ...{ unit: "percentunit", decimals: 0, min: 0, max: 1, steps: rising(0.85, 0.95) },
      expression: "cluster:memory_requested:ratio",
    }),
    stat({
      title: "Restarts in an hour",
      description: "Restarts of containers within the last hour, in the chosen namespaces.",
      ...{ unit: "none", decimals: 0, steps: rising(5, 30) },
      expression: `sum(namespace:pod_restarts:increase1h{${NAMESPACE}}) or vector(0)`,
    }),
  ];
}

function capacity(): Section {
  return {
    heading: "Room",
    panels: [
      graph({
        title: "Nodes, by pool",
        description: "Nodes of each pool, by how they are paid for.",
        ...{ unit: "none", decimals: 0, width: 12, min: 0, stacked: true, legend: "right" },
        queries: [{ expression: `pool:nodes:count{${POOL}}`, legend: "{{pool}} {{capacity_type}}" }],
      }),
      graph({
        title: "Asked for, of what there is",
        description: "What pods ask for as a share of what nodes have.",
        ...{ unit: "percentunit", width: 12, min: 0, max: 1 },
        queries: [
          { expression: "cluster:cpu_requested:ratio", legend: "CPU" },
          { expression: "cluster:memory_requested:ratio", legend: "memory" },
        ],
      }),
    ],
  };
}

function use(): Section {
  return {
    heading: "Use",
    panels: [
      graph({
        title: "CPU in use, by pool",
        description:
          "Mean share of the CPU of a pool's nodes in use. Far below what is asked for: requests are too large.",
        ...{ unit: "percentunit", width: 12, min: 0, max: 1, bare: true },
        queries: [{ expression: `pool:cpu_utilization:avg{${POOL}}`, legend: "{{pool}}" }],
      }),
      graph({
        title: "Memory in use, by pool",
        description: "Mean share of the memory of a pool's nodes in use.",
        ...{ unit: "percentunit", width: 12, min: 0, max: 1, bare: true },
        queries: [{ expression: `pool:memory_utilization:avg{${POOL}}`, legend: "{{pool}}" }],
      }),
      graph({
        title: "CPU in use, by namespace",
        description: "Cores in use: the eight namespaces that used most at some time.",
        ...{ unit: "none", decimals: 1, width: 12, min: 0, stacked: true, legend: "right" },
        queries: [
          {
            expression: greatest(8, `namespace:cpu_usage_cores:sum{${NAMESPACE}}`, ["namespace"]),
            legend: "{{namespace}}",
          },
        ],
      }),
      graph({
        title: "Memory in use, by namespace",
        description: "Memory in use: the eight namespaces that used most at some time.",
        ...{ unit: "bytes", width: 12, min: 0, stacked: true, legend: "right" },
        queries: [
          {
            expression: greatest(8, `namespace:memory_usage_bytes:sum{${NAMESPACE}}`, ["namespace"]),
            legend: "{{namespace}}",
          },
        ],
      }),
    ],
  };
}

function trouble({ thresholds }: DashboardSettings): Section {
  const full = thresholds.volumeRatio;
  return {
    heading: "Trouble",
    panels: [
      graph({
        title: "Pods without a node, over time",
        description: "Pods that wait for a node.",
        ...{ unit: "none", decimals: 0, width: 8, min: 0 },
        queries: [{ expression: "cluster:pods_pending:count", legend: "pods" }],
      }),
      graph({
        title: "Restarts per hour, by namespace",
        description: "Restarts of containers within the last hour, where there were some.",
        ...{ unit: "none", decimals: 0, width: 8, min: 0, stacked: true, noValue: "No container restarted" },
        queries: [{ expression: `namespace:pod_restarts:increase1h{${NAMESPACE}} > 0`, legend: "{{namespace}}" }],
      }),
      bars({
        title: "Disks of nodes, fullest first",
        description: "The 20 nodes whose disks are fullest. Kubernetes ends pods on a node whose disk is full.",
        ...{ unit: "percentunit", decimals: 0, width: 8, min: 0, max: 1, steps: rising(full - 0.1, full) },
        queries: [
          { expression: `sort_desc(${withHost('topk(20, node:disk_used:ratio{node=~"$node"})')})`, legend: "{{host}}" },
        ],
      }),
    ],
  };
}
