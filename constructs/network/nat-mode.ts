/**
 * How private and pod subnets reach the internet: not at all, through one NAT gateway in the first zone (the cheapest; all zones
 * lose their way out when that zone fails, and traffic between zones is paid), or through one in each zone.
 */
export type NatMode = "none" | "single" | "per-zone";
