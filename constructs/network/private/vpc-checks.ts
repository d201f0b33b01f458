import {
  limits,
  nearestName,
  tryFindVpcEndpointService,
  vpcEndpointServices,
  vpcEndpointsWithoutNat,
} from "../../../catalog";
import { Cidr } from "../../core/cidr";
import type { PropChecks } from "../../core/prop-checks";
import type { FlowLogOptions } from "../flow-log-options";
import { MOST_ZONES, NARROWEST_POD_PREFIX, NARROWEST_PREFIX, WIDEST_PREFIX } from "../subnet-layout";

/** EKS wants two. @see https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html */
const FEWEST_ZONES = 2;
const NAT_MODES = ["none", "single", "per-zone"];
const TRAFFIC = ["all", "reject"];
const AGGREGATION_SECONDS = [60, 600];
/** Services that come through gateway endpoints, which every VPC has. */
const GATEWAY_SERVICES = ["s3", "dynamodb"];

/** The range of a VPC must be one, of a size that its subnets fit in. */
export function checkVpcRange(checks: PropChecks, cidrBlock: string): void {
  if (!checkRange(checks, "cidrBlock", cidrBlock)) return;
  const { prefix } = Cidr.of(cidrBlock);
  const fits = prefix >= WIDEST_PREFIX && prefix <= NARROWEST_PREFIX;
  checks.require(fits, "cidrBlock", `must be a range from /${WIDEST_PREFIX} to /${NARROWEST_PREFIX}`, cidrBlock);
}

/** The range of pods must be one that AWS lets the VPC take as its second, and that nothing else uses. */
export function checkPodRange(checks: PropChecks, podCidr: string | undefined, cidrBlock: string): void {
  if (podCidr === undefined || !checkRange(checks, "podCidr", podCidr)) return;
  const pods = Cidr.of(podCidr);
  const sizes = `must be a range from /${WIDEST_PREFIX} to /${NARROWEST_POD_PREFIX}`;
  const fits = pods.prefix >= WIDEST_PREFIX && pods.prefix <= NARROWEST_POD_PREFIX;
  checks.require(fits, "podCidr", sizes, podCidr);
  const services = limits().eks.serviceRange;
  const taken = `must not overlap ${services}, the range of Kubernetes services`;
  checks.require(!pods.overlaps(Cidr.of(services)), "podCidr", taken, podCidr);
  if (Cidr.problemOf(cidrBlock) === undefined) checkBeside(checks, pods, Cidr.of(cidrBlock));
}

function checkBeside(checks: PropChecks, pods: Cidr, vpc: Cidr): void {
  const got = pods.toString();
  const within = (range: string, one: Cidr) => Cidr.of(range).contains(one);
  checks.require(!pods.overlaps(vpc), "podCidr", `must not overlap \`cidrBlock\` (${vpc.toString()})`, got);
  const { allowed, otherwise, refused } = limits().network.secondRanges;
  const { ranges } = allowed.find(({ first }) => within(first, vpc)) ?? { ranges: otherwise };
  const places = `must lie in ${ranges.join(" or ")}, which AWS allows beside ${vpc.toString()}`;
  checks.require(
    ranges.some((range) => within(range, pods)),
    "podCidr",
    places,
    got,
  );
  for (const { first, range } of refused) {
    const free = !within(first, vpc) || !pods.overlaps(Cidr.of(range));
    checks.require(free, "podCidr", `must not lie in ${range}, which AWS refuses beside ${vpc.toString()}`, got);
  }
}

/** Zones must be two or three of the region, each once. */
export function checkZones(checks: PropChecks, zones: readonly string[], region: string): void {
  const enough = zones.length >= FEWEST_ZONES && zones.length <= MOST_ZONES;
  checks.require(enough, "zones", `must hold ${FEWEST_ZONES} or ${MOST_ZONES} zones`, zones);
  zones.forEach((zone, position) => {
    const ofRegion = zone.startsWith(region) && /^[a-z]$/.test(zone.slice(region.length));
    checks.require(ofRegion, `zones[${position}]`, `must be a zone of ${region}, such as ${region}a`, zone);
    checks.require(zones.indexOf(zone) === position, `zones[${position}]`, "must be named once", zone);
  });
}

