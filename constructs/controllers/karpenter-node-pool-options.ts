import type { Taint } from "../cluster/pool-options";

/**
 * Where Karpenter takes instances from: at the list price, spare ones that are taken back at two minutes' notice, or those that
 * `reservations` hold.
 */
export type KarpenterCapacity = "on-demand" | "spot" | "reserved";

/** Capacity reservations and Capacity Blocks, by id or by all of some tags. */
export type ReservationTerm =
  | { readonly reservationId: string; readonly tags?: never }
  | { readonly tags: Readonly<Record<string, string>>; readonly reservationId?: never };

/** What all nodes of a pool may come to together: what the pool can cost. Karpenter starts no node beyond it. */
export interface KarpenterLimits {
  /**
   * Virtual CPUs. A pool without accelerators needs it.
   *
   * @default - not limited
   */
  readonly cpus?: number;
  /**
   * Memory in GiB.
   *
   * @default - not limited
   */
  readonly memoryGiB?: number;
  /**
   * GPUs, or Neuron devices. A pool that has some needs it.
   *
   * @default - not limited
   */
  readonly accelerators?: number;
  /**
   * Nodes.
   *
   * @default - not limited
   */
  readonly nodes?: number;
}

/** When Karpenter moves pods together to end nodes. */
export interface KarpenterConsolidation {
  /**
   * Which nodes may go: empty ones alone, or also those whose pods fit elsewhere, always or only where it saves enough.
   *
   * @default - `WhenEmpty` with accelerators, whose jobs should not move; else `WhenEmptyOrUnderutilized`
   */
  readonly policy?: "WhenEmpty" | "WhenEmptyOrUnderutilized" | "Balanced";
  /**
   * How long nothing must have come to or left a node, such as `5m`, or `Never`.
   *
   * @default - `10m` with accelerators, which are slow to start; else `1m`
   */
  readonly after?: string;
}

/** How many nodes may be taken away at once. */
export interface KarpenterBudget {
  /** Nodes as a number, or as a share of the pool, such as `10%`; `0`: none. */
  readonly nodes: string;
  /**
   * For which reasons the budget holds.
   *
   * @default - for every reason
   */
  readonly reasons?: readonly ("Underutilized" | "Empty" | "Drifted")[];
  /**
   * When the budget begins to hold, as cron does in UTC, such as `0 8 * * mon-fri`. Together with `duration`.
   *
   * @default - always
   */
  readonly schedule?: string;
  /**
   * How long it then holds, in hours and minutes, such as `10h`.
   *
   * @default - always
   */
  readonly duration?: string;
}

/** What the caller of `addNodePool` chooses. */
export interface KarpenterNodePoolOptions {
  /** Name of the pool, kebab-case, up to 36 characters: the label `flightdeck.dev/pool` of its nodes. No other pool has it. */
  readonly poolName: string;
  /**
   * Instance types Karpenter may choose from. One CPU architecture, and one model of accelerators.
   *
   * @default - those of `instanceFamilies`
   */
  readonly instanceTypes?: readonly string[];
  /**
   * Families of instance types, such as `g6`: all their types that the catalogue knows.
   *
   * @default - none
   */
  readonly instanceFamilies?: readonly string[];
  /**
   * Where the instances come from. Of what is possible, Karpenter takes what is reserved first, then what is cheapest.
   *
   * @default ["on-demand"]
   */
  readonly capacity?: readonly KarpenterCapacity[];
  /**
   * Reservations and Capacity Blocks that `reserved` stands for.
   *
   * @default - none
   */
  readonly reservations?: readonly ReservationTerm[];
  /** What the pool may come to. */
  readonly limits: KarpenterLimits;
  /**
   * Kubernetes labels of the nodes, besides those the pool sets itself.
   *
   * @default - none
   */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * Taints of the nodes, besides those the pool sets itself.
   *
   * @default - none
   */
  readonly taints?: readonly Taint[];
  /**
   * Zones the pool is limited to.
   *
   * @default - all zones of the cluster's VPC
   */
  readonly zones?: readonly string[];
  /**
   * Size of the disk for images and pods in GiB, up to 16384, at least 20, or 100 with accelerators.
   *
   * @default - 50, or 200 with accelerators
   */
  readonly diskGiB?: number;
  /**
   * What becomes of the local NVMe disks: one fast scratch volume for images, logs and pods, or left alone.
   *
   * @default "none"
   */
  readonly localStorage?: "raid0" | "none";
  /**
   * Amazon Linux 2023, or Bottlerocket, which has NVIDIA's device plugin built in.
   *
   * @default "al2023"
   */
  readonly operatingSystem?: "al2023" | "bottlerocket";
  /**
   * Release of EKS's images, such as `v20260714` or `v1.66.0`. Another one replaces all nodes, as `budgets` allow. There is no
   * `latest`, which would do so on a day that nobody chose.
   *
   * @default - the one of the catalogue
   */
  readonly imageRelease?: string;
  /**
   * How long a node lives at most, such as `720h`, or `Never`.
   *
   * @default "720h"
   */
  readonly expireAfter?: string;
  /**
   * How long a node that goes waits for its pods, such as `48h`; then they end, whatever their budgets say.
   *
   * @default - as long as they take
   */
  readonly terminationGracePeriod?: string;
  /**
   * When nodes are given up.
   *
   * @default - empty nodes with accelerators after ten minutes; others after one minute, also when their pods fit elsewhere
   */
  readonly consolidation?: KarpenterConsolidation;
  /**
   * How many nodes may go at once; the strictest counts.
   *
   * @default - a tenth of the pool
   */
  readonly budgets?: readonly KarpenterBudget[];
  /**
   * Of several pools that a pod fits into, the one with the highest weight is taken, 1 to 100.
   *
   * @default - 0: after all pools with a weight
   */
  readonly weight?: number;
  /**
   * AWS tags of instances and disks, which the provider's default tags do not reach.
   *
   * @default - those of Karpenter and of the pool alone
   */
  readonly instanceTags?: Readonly<Record<string, string>>;
  /**
   * Never: Karpenter does not count shares of GPUs when it chooses nodes. A shared pool is a node group.
   *
   * @default - each GPU goes to one pod
   */
  readonly sharing?: never;
}
