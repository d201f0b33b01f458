import { findRegion, limits, nearestName, regions, tryFindRegion } from "../../catalog";
import type { EnvironmentDraft, Finding } from "../draft";
import { parseIpv4Range, parseIpv4Ranges, rangeContains, rangesOverlap, type Ipv4Range } from "../ipv4-range";
import { didYouMean, duplicates } from "../wording";

const CIDR = ["network", "cidr"] as const;

const SOME_REGIONS = "for example us-east-1, us-west-2, eu-central-1, eu-west-1, ap-southeast-1";

/** A /22 is cut into private /24 and public /26 subnets: anything less leaves pods without addresses. */
const NARROWEST_PREFIX = 22;

/** Region, zones and address range of an environment. */
export function* checkNetwork(draft: EnvironmentDraft): Generator<Finding> {
  yield* checkRegion(draft.region);
  yield* checkZones(draft);
  const cidr = draft.network?.cidr;
  if (cidr === undefined) return;
  const range = parseIpv4Range(cidr);
  if (range === undefined) {
    yield {
      path: CIDR,
      rule: "must be an IPv4 range in CIDR notation",
      got: cidr,
      allowed: "for example 10.20.0.0/16",
    };
  } else yield* checkRange(cidr, range);
}

function* checkRegion(region: string | undefined): Generator<Finding> {
  if (region === undefined || tryFindRegion(region) !== undefined) return;
  const known = regions().map(({ name }) => name);
  const rule = `must be an AWS region${didYouMean(nearestName(region, known))}`;
  yield { path: ["region"], rule, got: region, allowed: SOME_REGIONS };
}

function* checkZones({ network, region }: EnvironmentDraft): Generator<Finding> {
  const zones = network?.zones ?? [];
  const path = (index: number) => ["network", "zones", index];
  for (const { value, index } of duplicates(zones)) {
    yield { path: path(index), rule: "must not name a zone twice", got: value };
  }
  if (region === undefined || tryFindRegion(region) === undefined) return;
  const known = findRegion(region).zones;
  for (const [index, zone] of zones.entries()) {
    if (zone === undefined || known.includes(zone)) continue;
    yield { path: path(index), rule: `must be a zone of ${region}`, got: zone, allowed: known.join(", ") };
  }
}

function* checkRange(cidr: string, range: Ipv4Range): Generator<Finding> {
  const { vpcPrefixMin, privateRanges } = limits().network;
  const { serviceRange } = limits().eks;
  if (range.aligned !== cidr) {
    yield { path: CIDR, rule: "must start at the first address of the range", got: cidr, allowed: range.aligned };
  }
  if (range.prefix < vpcPrefixMin) {
    const allowed = `/${vpcPrefixMin} to /${NARROWEST_PREFIX}`;
    yield { path: CIDR, rule: `must not be larger than /${vpcPrefixMin}, the limit of a VPC`, got: cidr, allowed };
  }
  if (range.prefix > NARROWEST_PREFIX) {
    const rule = `must be at least a /${NARROWEST_PREFIX} to hold a private /24 and a public /26 subnet for each zone`;
    yield { path: CIDR, rule, got: cidr, allowed: `/${vpcPrefixMin} to /${NARROWEST_PREFIX}` };
  }
  if (!parseIpv4Ranges(privateRanges).some((outer) => rangeContains(outer, range))) {
    yield { path: CIDR, rule: "must be a private range", got: cidr, allowed: `a part of ${privateRanges.join(", ")}` };
  }
  if (parseIpv4Ranges([serviceRange]).some((service) => rangesOverlap(service, range))) {
    yield { path: CIDR, rule: `must not overlap ${serviceRange}, the range of Kubernetes services`, got: cidr };
  }
}
