import type { Cidr } from "../core/cidr";

/** Where the subnets of one zone lie. */
export interface ZoneRanges {
  /** Name of the availability zone. */
  readonly zone: string;
  /** Range of its private subnet. */
  readonly privateRange: Cidr;
  /** Range of its public subnet. */
  readonly publicRange: Cidr;
}

/** Where the pods of one zone lie. */
export interface ZonePodRange {
  /** Name of the availability zone. */
  readonly zone: string;
  /** Range of its subnet for pods. */
  readonly podRange: Cidr;
}

/** Most zones the layout has room for. */
export const MOST_ZONES = 3;

/** Widest VPC that AWS allows. */
export const WIDEST_PREFIX = 16;

/** Narrowest VPC whose public subnets (/26) still have the eight free addresses a load balancer wants, with room for more. */
export const NARROWEST_PREFIX = 22;

/** Narrowest range for pods: its subnets (/22) hold 1,019 addresses each, those of some ten nodes. */
export const NARROWEST_POD_PREFIX = 20;

/**
 * Cuts the range of a VPC into subnets. The place of a zone follows from its position alone, whatever the number of zones:
 *
 *     quarter 1   private subnet of zone 1
 *     quarter 2   private subnet of zone 2
 *     quarter 3   private subnet of zone 3
 *     quarter 4   public subnets of zones 1, 2, 3 (a sixteenth each), the last sixteenth kept free
 *
 * So 10.0.0.0/16 gives private /18 (16,379 usable addresses, one for each pod) and public /20 subnets. A zone that is added
 * at the end takes ranges that were kept for it, and none moves.
 */
export function subnetLayout(vpc: Cidr, zones: readonly string[]): ZoneRanges[] {
  const publicQuarter = vpc.subnet(vpc.prefix + 2, MOST_ZONES);
  return zones.map((zone, position) => ({
    zone,
    privateRange: vpc.subnet(vpc.prefix + 2, position),
    publicRange: publicQuarter.subnet(vpc.prefix + 4, position),
  }));
}

/**
 * Cuts a range for pods into one subnet for each zone, by position like `subnetLayout`: a quarter each, the last quarter kept
 * free. So 100.64.0.0/16 gives /18 subnets (16,379 usable addresses), and a zone that is added at the end moves none.
 */
export function podSubnetLayout(pods: Cidr, zones: readonly string[]): ZonePodRange[] {
  return zones.map((zone, position) => ({ zone, podRange: pods.subnet(pods.prefix + 2, position) }));
}
