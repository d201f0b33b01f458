import type { ICluster } from "../cluster/cluster";
import { GpuNodePool, type IGpuNodePool } from "../cluster/gpu-node-pool";
import type { INodePool } from "../cluster/pool";
import type { Toleration } from "../core/placement";

/** Label that every node of a pool carries, with the pool's name. */
export const POOL_LABEL = "flightdeck.dev/pool";

/** GPU nodes carry this taint, whoever started them. */
export const GPU_TOLERATION: Toleration = { key: "nvidia.com/gpu", operator: "Exists", effect: "NoSchedule" };

/** Neuron nodes carry this taint, whoever started them. */
export const NEURON_TOLERATION: Toleration = { key: "aws.amazon.com/neuron", operator: "Exists", effect: "NoSchedule" };

/** The GPU pools of a cluster with that operating system. */
export function gpuPools(cluster: ICluster, operatingSystem: INodePool["operatingSystem"]): readonly IGpuNodePool[] {
  return cluster.pools
    .filter((pool) => GpuNodePool.isGpuNodePool(pool))
    .filter((pool) => pool.operatingSystem === operatingSystem);
}

/** Names of pools, in order. */
export function poolNames(pools: readonly Pick<INodePool, "poolName">[]): readonly string[] {
  return pools.map(({ poolName }) => poolName);
}

/** What can say how pods come onto its nodes: a pool, whoever starts its nodes. */
type Placing = Pick<INodePool, "place">;

/** What lets a pod on every node of the pools: tolerations given, and those of the pools' taints that they do not cover. */
export function tolerationsFor(pools: readonly Placing[], given: readonly Toleration[]): readonly Toleration[] {
  const ofPools = pools.flatMap((pool) => tolerationsOf(pool));
  return ofPools.reduce((all, next) => (all.some((one) => covers(one, next)) ? all : [...all, next]), [...given]);
}

/** What lets a pod past the taints of a pool. */
export function tolerationsOf(pool: Placing): readonly Toleration[] {
  let found: readonly Toleration[] = [];
  pool.place({
    placeOn: ({ tolerations }) => {
      found = tolerations;
    },
  });
  return found;
}

function covers(one: Toleration, other: Toleration): boolean {
  if (one.key !== other.key || one.effect !== other.effect) return false;
  return one.operator === "Exists" || one.value === other.value;
}
