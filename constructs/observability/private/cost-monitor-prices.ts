import { type InstanceType, instanceTypes, isNvidiaGpu, priceSource, tryFindInstanceType } from "../../../catalog";
import type { INodePool } from "../../cluster/pool";

/** Region whose prices the catalogue has in any case. */
export const KNOWN_REGION = "us-east-1";

/** What prices are made from. */
export interface PriceSettings {
  readonly region: string;
  /** Own prices by instance type, in US dollars for an hour. */
  readonly nodePrices: Readonly<Record<string, number>>;
  /** What prices of the catalogue are multiplied with. */
  readonly priceFactor: number;
}

/** Price of each instance type that has one, in US dollars for an hour: own prices first, then those of the catalogue. */
export function pricesOf({ region, nodePrices, priceFactor }: PriceSettings): ReadonlyMap<string, number> {
  const from = priceSource(region) === undefined ? KNOWN_REGION : region;
  const listed = instanceTypes().flatMap(({ name, onDemandUsdPerHour }) => {
    const price = onDemandUsdPerHour[from];
    return typeof price === "number" ? [[name, price * priceFactor] as const] : [];
  });
  return new Map([...listed, ...Object.entries(nodePrices)]);
}

/**
 * Prices as OpenCost's provider for comma-separated values reads them: nodes are found by the label of their instance type.
 *
 * Only whole nodes have prices. Rows for GPUs would be added to the node's price, and where a node has several, OpenCost takes
 * one of them off again when it divides the rest among CPU and memory: eight GPUs would be counted almost twice.
 */
export function pricesCsv(prices: ReadonlyMap<string, number>): string {
  const rows = [...prices].sort(([a], [b]) => (a < b ? -1 : 1)).map(([type, price]) => row(type, price));
  return [HEADER, ...rows, ""].join("\n");
}

/** US dollars for an hour by which OpenCost divides the price of a node among its parts. */
export interface PartRates {
  readonly cpu: number;
  readonly ramGiB: number;
  readonly gpu: number;
}

/**
 * Rates of CPU and memory are OpenCost's own for AWS. That of a GPU is what is left of the prices of the pools' nodes, on
 * average: OpenCost's own is that of the smallest GPUs, and would make CPU and memory out of most of an H100.
 *
 * @see https://github.com/opencost/opencost/blob/develop/configs/aws.json
 */
export function partRates(pools: readonly INodePool[], prices: ReadonlyMap<string, number>): PartRates {
  const types = pools.flatMap(({ instanceTypes: [first] }) => typeOf(first)).filter(isNvidiaGpu);
  const shares = types.flatMap((type) => gpuPrice(type, prices.get(type.name)));
  const gpu = shares.length === 0 ? DEFAULT_GPU : shares.reduce((sum, share) => sum + share, 0) / shares.length;
  return { cpu: CPU, ramGiB: RAM, gpu };
}

const HEADER = "EndTimestamp,InstanceID,Region,AssetClass,InstanceIDField,InstanceType,MarketPriceHourly,Version";
const CPU = 0.031611;
const RAM = 0.004237;
const DEFAULT_GPU = 0.95;

function row(type: string, price: number): string {
  return `,${type},,node,metadata.labels.node.kubernetes.io/instance-type,,${price.toFixed(6)},`;
}

function typeOf(name: string | undefined): readonly InstanceType[] {
  const type = name === undefined ? undefined : tryFindInstanceType(name);
  return type === undefined ? [] : [type];
}

function gpuPrice({ vcpu, memoryMiB, accelerator }: InstanceType, price: number | undefined): readonly number[] {
  if (price === undefined || accelerator === null) return [];
  const rest = price - vcpu * CPU - (memoryMiB / 1024) * RAM;
  return [Math.max(rest, price / 2) / accelerator.count];
}
