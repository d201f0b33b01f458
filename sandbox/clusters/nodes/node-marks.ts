import { createHash } from "node:crypto";
import type { NodeGroupSnapshot } from "../../eks";
import type { KubernetesObject } from "../../kubernetes/kubernetes-object";

/** A taint as Kubernetes spells it. */
export interface NodeTaint {
  readonly key: string;
  readonly value?: string;
  readonly effect: string;
}

/** What a node group puts on its nodes, and takes away again. */
interface AppliedMarks {
  readonly labels: readonly string[];
  /** `key:effect`. */
  readonly taints: readonly string[];
}

/** Label that tells the node group of a node. */
export const GROUP_LABEL = "eks.amazonaws.com/nodegroup";
/** What the node group has put on a node, for what it must take away. */
export const MARKS_ANNOTATION = "sandbox.flightdeck.dev/node-group-marks";
/** Image, version and launch template that a node was started from. */
export const RELEASE_ANNOTATION = "sandbox.flightdeck.dev/release";
/** When a node began to be drained, ISO 8601. */
export const DRAINING_ANNOTATION = "sandbox.flightdeck.dev/draining-since";

const EFFECTS: Readonly<Record<string, string>> = {
  NO_SCHEDULE: "NoSchedule",
  PREFER_NO_SCHEDULE: "PreferNoSchedule",
  NO_EXECUTE: "NoExecute",
};

/** @returns the taints of a group, as Kubernetes spells them */
export function groupTaints({ taints }: Pick<NodeGroupSnapshot, "taints">): NodeTaint[] {
  return taints.map(({ key, value, effect }) => ({
    key,
    ...(value !== undefined && value !== "" && { value }),
    effect: EFFECTS[effect] ?? effect,
  }));
}

/** @returns the labels that the kubelet of a group's node registers with because EKS tells it so */
export function groupLabels(group: NodeGroupSnapshot): Record<string, string> {
  const { launchTemplate } = group;
  return {
    ...group.labels,
    [GROUP_LABEL]: group.name,
    "eks.amazonaws.com/nodegroup-image": imageOf(group),
    "eks.amazonaws.com/capacityType": group.capacityType,
    ...(launchTemplate !== undefined && {
      "eks.amazonaws.com/sourceLaunchTemplateId": launchTemplate.id,
      "eks.amazonaws.com/sourceLaunchTemplateVersion": launchTemplate.version,
    }),
  };
}

/** @returns what a node of the group is started from: another value means another node */
export function releaseOf({ version, releaseVersion, launchTemplate }: NodeGroupSnapshot): string {
  return [version ?? "", releaseVersion, launchTemplate?.id ?? "", launchTemplate?.version ?? ""].join("/");
}

/** @returns the annotation that remembers what a group has put on a node */
export function marksAnnotation(group: NodeGroupSnapshot): string {
  return JSON.stringify({
    labels: Object.keys(group.labels).sort(),
    taints: groupTaints(group).map(taintId).sort(),
  } satisfies AppliedMarks);
}

/**
 * Brings the marks of a group to a living node: labels and taints that the group no longer has are taken away, those of
 * others (people, controllers) stay.
 *
 * @returns a merge patch that fails when the node has changed since it was read; undefined when nothing differs
 */
export function marksPatch(node: KubernetesObject, group: NodeGroupSnapshot): Record<string, unknown> | undefined {
  const before = appliedMarks(node);
  const gone = before.labels.filter((key) => !(key in group.labels));
  const labels: Record<string, string | null> = { ...group.labels };
  for (const key of gone) labels[key] = null;
  const current = taintsOf(node);
  const wanted = groupTaints(group);
  const ours = new Set([...before.taints, ...wanted.map(taintId)]);
  const taints = [...current.filter((taint) => !ours.has(taintId(taint))), ...wanted];
  const annotation = marksAnnotation(group);
  const has = node.metadata.labels ?? {};
  const same =
    Object.entries(labels).every(([key, value]) => (has[key] ?? null) === value) &&
    sameTaints(taints, current) &&
    node.metadata.annotations?.[MARKS_ANNOTATION] === annotation;
  if (same) return undefined;
  const { resourceVersion } = node.metadata;
  return {
    metadata: { resourceVersion, labels, annotations: { [MARKS_ANNOTATION]: annotation } },
    spec: { taints: taints.length === 0 ? null : taints },
  };
}

/** @returns the taints that a node has now */
export function taintsOf(node: KubernetesObject): NodeTaint[] {
  return (node["spec"] as { readonly taints?: NodeTaint[] } | undefined)?.taints ?? [];
}

function appliedMarks(node: KubernetesObject): AppliedMarks {
  const text = node.metadata.annotations?.[MARKS_ANNOTATION];
  return text === undefined ? { labels: [], taints: [] } : (JSON.parse(text) as AppliedMarks);
}

function sameTaints(a: readonly NodeTaint[], b: readonly NodeTaint[]): boolean {
  const spelled = (taints: readonly NodeTaint[]) => taints.map((one) => `${taintId(one)}=${one.value ?? ""}`).sort();
  return spelled(a).join("\n") === spelled(b).join("\n");
}

function taintId({ key, effect }: NodeTaint): string {
  return `${key}:${effect}`;
}

/** A custom image has its own id; that of EKS's image follows from what it is. */
function imageOf({ amiType, releaseVersion }: NodeGroupSnapshot): string {
  if (amiType === "CUSTOM" && releaseVersion.startsWith("ami-")) return releaseVersion;
  const digest = createHash("sha256").update(`${amiType}/${releaseVersion}`).digest("hex");
  return `ami-${digest.slice(0, 17)}`;
}
