import data from "./eks-image-registries.json";

/** Region and account of each registry. */
const ACCOUNTS: ReadonlyMap<string, string> = new Map(data.registries.map(({ region, account }) => [region, account]));

/**
 * Registry of a region that EKS keeps its own images in, as image names begin: nodes pull from it through the region's own
 * endpoint. `undefined` for a region of which none is known.
 */
export function tryFindEksImageRegistry(region: string): string | undefined {
  const account = ACCOUNTS.get(region);
  if (account === undefined) return undefined;
  const domain = region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
  return `${account}.dkr.ecr.${region}.${domain}`;
}
