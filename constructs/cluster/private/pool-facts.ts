import { type InstanceType, tryFindInstanceType } from "../../../catalog";
import type { ICluster } from "../cluster";
import type { EfaOptions } from "../efa-options";
import type { INodePool } from "../pool";
import { EFA_RESOURCE } from "./efa";
import type { PoolSettings } from "./pool-settings";

/** What is known of a pool without asking AWS. */
export interface PoolFacts extends Pick<
  INodePool,
  | "poolName"
  | "labels"
  | "taints"
  | "kind"
  | "instanceTypes"
  | "capacity"
  | "operatingSystem"
  | "minSize"
  | "maxSize"
  | "zones"
  | "allocatable"
  | "largestNode"
  | "efa"
> {
  readonly cluster: ICluster;
  /** Resource by which a pod gets a GPU; undefined: no GPUs. */
  readonly gpuResource: string | undefined;
}

/** What a kind of pool knows besides its settings. */
export interface KindFacts extends Pick<PoolFacts, "cluster" | "kind"> {
  readonly gpuResource?: string;
  /** Extended resources of the largest node, zeros included. */
  readonly largest?: Readonly<Record<string, number>>;
}

/** The settings of a pool that is defined here, as facts. */
export function poolFacts(settings: PoolSettings, { cluster, kind, gpuResource, largest = {} }: KindFacts): PoolFacts {
  const { poolName, labels, taints, instanceTypes, capacity, operatingSystem, minSize, maxSize, zones } = settings;
  return {
    ...{ cluster, kind, poolName, labels, taints, instanceTypes, capacity, operatingSystem, minSize, maxSize, zones },
    gpuResource,
    allocatable: withoutZeros(settings.resources),
    largestNode: withoutZeros(largest),
    efa: settings.efa !== undefined,
  };
}

/** Number of EFA interfaces of a node, as a resource; nothing where the pool does not use them. */
export function efaResources(
  names: readonly string[],
  efa: true | EfaOptions | undefined,
  pick: typeof least,
): Record<string, number> {
  if (efa === undefined) return {};
  const all = pick(names, (type) => type.efaInterfaces);
  return { [EFA_RESOURCE]: (efa === true ? undefined : efa.interfaces) ?? all };
}

/** The smallest of a number over a pool's types, so that what is said of a node holds for each; 0 without a known type. */
export function least(names: readonly string[], numberOf: (type: InstanceType) => number): number {
  const numbers = numbersOf(names, numberOf);
  return numbers.length === 0 ? 0 : Math.min(...numbers);
}

/** The largest of a number over a pool's types: what no node has more of; 0 without a known type. */
export function most(names: readonly string[], numberOf: (type: InstanceType) => number): number {
  return Math.max(0, ...numbersOf(names, numberOf));
}

function numbersOf(names: readonly string[], numberOf: (type: InstanceType) => number): number[] {
  return names.map(tryFindInstanceType).flatMap((type) => (type === undefined ? [] : [numberOf(type)]));
}

/** A resource that counts 0 is one the node does not offer. */
export function withoutZeros(resources: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(resources).filter(([, count]) => count > 0));
}
