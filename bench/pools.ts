import type { EnvironmentConfig } from "../config";

/**
 * The environment with that many GPU pools: copies of its first one under names of their own.
 *
 * @param count 1 to 1000
 * @throws RangeError when the count is out of range or the environment has no GPU pool
 */
export function withPools(config: EnvironmentConfig, count: number): EnvironmentConfig {
  const [pool] = Object.values(config.nodePools.gpu);
  if (!Number.isInteger(count) || count < 1 || count > MOST_POOLS || pool === undefined) {
    throw new RangeError(
      `count must be a whole number from 1 to ${MOST_POOLS}, of an environment with a GPU pool, got ${count}`,
    );
  }
  const gpu = Array.from({ length: count }, (_, index) => [`pool-${String(index).padStart(3, "0")}`, pool] as const);
  return {
    ...config,
    nodePools: { ...config.nodePools, gpu: Object.fromEntries(gpu) },
    budgets: { ...config.budgets, pools: {} },
    // Quotas name pools, and a queue of Kueue takes no more than 64 of them.
    teams: {},
  };
}

const MOST_POOLS = 1000;
