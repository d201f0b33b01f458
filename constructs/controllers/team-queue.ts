import type { INamespace } from "../kubernetes/namespace";

/** A team's part of a node pool. Whole numbers. */
export interface PoolQuota {
  /**
   * GPUs that are the team's own; where the pool shares or cuts its GPUs, shares or slices; on a Neuron pool, devices. Only for
   * pools that have some.
   *
   * @default - 0: what other teams leave idle
   */
  readonly gpus?: number;
  /**
   * CPU cores that are the team's own.
   *
   * @default - as many as come with `gpus`, on the type of the pool where these are most; 0 on a pool without accelerators
   */
  readonly cpus?: number;
  /**
   * Memory that is the team's own, in GiB.
   *
   * @default - as much as comes with `gpus`, or on a pool without accelerators with `cpus`, on the type where it is most
   */
  readonly memoryGiB?: number;
  /**
   * Most GPUs that the team uses beyond its own while others leave them idle, with the CPU and memory that come with them; on a
   * pool without accelerators, CPU cores. 0: the team borrows nothing.
   *
   * @default - all that is idle
   */
  readonly borrowingLimit?: number;
}

/** A team whose jobs queue. */
export interface TeamQueueOptions {
  /** Name of the team and of its queue: lower-case letters, digits and hyphens. */
  readonly name: string;
  /** Its namespaces, each of which gets a queue of its own in front of the team's. */
  readonly namespaces: readonly INamespace[];
  /** Its parts of node pools by the name of the pool, in the order in which its jobs try them. */
  readonly quotas: Readonly<Record<string, PoolQuota>>;
}
