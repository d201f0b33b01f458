import { findAmiType, amiTypes, tryFindInstanceType } from "../../../catalog";
import type { AmiType, InstanceType } from "../../../catalog";
import type { Graph } from "../../engine/graph";
import type { Resource } from "../../engine/subject";
import type { Value } from "../../engine/value";

/**
 * What the nodes of a group compute with. `mixed`: the group may start nodes of two kinds; `unknown`: nothing in it says.
 */
export type NodeKind = "nvidia" | "neuron" | "cpu" | "mixed" | "unknown";

/** The instance types that a managed node group may start. */
export interface NodeShape {
  /** Where they are written. */
  readonly value: Value;
  /** Their names, as far as they are known. */
  readonly names: readonly string[];
  /** What the catalogue knows of them. */
  readonly types: readonly InstanceType[];
  /** Whether all names are known, and the catalogue knows all of them. */
  readonly complete: boolean;
}

/** What EKS starts when neither the group nor its launch template names an instance type. */
const EKS_DEFAULT_TYPE = "t3.medium";

/** The launch template of a managed node group, found by reference, id or name; undefined when it has none that is known. */
export function launchTemplateOf(group: Resource, graph: Graph): Resource | undefined {
  const block = group.at("launch_template");
  const referred = graph.targets(block).find(({ type }) => type === "aws_launch_template");
  if (referred !== undefined) return referred;
  return graph
    .resourcesOf("aws_launch_template")
    .find((template) => ["id", "name"].some((key) => isSameLiteral(template.at(key), block.at(key))));
}

/** The cluster of a node group, add-on or access entry, found by reference or by name. */
export function clusterOf(member: Resource, graph: Graph): Resource | undefined {
  const name = member.at("cluster_name");
  const referred = graph.targets(name).find(({ type }) => type === "aws_eks_cluster");
  if (referred !== undefined || typeof name.literal !== "string") return referred;
  return graph.resourcesOf("aws_eks_cluster").find((cluster) => cluster.at("name").literal === name.literal);
}

function isSameLiteral(one: Value, other: Value): boolean {
  return typeof one.literal === "string" && one.literal === other.literal;
}

/** The instance types of a managed node group: its own, else its launch template's, else EKS's default. */
export function shapeOf(group: Resource, graph: Graph): NodeShape {
  const own = group.at("instance_types");
  const template = launchTemplateOf(group, graph);
  const hasOwn = own.unknown || own.items.length > 0;
  const value = hasOwn || template === undefined ? own : template.at("instance_type");
  const isKnownAbsent = template !== undefined || group.at("launch_template").absent;
  if (!hasOwn && value.items.length === 0 && !value.unknown && isKnownAbsent)
    return shape(value, [EKS_DEFAULT_TYPE], true);
  const names = value.items.flatMap(({ literal }) => (typeof literal === "string" ? [literal] : []));
  return shape(value, names, names.length > 0 && names.length === value.items.length);
}

function shape(value: Value, names: readonly string[], allNamed: boolean): NodeShape {
  const types = names.flatMap((name) => tryFindInstanceType(name) ?? []);
  return { value, names, types, complete: allNamed && types.length === names.length };
}

/** What a managed node group's instance types compute with; its AMI type says so where they are not known. */
export function kindOf(group: Resource, graph: Graph): NodeKind {
  const { names } = shapeOf(group, graph);
  const kinds = new Set(names.map(kindOfType));
  if (kinds.size > 1) return "mixed";
  const [only] = kinds;
  if (only !== undefined) return only;
  const ami = amiTypeOf(group);
  if (ami === undefined) return "unknown";
  return ami.accelerator === "none" ? "cpu" : ami.accelerator;
}

/**
 * What an instance type computes with. EC2 names families with NVIDIA GPUs g… and p…, those with Neuron devices inf… and
 * trn…: that tells types apart which are too old or too new for the catalogue.
 */
export function kindOfType(name: string): Exclude<NodeKind, "mixed" | "unknown"> {
  const accelerator = tryFindInstanceType(name)?.accelerator;
  if (accelerator !== undefined && accelerator !== null) {
    if (accelerator.kind === "neuron") return "neuron";
    return accelerator.manufacturer === "nvidia" ? "nvidia" : "cpu";
  }
  if (accelerator === null) return "cpu";
  if (/^(inf|trn)\d/.test(name)) return "neuron";
  return /^(p|gr?)\d/.test(name) ? "nvidia" : "cpu";
}

/** The AMI type of a group as the catalogue knows it; undefined when it is absent, custom, unknown or not in the catalogue. */
export function amiTypeOf(group: Resource): AmiType | undefined {
  const name = group.at("ami_type").literal;
  return amiTypes().some((known) => known.name === name) ? findAmiType(String(name)) : undefined;
}

/** Whether nodes of a group start from an image of its owner's, of which nothing is known here. */
export function hasOwnImage(group: Resource, graph: Graph): boolean {
  if (group.at("ami_type").literal === "CUSTOM") return true;
  const template = launchTemplateOf(group, graph);
  if (template === undefined) return !group.at("launch_template").absent && group.at("ami_type").absent;
  return !template.at("image_id").absent;
}

/** What a label of a group's nodes says. */
export function labelOf(group: Resource, key: string): Value {
  return group.at(["labels", key]);
}

/** Whether a group is labelled for, or named after, some purpose, such as `serving`. */
export function isMeantFor(group: Resource, ...purposes: readonly string[]): boolean {
  const labels = group.at("labels");
  const said = labels.keys.map((key) => labels.at([key]).literal);
  const name = group.at("node_group_name").text ?? group.at("node_group_name_prefix").text ?? "";
  return purposes.some((purpose) => said.includes(purpose) || name.split("-").includes(purpose));
}
