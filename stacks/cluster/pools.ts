import type { EnvironmentConfig, GpuPoolConfig, NeuronPoolConfig, PoolConfig } from "../../config";
import type {
  EksCluster,
  GpuNodePoolOptions,
  GpuSharing,
  NeuronNodePoolOptions,
  NodePoolOptions,
  OffHoursOptions,
  PoolCapacity,
  WeekDay,
} from "../../constructs";
import { operandLabels } from "./operand-labels";

/** What the pools are made of. */
export interface PoolsProps {
  /** The cluster the nodes join. */
  readonly cluster: EksCluster;
  /** The pools by kind and name. */
  readonly pools: EnvironmentConfig["nodePools"];
  /** Tags of the instances: the provider's default tags do not reach what a launch template starts. */
  readonly instanceTags: Readonly<Record<string, string>>;
  /** What hands GPUs to pods. */
  readonly gpus: EnvironmentConfig["controllers"]["gpus"];
}

/** Defines every node pool of an environment. */
export function definePools({ cluster, pools, instanceTags, gpus }: PoolsProps): void {
  cluster.addNodePool("SystemPool", optionsOf("system", pools.system, instanceTags));
  for (const [name, pool] of Object.entries(pools.cpu)) {
    cluster.addNodePool(`CpuPool-${name}`, optionsOf(name, pool, instanceTags));
  }
  for (const [name, pool] of Object.entries(pools.gpu)) {
    const { sharing, ...options } = pool;
    cluster.addGpuNodePool(`GpuPool-${name}`, {
      ...acceleratedOptionsOf(name, options, instanceTags),
      labels: { ...pool.labels, ...operandLabels(gpus, pool) },
      // Whoever names two ways of sharing is told by the construct.
      sharing: sharing as GpuSharing | undefined,
    });
  }
  for (const [name, pool] of Object.entries(pools.neuron)) {
    cluster.addNeuronNodePool(`NeuronPool-${name}`, acceleratedOptionsOf(name, pool, instanceTags));
  }
}

type Tags = PoolsProps["instanceTags"];

function optionsOf(poolName: string, pool: PoolConfig, instanceTags: Tags): NodePoolOptions {
  const { offHours, ...options } = pool;
  return { ...options, poolName, instanceTags, offHours: offHours && offHoursOf(offHours) };
}

function acceleratedOptionsOf(
  name: string,
  pool: Omit<GpuPoolConfig, "sharing"> | NeuronPoolConfig,
  instanceTags: Tags,
): Omit<GpuNodePoolOptions, "sharing"> & NeuronNodePoolOptions {
  const { reservation: _reservation, capacityBlock: _capacityBlock, efa, ...shared } = pool;
  return { ...optionsOf(name, shared, instanceTags), capacity: capacityOf(pool), efa: efa || undefined };
}

function capacityOf({ capacity, reservation, capacityBlock, zones }: Omit<GpuPoolConfig, "sharing">): PoolCapacity {
  if (capacityBlock !== undefined) return { capacityBlock: { ...capacityBlock, zone: zones?.[0] ?? "" } };
  if (reservation === undefined) return capacity;
  const { id: reservationId, resourceGroupArn } = reservation;
  return { reservation: { reservationId, resourceGroupArn, zone: zones?.length === 1 ? zones[0] : undefined } };
}

function offHoursOf({ days, ...hours }: NonNullable<PoolConfig["offHours"]>): OffHoursOptions {
  return { ...hours, days: days.map((day) => day.toUpperCase() as WeekDay) };
}
