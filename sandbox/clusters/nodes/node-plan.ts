import type { NodeGroupSnapshot } from "../../eks";
import type { KubernetesObject } from "../../kubernetes/kubernetes-object";
import { DRAINING_ANNOTATION, RELEASE_ANNOTATION, releaseOf } from "./node-marks";

/** What brings the nodes of a group nearer to what the group asks for. */
export interface NodePlan {
  /** How many nodes to start. */
  readonly start: number;
  /** Nodes that begin to be drained. */
  readonly retire: readonly KubernetesObject[];
  /** Nodes that stay, and may need other labels or taints. */
  readonly keep: readonly KubernetesObject[];
  /** Nodes that are being drained already. */
  readonly draining: readonly KubernetesObject[];
}

/** A group of which nothing is to be left. */
export function retireAll(nodes: readonly KubernetesObject[]): NodePlan {
  const { draining, living } = divide(nodes);
  return { start: 0, retire: living, keep: [], draining };
}

/**
 * Decides the next step for a node group, from what exists alone: a step that was interrupted is decided again.
 *
 * A change of image, version or launch template replaces the nodes, as many at a time as the group's update settings
 * allow; each new one is started before an old one goes.
 */
export function planNodes(group: NodeGroupSnapshot, nodes: readonly KubernetesObject[]): NodePlan {
  const { draining, living } = divide(nodes);
  const { desiredSize } = group.scaling;
  const release = releaseOf(group);
  const fresh = living.filter((node) => node.metadata.annotations?.[RELEASE_ANNOTATION] === release);
  const old = living.filter((node) => !fresh.includes(node));
  const room = old.length === 0 ? desiredSize : desiredSize + surgeOf(group) - old.length - draining.length;
  const start = Math.max(0, Math.min(desiredSize, room) - fresh.length);
  const excess = Math.max(0, living.length - desiredSize);
  const retire = [...leavingOrder(old), ...leavingOrder(fresh)].slice(0, excess);
  return { start, retire, keep: living.filter((node) => !retire.includes(node)), draining };
}

/** Nodes that an update replaces at a time. */
function surgeOf({ updateConfig, scaling }: NodeGroupSnapshot): number {
  const { maxUnavailable, maxUnavailablePercentage } = updateConfig;
  if (typeof maxUnavailable === "number") return maxUnavailable;
  if (typeof maxUnavailablePercentage !== "number") return 1;
  return Math.max(1, Math.ceil((scaling.desiredSize * maxUnavailablePercentage) / 100));
}

/**
 * Who goes first: nodes on which nothing may be scheduled any more, then those of the zone with the most, then the
 * youngest, so that a growth that is taken back leaves what was there.
 */
function leavingOrder(nodes: readonly KubernetesObject[]): KubernetesObject[] {
  const left = [...nodes].sort(
    (a, b) => Number(isCordoned(b)) - Number(isCordoned(a)) || compare(createdAt(b), createdAt(a)) || byName(a, b),
  );
  const order: KubernetesObject[] = [];
  while (left.length > 0) {
    const counts = new Map<string, number>();
    for (const node of left) counts.set(zoneOf(node), (counts.get(zoneOf(node)) ?? 0) + 1);
    const most = Math.max(...counts.values());
    const index = left.findIndex((node) => isCordoned(node) || counts.get(zoneOf(node)) === most);
    order.push(...left.splice(index, 1));
  }
  return order;
}

function divide(nodes: readonly KubernetesObject[]): { draining: KubernetesObject[]; living: KubernetesObject[] } {
  const leaves = (node: KubernetesObject) => node.metadata.annotations?.[DRAINING_ANNOTATION] !== undefined;
  return { draining: nodes.filter(leaves), living: nodes.filter((node) => !leaves(node)) };
}

/** @returns zone of a node, empty when it has none */
export function zoneOf({ metadata }: KubernetesObject): string {
  return metadata.labels?.["topology.kubernetes.io/zone"] ?? "";
}

function isCordoned(node: KubernetesObject): boolean {
  return (node["spec"] as { readonly unschedulable?: boolean } | undefined)?.unschedulable === true;
}

function createdAt({ metadata }: KubernetesObject): string {
  return String(metadata["creationTimestamp"] ?? "");
}

function byName(a: KubernetesObject, b: KubernetesObject): number {
  return compare(a.metadata.name, b.metadata.name);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
