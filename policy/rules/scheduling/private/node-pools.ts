import { instanceTypes, neuronCores, tryFindMigGpu } from "../../../../catalog";
import type { Accelerator, InstanceType } from "../../../../catalog";
import type { Graph } from "../../../engine/graph";
import type { KubernetesObject, Resource } from "../../../engine/subject";
import type { Value } from "../../../engine/value";
import { cached } from "../../k8s/private/graph-objects";
import { isMeantFor, shapeOf } from "../../private/node-group";
import { typesOfRequirements } from "./karpenter-requirements";

/** A taint as Kubernetes has it. */
export interface Taint {
  readonly key: string;
  readonly value: string;
  /** `NoSchedule`, `NoExecute` or `PreferNoSchedule` */
  readonly effect: string;
}

/** Nodes that are alike: a managed node group, or a NodePool of Karpenter. */
export interface NodePool {
  /** What it is called in messages. */
  readonly name: string;
  /** Values that each label may have; a label that is not in it is not on the nodes. */
  readonly labels: ReadonlyMap<string, readonly string[]>;
  readonly taints: readonly Taint[];
  /** CPUs of its largest node; undefined when no type is known. */
  readonly cpus: number | undefined;
  /** MiB of memory of the node with most of it; undefined when no type is known. */
  readonly memoryMiB: number | undefined;
  /** Whether all its nodes may be taken away at any time. */
  readonly spotOnly: boolean;
  /** Whether it is called or labelled after serving. */
  readonly forServing: boolean;
  /** Whether labels, taints and instance types are all known. */
  readonly known: boolean;
  /** How many of an accelerator's resource its largest node has; undefined when that is not known. */
  readonly offers: (resource: string) => number | undefined;
}

/** Every pool of nodes that is defined here. */
export const nodePools: (graph: Graph) => readonly NodePool[] = cached((graph) => [
  ...graph.resourcesOf("aws_eks_node_group").map((group) => ofNodeGroup(graph, group)),
  ...graph.objectsOf("NodePool").map(ofKarpenter),
]);

const RESOURCE_TAG = "k8s.io/cluster-autoscaler/node-template/resources/";
/** EC2's API spells effects its own way. */
const EFFECTS: Readonly<Record<string, string>> = {
  NO_SCHEDULE: "NoSchedule",
  NO_EXECUTE: "NoExecute",
  PREFER_NO_SCHEDULE: "PreferNoSchedule",
};

function ofNodeGroup(graph: Graph, group: Resource): NodePool {
  const { types, complete } = shapeOf(group, graph);
  const capacity = group.at("capacity_type").text ?? "ON_DEMAND";
  const labels = mapOf(group.at("labels"));
  const taints = group.each("taint").map((taint) => ({
    key: textOf(taint.at("key")),
    value: textOf(taint.at("value")),
    effect: EFFECTS[textOf(taint.at("effect"))] ?? "",
  }));
  const name = [group.at("node_group_name"), group.at("node_group_name_prefix")].find(
    ({ literal }) => literal !== undefined,
  );
  return {
    name: name === undefined ? group.address : String(name.literal).replace(/-$/, ""),
    labels: new Map([...wellKnownLabels(types), ["eks.amazonaws.com/capacityType", [capacity]], ...labels.entries]),
    taints,
    ...largestOf(types),
    spotOnly: capacity === "SPOT",
    forServing: isMeantFor(group, "serving", "inference"),
    known: complete && labels.known && !group.each("taint").some(isUnknown),
    offers: offersOf(types, labels.entries, group.at("tags")),
  };
}

