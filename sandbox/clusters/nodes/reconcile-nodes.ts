import type { ClusterSnapshot, NodeGroupSnapshot } from "../../eks";
import type { KubernetesObject } from "../../kubernetes/kubernetes-object";
import type { KubernetesPort } from "../kubernetes-port";
import { beginDrain, drainStep } from "./drain";
import type { GroupFactsReader } from "./group-facts";
import { newNodes } from "./new-nodes";
import { GROUP_LABEL, marksPatch } from "./node-marks";
import { planNodes, retireAll, type NodePlan } from "./node-plan";

/** What the nodes of a cluster are reconciled with. */
export interface NodeParts {
  readonly api: KubernetesPort;
  readonly facts: GroupFactsReader;
  /** Reserves numbers for that many instances. @returns the first of them */
  readonly reserveLaunches: (count: number) => number;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Milliseconds that draining a node may take. */
  readonly drainMs: number;
  readonly log: (line: string) => void;
}

/** What is in the cluster before a step. */
export interface NodeWorld {
  /** All nodes. */
  readonly nodes: readonly KubernetesObject[];
  /** All pods. */
  readonly pods: readonly KubernetesObject[];
}

interface Step extends NodePlan {
  readonly group?: NodeGroupSnapshot;
}

/**
 * Brings the nodes of a cluster one step nearer to its node groups. New nodes come first, since pods that are evicted
 * need them; draining takes as many steps as it needs, and never holds up the rest.
 *
 * @returns whether another step is needed soon
 */
export async function reconcileNodes(parts: NodeParts, cluster: ClusterSnapshot, world: NodeWorld): Promise<boolean> {
  const steps = stepsOf(cluster, world.nodes);
  const taken = new Set(world.nodes.map(({ metadata }) => metadata.name));
  for (const step of steps) await startNodes(parts, { cluster, step, taken });
  for (const { group, keep } of steps) {
    if (group !== undefined) await Promise.all(keep.map((node) => markNode(parts, node, group)));
  }
  const leaving = await Promise.all(steps.flatMap((step) => leave(parts, step, world.pods)));
  return leaving.length > 0 || steps.some(({ start }) => start > 0);
}

function stepsOf(cluster: ClusterSnapshot, nodes: readonly KubernetesObject[]): Step[] {
  const byGroup = new Map<string, KubernetesObject[]>();
  for (const node of nodes) {
    const name = node.metadata.labels?.[GROUP_LABEL];
    if (name !== undefined) byGroup.set(name, [...(byGroup.get(name) ?? []), node]);
  }
  const groups = cluster.nodeGroups.filter(({ status }) => status !== "DELETING");
  const names = new Set(groups.map(({ name }) => name));
  const orphans = [...byGroup].filter(([name]) => !names.has(name)).flatMap(([, of]) => of);
  return [
    ...groups.map((group) => ({ group, ...planNodes(group, byGroup.get(group.name) ?? []) })),
    retireAll(orphans),
  ];
}

async function startNodes(
  { api, facts, reserveLaunches, log }: NodeParts,
  { cluster, step, taken }: { cluster: ClusterSnapshot; step: Step; taken: Set<string> },
): Promise<void> {
  const { group, start: count, keep, retire } = step;
  if (group === undefined || count === 0) return;
  const groupFacts = await facts.read(group);
  let launch = reserveLaunches(count);
  const nodes = newNodes({
    ...{ cluster, group, facts: groupFacts, taken, count },
    existing: [...keep, ...retire],
    nextLaunch: () => launch++,
  });
  await Promise.all(nodes.map((node) => api.create(node)));
  log(`node group ${group.name}: started ${nodes.map(({ metadata }) => metadata.name).join(", ")}`);
}

async function markNode({ api }: NodeParts, node: KubernetesObject, group: NodeGroupSnapshot): Promise<void> {
  const patch = marksPatch(node, group);
  if (patch === undefined) return;
  await api.mergePatch({ apiVersion: "v1", kind: "Node", name: node.metadata.name }, patch);
}

function leave(parts: NodeParts, step: Step, pods: readonly KubernetesObject[]): Promise<void>[] {
  const { api, drainMs: limitMs, now, log } = parts;
  const on = (node: KubernetesObject) => pods.filter((pod) => nodeOf(pod) === node.metadata.name);
  const drain = async (node: KubernetesObject) => {
    const gone = await drainStep(api, node, on(node), { now: now(), limitMs, log });
    if (gone) log(`node ${node.metadata.name} ended`);
  };
  return [
    ...step.retire.map(async (node) => drain(await beginDrain(api, node, now()))),
    ...step.draining.map((node) => drain(node)),
  ];
}

function nodeOf(pod: KubernetesObject): string | undefined {
  return (pod["spec"] as { readonly nodeName?: string } | undefined)?.nodeName;
}