/** There must be one of the known ways to the internet, or none. */
export function checkNat(checks: PropChecks, nat: string): void {
  checks.require(NAT_MODES.includes(nat), "nat", `must be one of ${NAT_MODES.join(", ")}`, nat);
}

/** Services must be known, exist in the region, and be all that nodes need where nothing leads to the internet. */
export function checkInterfaceEndpoints(
  checks: PropChecks,
  services: readonly string[],
  { nat, region }: { readonly nat: string; readonly region: string },
): void {
  services.forEach((service, position) => {
    const prop = `interfaceEndpoints[${position}]`;
    checks.require(services.indexOf(service) === position, prop, "must be named once", service);
    checkService(checks, prop, service, region);
  });
  const lacking = nat === "none" ? vpcEndpointsWithoutNat().filter((service) => !services.includes(service)) : [];
  const rule = `must hold what private nodes need where \`nat\` is "none", and lacks ${lacking.join(", ")}`;
  checks.require(lacking.length === 0, "interfaceEndpoints", rule, services);
}

function checkService(checks: PropChecks, prop: string, service: string, region: string): void {
  if (GATEWAY_SERVICES.includes(service)) {
    const rule = "must not be s3 or dynamodb: every VPC reaches these through gateway endpoints, which cost nothing";
    checks.require(false, prop, rule, service);
    return;
  }
  const known = tryFindVpcEndpointService(service);
  const rule = `must be a service of the catalogue of VPC endpoints${hint(service)}`;
  checks.require(known !== undefined, prop, rule, service);
  const there = !known?.missingIn?.includes(region);
  checks.require(there, prop, `must be a service that has an interface endpoint in ${region}`, service);
}

/** Accounts must be account ids. */
export function checkEndpointAccounts(checks: PropChecks, accounts: readonly string[]): void {
  accounts.forEach((account, position) => {
    const rule = "must be an AWS account id of 12 digits";
    checks.require(/^\d{12}$/.test(account), `endpointAccounts[${position}]`, rule, account);
  });
}

/** Flow logs must be possible, and encrypted. */
export function checkFlowLogs(checks: PropChecks, flowLogs: FlowLogOptions | "none", logKey: unknown): void {
  if (flowLogs === "none") return;
  const { traffic = "all", retentionDays, aggregationSeconds = 600 } = flowLogs;
  const key = 'must be given, to encrypt the flow logs; only `flowLogs: "none"` does without';
  checks.require(logKey !== undefined, "logKey", key, logKey);
  checks.require(TRAFFIC.includes(traffic), "flowLogs.traffic", "must be all or reject", traffic);
  const { retentionDays: offered } = limits().logs;
  const days = `must be a period that CloudWatch Logs offers (${offered.join(", ")} days)`;
  const kept = retentionDays === undefined || offered.includes(retentionDays);
  checks.require(kept, "flowLogs.retentionDays", days, retentionDays);
  const known = AGGREGATION_SECONDS.includes(aggregationSeconds);
  checks.require(known, "flowLogs.aggregationSeconds", "must be 60 or 600", aggregationSeconds);
}

/** Adds the rule that the text is a range; true when it is. */
export function checkRange(checks: PropChecks, prop: string, range: string): boolean {
  const problem = Cidr.problemOf(range);
  checks.require(problem === undefined, prop, problem ?? "", range);
  return problem === undefined;
}

function hint(service: string): string {
  const nearest = nearestName(
    service,
    vpcEndpointServices().map(({ name }) => name),
  );
  return nearest === undefined ? "" : ` (did you mean "${nearest}"?)`;
}
