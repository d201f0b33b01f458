import {
  findRegion,
  limits,
  nearestName,
  regions,
  tryFindRegion,
  tryFindVpcEndpointService,
  vpcEndpointServices,
  vpcEndpointsWithoutNat,
} from "../../catalog";
import type { EnvironmentDraft, Finding } from "../draft";
import { parseIpv4Range, parseIpv4Ranges, rangeContains, rangesOverlap, type Ipv4Range } from "../ipv4-range";
import type { ValuePath } from "../value-path";
import { didYouMean, duplicates } from "../wording";
import { checkLogRetention } from "./log-retention";

const CIDR = ["network", "cidr"] as const;

const SOME_REGIONS = "for example us-east-1, us-west-2, eu-central-1, eu-west-1, ap-southeast-1";

/** A /22 is cut into private /24 and public /26 subnets: anything less leaves pods without addresses. */
const NARROWEST_PREFIX = 22;

/** A quarter for each zone: less than a /20 leaves a zone fewer than 1,019 pods. */
const NARROWEST_POD_PREFIX = 20;

/** Region, zones and address range of an environment. */
export function* checkNetwork(draft: EnvironmentDraft): Generator<Finding> {
  yield* checkRegion(draft.region);
  yield* checkZones(draft);
  yield* checkFlowLogs(draft);
  yield* checkPodRange(draft);
  yield* checkInterfaceEndpoints(draft);
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

function* checkFlowLogs({ network }: EnvironmentDraft): Generator<Finding> {
  const days = network?.flowLogs?.retentionDays;
  if (days !== undefined) yield* checkLogRetention(["network", "flowLogs", "retentionDays"], days);
}

function* checkInterfaceEndpoints({ network, region }: EnvironmentDraft): Generator<Finding> {
  const { interfaceEndpoints: names, nat } = network ?? {};
  if (names === undefined) return;
  const path = ["network", "interfaceEndpoints"];
  const known = vpcEndpointServices().map(({ name }) => name);
  for (const { value, index } of duplicates(names)) {
    yield { path: [...path, index], rule: "must not name a service twice", got: value };
  }
  for (const [index, name] of names.entries()) {
    if (name === undefined) continue;
    if (region !== undefined && tryFindVpcEndpointService(name)?.missingIn?.includes(region)) {
      yield {
        path: [...path, index],
        rule: `must be a service that has an interface endpoint in ${region}`,
        got: name,
      };
    }
    if (known.includes(name)) continue;
    const rule = `must be a service with interface endpoints that the catalogue knows${didYouMean(nearestName(name, known))}`;
    yield { path: [...path, index], rule, got: name, allowed: "for example ecr.api, sts, logs" };
  }
  const missing = vpcEndpointsWithoutNat().filter((name) => !names.includes(name));
  if (nat !== "none" || missing.length === 0) return;
  const rule = `must name what nodes without NAT need: ${missing.join(", ")}`;
  yield { path, rule, got: names, allowed: "or leave the list out" };
}

/** Pods may have the addresses that pods of other environments have, but none that this VPC has already. */
function* checkPodRange({ network }: EnvironmentDraft): Generator<Finding> {
  const [cidr, podCidr] = [network?.cidr, network?.podCidr];
  if (podCidr === undefined) return;
  const path = ["network", "podCidr"];
  const range = parseIpv4Range(podCidr);
  if (range === undefined) {
    const allowed = "for example 100.64.0.0/16";
    yield { path, rule: "must be an IPv4 range in CIDR notation", got: podCidr, allowed };
    return;
  }
  const misplaced = [...checkPlace(path, podCidr, range)];
  yield* misplaced;
  const { vpcPrefixMin } = limits().network;
  if (range.prefix < vpcPrefixMin || range.prefix > NARROWEST_POD_PREFIX) {
    const allowed = `/${vpcPrefixMin} to /${NARROWEST_POD_PREFIX}`;
    yield { path, rule: "must be of a size that a VPC takes and many pods fit in", got: podCidr, allowed };
  }
  const nodes = cidr === undefined ? undefined : parseIpv4Range(cidr);
  if (nodes !== undefined && rangesOverlap(nodes, range)) {
    yield { path, rule: `must not overlap network.cidr (${cidr})`, got: podCidr };
  }
  if (nodes !== undefined && misplaced.length === 0) yield* checkBeside(path, range, nodes);
}

/** AWS takes a second range only from certain parts of the address space, by where the first one lies. */
function* checkBeside(path: ValuePath, pods: Ipv4Range, nodes: Ipv4Range): Generator<Finding> {
  const { allowed, otherwise, refused } = limits().network.secondRanges;
  const holds = (outer: string, inner: Ipv4Range) => parseIpv4Ranges([outer]).some((one) => rangeContains(one, inner));
  const { ranges } = allowed.find(({ first }) => holds(first, nodes)) ?? { ranges: otherwise };
  if (!ranges.some((range) => holds(range, pods))) {
    const rule = `must lie in ${ranges.join(" or ")}, which AWS allows beside ${nodes.aligned}`;
    yield { path, rule, got: pods.aligned };
  }
  for (const { first, range } of refused) {
    if (!holds(first, nodes) || !parseIpv4Ranges([range]).some((one) => rangesOverlap(one, pods))) continue;
    yield { path, rule: `must not lie in ${range}, which AWS refuses beside ${nodes.aligned}`, got: pods.aligned };
  }
}

function* checkRange(cidr: string, range: Ipv4Range): Generator<Finding> {
  const { vpcPrefixMin } = limits().network;
  yield* checkPlace(CIDR, cidr, range);
  if (range.prefix < vpcPrefixMin) {
    const allowed = `/${vpcPrefixMin} to /${NARROWEST_PREFIX}`;
    yield { path: CIDR, rule: `must not be larger than /${vpcPrefixMin}, the limit of a VPC`, got: cidr, allowed };
  }
  if (range.prefix > NARROWEST_PREFIX) {
    const rule = `must be at least a /${NARROWEST_PREFIX} to hold a private /24 and a public /26 subnet for each zone`;
    yield { path: CIDR, rule, got: cidr, allowed: `/${vpcPrefixMin} to /${NARROWEST_PREFIX}` };
  }
}

/** Where a range may lie, whatever it is for. */
function* checkPlace(path: ValuePath, cidr: string, range: Ipv4Range): Generator<Finding> {
  const { privateRanges } = limits().network;
  const { serviceRange } = limits().eks;
  if (range.aligned !== cidr) {
    yield { path, rule: "must start at the first address of the range", got: cidr, allowed: range.aligned };
  }
  if (!parseIpv4Ranges(privateRanges).some((outer) => rangeContains(outer, range))) {
    yield { path, rule: "must be a private range", got: cidr, allowed: `a part of ${privateRanges.join(", ")}` };
  }
  if (parseIpv4Ranges([serviceRange]).some((service) => rangesOverlap(service, range))) {
    yield { path, rule: `must not overlap ${serviceRange}, the range of Kubernetes services`, got: cidr };
  }
}
