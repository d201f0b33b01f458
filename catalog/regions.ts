import data from "./regions.json";
import { UnknownNameError } from "./unknown-name-error";

/** An AWS region and its availability zones. */
export interface Region {
  /** Name, as in `us-east-1`. */
  readonly name: string;
  /** Partition, the second part of its ARNs: `aws`, `aws-cn` or `aws-us-gov`. */
  readonly partition: string;
  /** Names of its availability zones; local and wavelength zones are left out. */
  readonly zones: readonly string[];
}

const REGIONS: readonly Region[] = data.regions;

/** Every region known. */
export function regions(): readonly Region[] {
  return REGIONS;
}

/** The region of that name, or `undefined`. */
export function tryFindRegion(name: string): Region | undefined {
  return REGIONS.find((region) => region.name === name);
}

/**
 * The region of that name.
 *
 * @throws UnknownNameError when the catalogue has none
 */
export function findRegion(name: string): Region {
  const region = tryFindRegion(name);
  if (region !== undefined) return region;
  throw new UnknownNameError(
    "region",
    name,
    REGIONS.map((known) => known.name),
  );
}
