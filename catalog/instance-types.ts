import accelerated from "./accelerated-instance-types.json";
import cpu from "./cpu-instance-types.json";
import { UnknownNameError } from "./unknown-name-error";

/** CPU architecture, as Kubernetes names it. */
export type Architecture = "amd64" | "arm64";

/** The accelerators of one instance. */
export interface Accelerator {
  /** `gpu` for graphics processors, `neuron` for AWS Inferentia and Trainium, `other` for the rest. */
  readonly kind: "gpu" | "neuron" | "other";
  /** Lower-case maker, as in `nvidia`. */
  readonly manufacturer: string;
  /** Lower-case model, as in `l40s`. */
  readonly name: string;
  /** Whole accelerators of one instance; 0 where EC2 gives a fraction of one (g6f, gr6f). */
  readonly count: number;
  /** Memory of each accelerator in MiB, as EC2 reports it; null where it is not reported. */
  readonly memoryMiB: number | null;
}

/** What the catalogue knows of an EC2 instance type. */
export interface InstanceType {
  /** EC2's name, as in `g6.xlarge`. */
  readonly name: string;
  /** CPU architecture. */
  readonly arch: Architecture;
  /** Virtual CPUs. */
  readonly vcpu: number;
  /** Main memory in MiB. */
  readonly memoryMiB: number;
  /** Accelerators; null for a CPU type. */
  readonly accelerator: Accelerator | null;
  /** Local NVMe disks in GB, all together; 0: none. */
  readonly nvmeGB: number;
  /** Elastic Fabric Adapters; 0: none. */
  readonly efaInterfaces: number;
  /** Peak network bandwidth in Mbit/s; null where EC2 gives no figure. */
  readonly networkMbps: number | null;
  /** Network cards; null where it is not known. */
  readonly networkCards: number | null;
  /** Most pods with an address each, by network interfaces. */
  readonly maxPods: number;
  /** Price on demand in USD per hour, by region; null: not sold on demand there. A region that is missing is not known. */
  readonly onDemandUsdPerHour: Readonly<Record<string, number | null>>;
}

/** When and where the prices of a region were taken. */
export interface PriceSource {
  /** Date, `YYYY-MM-DD`. */
  readonly asOf: string;
  /** Where from. */
  readonly source: string;
}

const TYPES = [...accelerated.instanceTypes, ...cpu.instanceTypes] as readonly InstanceType[];

let byName: ReadonlyMap<string, InstanceType> | undefined;

/** Every instance type known, accelerated ones first. */
export function instanceTypes(): readonly InstanceType[] {
  return TYPES;
}

/** The instance type of that name, or `undefined`. */
export function tryFindInstanceType(name: string): InstanceType | undefined {
  byName ??= new Map(TYPES.map((type) => [type.name, type]));
  return byName.get(name);
}

/**
 * The instance type of that name.
 *
 * @throws UnknownNameError when the catalogue has none
 */
export function findInstanceType(name: string): InstanceType {
  const type = tryFindInstanceType(name);
  if (type !== undefined) return type;
  throw new UnknownNameError(
    "instance type",
    name,
    TYPES.map((known) => known.name),
  );
}

/** Whether pods can be given whole NVIDIA GPUs on it. Not so on g6f and gr6f, which hold a fraction of one. */
export function isNvidiaGpu(type: InstanceType): boolean {
  const { accelerator } = type;
  return accelerator?.kind === "gpu" && accelerator.manufacturer === "nvidia" && accelerator.count > 0;
}

/** Where the prices of a region come from, or `undefined` when the catalogue has none of it. */
export function priceSource(region: string): PriceSource | undefined {
  const sources: Readonly<Record<string, PriceSource>> = accelerated.prices;
  return Object.hasOwn(sources, region) ? sources[region] : undefined;
}

/** Whether EC2 sells Capacity Blocks of the instance type. */
export function hasCapacityBlocks({ name }: InstanceType): boolean {
  return accelerated.capacityBlocks.instanceTypes.includes(name);
}
