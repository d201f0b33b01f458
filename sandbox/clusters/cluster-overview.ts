import type { KubernetesObject } from "../kubernetes/kubernetes-object";
import type { NodeCount, PodCounts } from "./cluster-health";
import { GROUP_LABEL } from "./nodes/node-marks";

/** Nodes and pods of a cluster, counted. */
export interface ClusterOverview {
  readonly nodes: readonly NodeCount[];
  readonly pods: PodCounts;
}

/** A cluster of which nothing is known yet. */
export const EMPTY_OVERVIEW: ClusterOverview = { nodes: [], pods: {} };

const ACCELERATOR = /^(nvidia\.com|amd\.com|aws\.amazon\.com)\/(?!neuroncore)/;

interface NodeStatus {
  readonly conditions?: readonly { readonly type: string; readonly status: string }[];
  readonly allocatable?: Readonly<Record<string, string>>;
}

/** @returns the counts, nodes by pool and instance type */
export function overviewOf(nodes: readonly KubernetesObject[], pods: readonly KubernetesObject[]): ClusterOverview {
  const groups = new Map<string, NodeCount>();
  for (const node of nodes) {
    const { labels = {} } = node.metadata;
    const pool = labels["flightdeck.dev/pool"] ?? labels[GROUP_LABEL] ?? "";
    const instanceType = labels["node.kubernetes.io/instance-type"] ?? "";
    const key = `${pool}/${instanceType}`;
    groups.set(key, withNode(groups.get(key) ?? { pool, instanceType, count: 0, ready: 0, gpus: {} }, node));
  }
  const phases: Record<string, number> = {};
  for (const pod of pods) {
    const phase = ((pod["status"] as { phase?: string } | undefined)?.phase ?? "Unknown").toLowerCase();
    phases[phase] = (phases[phase] ?? 0) + 1;
  }
  return { nodes: [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, count]) => count), pods: phases };
}

function withNode({ gpus: before, ...group }: NodeCount, node: KubernetesObject): NodeCount {
  const status = (node["status"] ?? {}) as NodeStatus;
  const ready = status.conditions?.some(({ type, status: is }) => type === "Ready" && is === "True") === true;
  const gpus = { ...before };
  for (const [name, quantity] of Object.entries(status.allocatable ?? {})) {
    if (ACCELERATOR.test(name)) gpus[name] = (gpus[name] ?? 0) + Number(quantity);
  }
  return { ...group, count: group.count + 1, ready: group.ready + Number(ready), gpus };
}
