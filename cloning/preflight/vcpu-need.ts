import { findInstanceType, type Quota, vcpuQuotaFor } from "../../catalog";
import type { PoolDemand } from "./pool-demand";
import { type NeedPart, needOf, type QuotaNeed } from "./quota-need";

/** What the pools of an environment need in vCPUs. */
export interface VcpuNeeds {
  /** By quota, in the order of the pools. */
  readonly needs: readonly QuotaNeed[];
  /** Pools and types that no known quota stands for. */
  readonly unknown: readonly { readonly pool: string; readonly instanceType: string; readonly capacity: string }[];
}

/**
 * The vCPUs needed of each quota when every pool has grown to its largest size, and EKS has chosen the largest of its types
 * for every node. A pool whose types count against several quotas needs that of each of them.
 */
export function vcpuNeeds(pools: readonly PoolDemand[]): VcpuNeeds {
  const parts = new Map<Quota, NeedPart[]>();
  const unknown: { pool: string; instanceType: string; capacity: string }[] = [];
  // What is in a capacity block was counted when the block was bought.
  for (const pool of pools.filter(({ capacity }) => capacity !== "capacity-block")) {
    const largest = new Map<Quota, string>();
    for (const instanceType of pool.instanceTypes) {
      const quota = vcpuQuotaFor(instanceType, pool.capacity);
      if (quota === undefined) unknown.push({ pool: pool.name, instanceType, capacity: pool.capacity });
      else if (vcpuOf(instanceType) > vcpuOf(largest.get(quota))) largest.set(quota, instanceType);
    }
    for (const [quota, type] of largest) parts.set(quota, [...(parts.get(quota) ?? []), partOf(pool, type)]);
  }
  return { needs: [...parts].map(([quota, list]) => needOf(quota, list)), unknown };
}

function partOf({ name, maxSize }: PoolDemand, type: string): NeedPart {
  const vcpu = vcpuOf(type);
  return { what: `${name} ${maxSize} × ${type} (${vcpu})`, amount: maxSize * vcpu };
}

function vcpuOf(type: string | undefined): number {
  return type === undefined ? 0 : findInstanceType(type).vcpu;
}
