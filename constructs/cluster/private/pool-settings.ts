import type { IKey } from "../../encryption/key";
import type { PoolOptions, Taint } from "../pool-options";

/** A pool with every default filled in. */
export interface PoolSettings {
  readonly poolName: string;
  readonly instanceTypes: readonly string[];
  readonly capacity: "on-demand" | "spot";
  readonly minSize: number;
  readonly desiredSize: number;
  readonly maxSize: number;
  readonly diskGiB: number;
  readonly diskKey?: IKey;
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly Taint[];
  readonly zones?: readonly string[];
  readonly operatingSystem: "al2023" | "bottlerocket";
  readonly maxUnavailablePercentage: number;
  readonly sessionManager: boolean;
  readonly instanceTags: Readonly<Record<string, string>>;
}

/** What a kind of pool sets by itself. */
export interface PoolKind {
  readonly diskGiB: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly Taint[];
}

/** Share of the nodes replaced at once: a third keeps two zones of three untouched. */
const MAX_UNAVAILABLE_PERCENTAGE = 33;

/** Fills in what the caller left out, and adds the labels and taints of the kind of pool. */
export function poolSettings(options: PoolOptions & { readonly diskGiB?: number }, kind: PoolKind): PoolSettings {
  const { poolName, instanceTypes, capacity = "on-demand", minSize = 0, desiredSize = minSize, maxSize } = options;
  const { diskGiB = kind.diskGiB, diskKey, zones, operatingSystem = "al2023", sessionManager = false } = options;
  const { maxUnavailablePercentage = MAX_UNAVAILABLE_PERCENTAGE, instanceTags = {} } = options;
  return {
    ...{ poolName, instanceTypes, capacity, minSize, desiredSize, maxSize },
    ...{ diskGiB, diskKey, zones, operatingSystem, sessionManager, maxUnavailablePercentage, instanceTags },
    labels: {
      ...options.labels,
      "flightdeck.dev/pool": poolName,
      "flightdeck.dev/capacity": capacity,
      ...kind.labels,
    },
    taints: [...kind.taints, ...(options.taints ?? [])],
  };
}
