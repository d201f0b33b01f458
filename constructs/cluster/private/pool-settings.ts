import type { AmiAccelerator } from "../../../catalog";
import type { IKey } from "../../encryption/key";
import type { ISecurityGroup } from "../../network/security-group";
import type { EfaOptions } from "../efa-options";
import type { OffHoursOptions } from "../off-hours";
import type { CapacityKind, PoolCapacity } from "../pool-capacity";
import type { ImageVolumeOptions, OwnImageOptions, PoolOptions, Taint } from "../pool-options";
import { capacityKind, capacityTarget, capacityZone, type CapacityTarget } from "./pool-capacity";

/** A pool with every default filled in. */
export interface PoolSettings {
  readonly poolName: string;
  readonly instanceTypes: readonly string[];
  readonly capacity: CapacityKind;
  /** The reservation or block the instances come out of. */
  readonly capacityTarget?: CapacityTarget;
  readonly minSize: number;
  readonly desiredSize: number;
  readonly maxSize: number;
  readonly diskGiB: number;
  readonly diskKey?: IKey;
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly Taint[];
  readonly zones?: readonly string[];
  readonly operatingSystem: "al2023" | "bottlerocket";
  readonly accelerator: AmiAccelerator;
  readonly maxUnavailablePercentage: number;
  readonly sessionManager: boolean;
  readonly instanceTags: Readonly<Record<string, string>>;
  readonly localStorage: "raid0" | "none";
  readonly imageVolume?: ImageVolumeOptions;
  readonly securityGroups: readonly ISecurityGroup[];
  readonly ownImage?: OwnImageOptions;
  readonly offHours?: OffHoursOptions;
  /** Undefined: no EFA. */
  readonly efa?: EfaOptions;
  /** Settings of Bottlerocket's NVIDIA device plugin, by table. */
  readonly devicePlugin: Readonly<Record<string, TomlTable>>;
  /** Extended resources of each node, zeros included: what a node offers before one exists. */
  readonly resources: Readonly<Record<string, number>>;
}

/** Keys and values of one table of a Bottlerocket configuration. */
export type TomlTable = Readonly<Record<string, unknown>>;

/** What a kind of pool sets by itself. */
export interface PoolKind {
  readonly diskGiB: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly Taint[];
  readonly accelerator: AmiAccelerator;
  readonly efa?: true | EfaOptions;
  readonly devicePlugin?: Readonly<Record<string, TomlTable>>;
  readonly resources?: Readonly<Record<string, number>>;
}

/** Share of the nodes replaced at once: a third keeps two zones of three untouched. */
const MAX_UNAVAILABLE_PERCENTAGE = 33;

/** Fills in what the caller left out, and adds the labels and taints of the kind of pool. */
export function poolSettings(options: PoolOptions & { readonly diskGiB?: number }, kind: PoolKind): PoolSettings {
  const { poolName, instanceTypes, capacity = "on-demand", minSize = 0, desiredSize = minSize, maxSize } = options;
  const { diskGiB = kind.diskGiB, diskKey, operatingSystem = "al2023", sessionManager = false } = options;
  const { maxUnavailablePercentage = MAX_UNAVAILABLE_PERCENTAGE, instanceTags = {} } = options;
  const { localStorage = "none", imageVolume, securityGroups = [], ownImage, offHours } = options;
  const { accelerator, devicePlugin = {}, resources = {} } = kind;
  const efa = kind.efa === true ? {} : kind.efa;
  return {
    ...{ poolName, instanceTypes, minSize, desiredSize, maxSize, accelerator, devicePlugin, resources, efa },
    ...{ diskGiB, diskKey, operatingSystem, sessionManager, maxUnavailablePercentage, instanceTags },
    ...{ localStorage, imageVolume, securityGroups, ownImage, offHours },
    capacity: capacityKind(capacity),
    capacityTarget: capacityTarget(capacity),
    zones: zonesOf(capacity, options.zones),
    labels: {
      ...options.labels,
      "flightdeck.dev/pool": poolName,
      "flightdeck.dev/capacity": capacityKind(capacity),
      ...kind.labels,
    },
    taints: [...kind.taints, ...(options.taints ?? [])],
  };
}

/** Capacity that lies in one zone limits the pool to it. */
function zonesOf(capacity: PoolCapacity, zones: readonly string[] | undefined): readonly string[] | undefined {
  const zone = capacityZone(capacity);
  return zone === undefined ? zones : [zone];
}
