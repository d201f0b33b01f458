import { findInstanceType } from "./instance-types";
import data from "./quotas.json";
import { findRegion } from "./regions";
import { UnknownNameError } from "./unknown-name-error";

/** How instances are bought: each way has quotas of its own. */
export type CapacityKind = "on-demand" | "spot" | "capacity-block";

/** What a quota is counted over. `zone` and `resource`: by itself for each zone, or for each VPC, cluster or node group. */
export type QuotaScope = "account" | "region" | "zone" | "resource";

/** Which instances count against a quota of vCPUs. */
export interface VcpuQuota {
  /** How the instances are bought. */
  readonly capacity: CapacityKind;
  /** Leading letters of instance families, with the generation where that decides, or whole families: `p`, `p5`, `p5en`. */
  readonly families: readonly string[];
}

/** A quota of AWS, as Service Quotas knows it. */
export interface Quota {
  /** The catalogue's own name, as in `on-demand-p`. */
  readonly name: string;
  /** Code of the service, as in `ec2`. */
  readonly service: string;
  /** Code of the quota, as in `L-417A185B`. */
  readonly code: string;
  /** AWS's name for it. */
  readonly title: string;
  /** What an account has that never asked for more. */
  readonly default: number;
  /** What is counted, as in `vCPU`. */
  readonly unit: string;
  /** What it is counted over. */
  readonly scope: QuotaScope;
  /** Which instances count against it; only of quotas of vCPUs. */
  readonly vcpu?: VcpuQuota;
  /** Key of its source. */
  readonly source: string;
}

/** Where a quota was looked up, and when. */
export interface QuotaSource {
  /** Day it was checked, `YYYY-MM-DD`. */
  readonly asOf: string;
  /** The page. */
  readonly page: string;
}

const QUOTAS = data.quotas as readonly Quota[];

/** Every quota known. */
export function quotas(): readonly Quota[] {
  return QUOTAS;
}

/**
 * The quota of that name.
 *
 * @throws UnknownNameError when the catalogue has none
 */
export function findQuota(name: string): Quota {
  const quota = QUOTAS.find((known) => known.name === name);
  if (quota !== undefined) return quota;
  throw new UnknownNameError(
    "service quota",
    name,
    QUOTAS.map((known) => known.name),
  );
}

/** The quota with AWS's codes, or `undefined`. */
export function tryFindQuotaByCode(service: string, code: string): Quota | undefined {
  return QUOTAS.find((known) => known.service === service && known.code === code);
}

/** Where a quota was looked up. */
export function quotaSource({ source }: Quota): QuotaSource {
  const sources: Readonly<Record<string, QuotaSource>> = data.sources;
  const found = sources[source];
  if (found !== undefined) return found;
  throw new UnknownNameError("source of quotas", source, Object.keys(sources));
}

/**
 * The quota of vCPUs that instances of a type count against.
 *
 * @param instanceType as in `p5.48xlarge`
 * @param capacity how the instances are bought
 * @returns `undefined` when AWS documents none, as for P6 on spot
 *
 * @throws UnknownNameError when the catalogue does not know the type
 */
export function vcpuQuotaFor(instanceType: string, capacity: CapacityKind): Quota | undefined {
  return quotaOfFamily(findInstanceType(instanceType).name, capacity);
}

/** The same for a type that need not be in the catalogue, such as that of an instance found in an account. */
export function quotaOfFamily(instanceType: string, capacity: CapacityKind): Quota | undefined {
  const family = instanceType.split(".")[0] ?? "";
  const [generation = "", letters = ""] = /^([a-z]+)\d*/.exec(family) ?? [];
  // Capacity blocks have a quota for each family, the other ways of buying for many families together.
  const names = capacity === "capacity-block" ? [family] : [family, generation, letters];
  return QUOTAS.find(({ vcpu }) => vcpu?.capacity === capacity && vcpu.families.some((known) => names.includes(known)));
}

/**
 * The region in which AWS keeps what belongs to a whole account, switched on in every account of the partition.
 *
 * @throws UnknownNameError when the catalogue does not know the region
 */
export function homeRegion(region: string): string {
  const homes: Readonly<Record<string, string>> = data.homeRegions;
  return homes[findRegion(region).partition] ?? region;
}

/** The region that AWS answers for a quota in. */
export function quotaRegion({ scope }: Quota, region: string): string {
  return scope === "account" ? homeRegion(region) : region;
}
