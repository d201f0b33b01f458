import { type InstanceType, instanceTypes, neuronCores, nodeImageRelease, tryFindInstanceType } from "../../../catalog";
import type { Taint } from "../../cluster/pool-options";
import type { KarpenterBudget, KarpenterCapacity, KarpenterNodePoolOptions } from "../karpenter-node-pool-options";

/** What the nodes of a pool are for. */
export type KarpenterPoolKind = "cpu" | "gpu" | "neuron";

/** A pool with every default filled in. */
export interface KarpenterPoolSettings {
  readonly options: KarpenterNodePoolOptions;
  readonly kind: KarpenterPoolKind;
  readonly types: readonly InstanceType[];
  readonly capacity: readonly KarpenterCapacity[];
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly Taint[];
  readonly diskGiB: number;
  readonly operatingSystem: "al2023" | "bottlerocket";
  readonly imageRelease: string;
  readonly expireAfter: string;
  readonly consolidation: { readonly policy: string; readonly after: string };
  readonly budgets: readonly KarpenterBudget[];
  /** Extended resources that the largest node offers. */
  readonly largestNode: Readonly<Record<string, number>>;
}

/** The resources that pods ask for, by what nodes are for. */
export const ACCELERATOR_RESOURCES = { gpu: "nvidia.com/gpu", neuron: "aws.amazon.com/neuron" } as const;

const NEURON_CORE = "aws.amazon.com/neuroncore";
const EXPIRE_AFTER = "720h";

/** Fills in what the caller left out, and adds the labels and taints that node groups of the kind have. */
export function karpenterSettings(options: KarpenterNodePoolOptions): KarpenterPoolSettings {
  const { capacity = ["on-demand"], operatingSystem = "al2023", consolidation = {} } = options;
  const { imageRelease = nodeImageRelease(operatingSystem), expireAfter = EXPIRE_AFTER } = options;
  const { budgets = [{ nodes: "10%" }], taints = [] } = options;
  const types = typesOf(options);
  const kind = kindOf(types);
  const accelerated = kind !== "cpu";
  return {
    ...{ options, kind, types, capacity, operatingSystem, imageRelease, expireAfter, budgets },
    labels: { ...options.labels, ...ownLabels(options.poolName, capacity, types, kind) },
    taints: [...ownTaints(kind), ...taints],
    diskGiB: options.diskGiB ?? (accelerated ? 200 : 50),
    consolidation: {
      policy: consolidation.policy ?? (accelerated ? "WhenEmpty" : "WhenEmptyOrUnderutilized"),
      after: consolidation.after ?? (accelerated ? "10m" : "1m"),
    },
    largestNode: largestNode(types, kind),
  };
}

/** Families become their types, so that what is said of the nodes is known. */
function typesOf({ instanceTypes: names = [], instanceFamilies = [] }: KarpenterNodePoolOptions): InstanceType[] {
  const named = names.map(tryFindInstanceType).filter((type) => type !== undefined);
  const ofFamilies = instanceTypes().filter(({ name }) => instanceFamilies.some((family) => isOf(family, name)));
  return [...new Set([...named, ...ofFamilies])];
}

/** Whether an instance type is of a family. */
export function isOf(family: string, typeName: string): boolean {
  return typeName.startsWith(`${family}.`);
}

function kindOf(types: readonly InstanceType[]): KarpenterPoolKind {
  const accelerator = types.find((type) => type.accelerator !== null)?.accelerator;
  if (accelerator?.kind === "neuron") return "neuron";
  return accelerator?.kind === "gpu" ? "gpu" : "cpu";
}

function ownLabels(
  poolName: string,
  capacity: readonly KarpenterCapacity[],
  types: readonly InstanceType[],
  kind: KarpenterPoolKind,
): Record<string, string> {
  const model = types[0]?.accelerator?.name ?? "";
  return {
    "flightdeck.dev/pool": poolName,
    "flightdeck.dev/capacity": capacityLabel(capacity),
    ...(kind === "gpu" && {
      "flightdeck.dev/gpu": model,
      "k8s.amazonaws.com/accelerator": `nvidia-${model}`,
      "nvidia.com/gpu.present": "true",
    }),
    ...(kind === "neuron" && { "flightdeck.dev/neuron": model }),
  };
}

/** One label for all nodes of a pool: where some may be spot, what cannot bear that must stay away from all. */
function capacityLabel(capacity: readonly KarpenterCapacity[]): string {
  if (capacity.includes("spot")) return "spot";
  return capacity.includes("on-demand") ? "on-demand" : "reservation";
}

function ownTaints(kind: KarpenterPoolKind): Taint[] {
  return kind === "cpu" ? [] : [{ key: ACCELERATOR_RESOURCES[kind], value: "true", effect: "NoSchedule" }];
}

function largestNode(types: readonly InstanceType[], kind: KarpenterPoolKind): Record<string, number> {
  if (kind === "cpu") return {};
  const count = Math.max(0, ...types.map(({ accelerator }) => accelerator?.count ?? 0));
  const cores = neuronCores(types[0]?.accelerator?.name ?? "") ?? 0;
  return { [ACCELERATOR_RESOURCES[kind]]: count, ...(kind === "neuron" && { [NEURON_CORE]: count * cores }) };
}
