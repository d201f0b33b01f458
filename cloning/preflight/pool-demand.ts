import { type CapacityKind, findInstanceType } from "../../catalog";
import type { EnvironmentConfig } from "../../config";

/** What a node pool may come to ask of AWS. */
export interface PoolDemand {
  /** Name, as in `h100`. */
  readonly name: string;
  /** How its instances are bought. */
  readonly capacity: CapacityKind;
  /** Types EKS may choose from. */
  readonly instanceTypes: readonly string[];
  /** Most nodes at once. */
  readonly maxSize: number;
  /** Zones its nodes may be in. */
  readonly zones: readonly string[];
  /** Disk of each node in GiB. */
  readonly diskGiB: number;
  /** Id of the capacity reservation or capacity block it starts in; left out: none. */
  readonly reservationId?: string;
  /** Whether it starts in a group of reservations whose members are not known here. */
  readonly reservationGroup: boolean;
}

type NodePools = EnvironmentConfig["nodePools"];
type PlainPool = NodePools["system"];
type AcceleratedPool = NodePools["gpu"][string] | NodePools["neuron"][string];

/** The facts of every pool that preflight works on, the system pool first. The one place that reads them. */
export function poolDemands({ network, nodePools }: EnvironmentConfig): PoolDemand[] {
  const { system, cpu, gpu, neuron } = nodePools;
  const plain = Object.entries({ system, ...cpu }).map(([name, pool]) => demandOf(name, pool, network.zones));
  const accelerated = Object.entries({ ...gpu, ...neuron }).map(([name, pool]) =>
    acceleratedDemandOf(name, pool, network.zones),
  );
  return [...plain, ...accelerated];
}

/** vCPUs of a node of the largest type: EKS may choose it for every node. */
export function largestVcpu(instanceTypes: readonly string[]): number {
  return Math.max(0, ...instanceTypes.map((type) => findInstanceType(type).vcpu));
}

function demandOf(
  name: string,
  pool: Pick<PlainPool, "capacity" | "instanceTypes" | "maxSize" | "zones" | "diskGiB">,
  allZones: readonly string[],
): PoolDemand {
  const { capacity, instanceTypes, maxSize, zones = allZones, diskGiB } = pool;
  return { name, capacity, instanceTypes, maxSize, zones, diskGiB, reservationGroup: false };
}

function acceleratedDemandOf(name: string, pool: AcceleratedPool, allZones: readonly string[]): PoolDemand {
  const demand = demandOf(name, pool, allZones);
  const { reservation, capacityBlock } = pool;
  if (capacityBlock !== undefined) {
    return { ...demand, capacity: "capacity-block", reservationId: capacityBlock.reservationId };
  }
  return { ...demand, reservationId: reservation?.id, reservationGroup: reservation?.resourceGroupArn !== undefined };
}
