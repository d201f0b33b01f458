import { type InstanceType, tryFindInstanceType } from "../../../catalog";
import { GpuNodePool } from "../../cluster/gpu-node-pool";
import type { INodePool } from "../../cluster/pool";
import type { PoolQuota } from "../team-queue";

/** So much of a pool: cores, GiB, and accelerators as pods ask for them. */
export interface Amounts {
  readonly cpus: number;
  readonly memoryGiB: number;
  readonly accelerators: number;
}

/** Resource by which pods ask for the accelerators of a pool; undefined: it has none. */
export function acceleratorResource(pool: INodePool): string | undefined {
  if (GpuNodePool.isGpuNodePool(pool)) return pool.resourceName;
  return pool.kind === "neuron" ? "aws.amazon.com/neuron" : undefined;
}

/** What the pool has when it is as large as it may be, all nodes of the type that has most. */
export function capacityOf(pool: INodePool): Amounts {
  return {
    cpus: pool.maxSize * most(pool, ({ vcpu }) => vcpu),
    memoryGiB: pool.maxSize * most(pool, gib),
    accelerators: pool.maxSize * perNode(pool),
  };
}

/**
 * What a quota comes to. Accelerators bring as much CPU and memory as on the type where each has most of it, so that CPU never
 * keeps back what the accelerators would let start.
 */
export function amountsOf(pool: INodePool, { gpus = 0, cpus, memoryGiB }: Omit<PoolQuota, "borrowingLimit">): Amounts {
  if (acceleratorResource(pool) === undefined) {
    const own = cpus ?? 0;
    return { cpus: own, memoryGiB: memoryGiB ?? Math.ceil(own * most(pool, gibPerCpu)), accelerators: 0 };
  }
  return {
    cpus: cpus ?? Math.ceil(gpus * most(pool, (type) => type.vcpu / acceleratorsOf(pool, type))),
    memoryGiB: memoryGiB ?? Math.ceil(gpus * most(pool, (type) => gib(type) / acceleratorsOf(pool, type))),
    accelerators: gpus,
  };
}

/** What a limit on borrowing comes to: accelerators with what comes with them, or cores. */
export function borrowedAmounts(pool: INodePool, limit: number): Amounts {
  return amountsOf(pool, acceleratorResource(pool) === undefined ? { cpus: limit } : { gpus: limit });
}

function perNode(pool: INodePool): number {
  return pool.largestNode[acceleratorResource(pool) ?? ""] ?? 0;
}

/** A shared or cut GPU counts as often as it is shared or cut. */
function acceleratorsOf(pool: INodePool, type: InstanceType): number {
  const largest = most(pool, countOf);
  return largest === 0 ? 1 : (countOf(type) * perNode(pool)) / largest;
}

function countOf({ accelerator }: InstanceType): number {
  return accelerator?.count ?? 0;
}

function gib({ memoryMiB }: InstanceType): number {
  return memoryMiB / 1024;
}

function gibPerCpu(type: InstanceType): number {
  return gib(type) / type.vcpu;
}

function most({ instanceTypes }: INodePool, numberOf: (type: InstanceType) => number): number {
  const types = instanceTypes.map(tryFindInstanceType).flatMap((type) => (type === undefined ? [] : [type]));
  return Math.max(0, ...types.map(numberOf));
}