function ofKarpenter(pool: KubernetesObject): NodePool {
  const template = pool.at("spec.template");
  const requirements = template.each("spec.requirements");
  const types = typesOfRequirements(requirements, instanceTypes());
  const labels = mapOf(template.at("metadata.labels"));
  const required = requirements.flatMap((requirement): [string, readonly string[]][] =>
    requirement.at("operator").text === "In"
      ? [[textOf(requirement.at("key")), requirement.each("values").map(textOf)]]
      : [],
  );
  const capacity = new Map(required).get("karpenter.sh/capacity-type") ?? ["on-demand", "spot"];
  return {
    name: pool.name,
    labels: new Map([
      ...wellKnownLabels(types),
      ["karpenter.sh/nodepool", [pool.name]],
      ["karpenter.sh/capacity-type", capacity],
      ...required,
      ...labels.entries,
    ]),
    taints: template.each("spec.taints").map((taint) => ({
      key: textOf(taint.at("key")),
      value: textOf(taint.at("value")),
      effect: textOf(taint.at("effect")),
    })),
    ...largestOf(types),
    spotOnly: capacity.length > 0 && capacity.every((kind) => kind === "spot"),
    forServing: false,
    known: labels.known && !requirements.some(isUnknown),
    offers: offersOf(types, labels.entries),
  };
}

function largestOf(types: readonly InstanceType[]): Pick<NodePool, "cpus" | "memoryMiB"> {
  if (types.length === 0) return { cpus: undefined, memoryMiB: undefined };
  return {
    cpus: Math.max(...types.map(({ vcpu }) => vcpu)),
    memoryMiB: Math.max(...types.map((type) => type.memoryMiB)),
  };
}

/** Labels that the kubelet and the cloud put on every node. */
function wellKnownLabels(types: readonly InstanceType[]): [string, readonly string[]][] {
  return [
    ["kubernetes.io/os", ["linux"]],
    ["kubernetes.io/arch", [...new Set(types.map(({ arch }) => arch))]],
    ["node.kubernetes.io/instance-type", types.map(({ name }) => name)],
  ];
}

/**
 * What a node offers by what the pool itself says to the cluster autoscaler, else by its instance types: whole GPUs where
 * nothing shares or cuts them.
 */
function offersOf(
  types: readonly InstanceType[],
  labels: readonly (readonly [string, readonly string[]])[],
  tags?: Value,
): (resource: string) => number | undefined {
  const label = new Map(labels);
  const known = new Map<string, number | undefined>();
  const read = (resource: string) => {
    const tag = tags?.at([`${RESOURCE_TAG}${resource}`]);
    if (tag?.number !== undefined) return tag.number;
    return Math.max(0, ...types.map((type) => offerOf(type, resource, label))) || undefinedWhenShared(resource, label);
  };
  return (resource) => {
    if (!known.has(resource)) known.set(resource, read(resource));
    return known.get(resource);
  };
}

function undefinedWhenShared(resource: string, label: ReadonlyMap<string, readonly string[]>): number | undefined {
  return resource === "nvidia.com/gpu.shared" && label.has("nvidia.com/device-plugin.config") ? undefined : 0;
}

function offerOf(type: InstanceType, resource: string, label: ReadonlyMap<string, readonly string[]>): number {
  const { accelerator } = type;
  if (accelerator === null) return 0;
  if (accelerator.kind === "neuron") return neuronOffer(accelerator, resource);
  if (accelerator.kind !== "gpu") return 0;
  const [cut] = label.get("nvidia.com/mig.config") ?? [];
  if (resource === `${accelerator.manufacturer}.com/gpu`)
    return cut !== undefined || label.has("nvidia.com/device-plugin.config") ? 0 : accelerator.count;
  const profile = tryFindMigGpu(type)?.profiles.find(
    ({ name }) => cut === `all-${name}` && resource === `nvidia.com/mig-${name}`,
  );
  return accelerator.count * (profile?.count ?? 0);
}

function neuronOffer({ name, count }: Accelerator, resource: string): number {
  if (!resource.startsWith("aws.amazon.com/neuron")) return 0;
  return resource.endsWith("core") ? count * (neuronCores(name) ?? 0) : count;
}

function mapOf(map: Value): {
  readonly entries: readonly (readonly [string, readonly string[]])[];
  readonly known: boolean;
} {
  const entries = map.keys.map((key) => [key, [textOf(map.at([key]))]] as const);
  return { entries, known: !map.unknown && !map.keys.some((key) => map.at([key]).unknown) };
}

function textOf(value: Value): string {
  return value.text ?? (value.known ? String(value.literal) : "");
}

function isUnknown({ unknown }: Value): boolean {
  return unknown;
}
