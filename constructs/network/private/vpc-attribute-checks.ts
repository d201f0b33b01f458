import type { PropChecks } from "../../core/prop-checks";
import { checkRange } from "./vpc-checks";

/** What is known of a VPC that is defined elsewhere; lists that may be left out are empty then. */
export interface KnownVpc {
  /** Id of the VPC. */
  readonly vpcId: string;
  /** First IPv4 range of the VPC. */
  readonly cidrBlock: string;
  /** Its further IPv4 ranges. */
  readonly secondaryCidrBlocks: readonly string[];
  /** Names of its availability zones. */
  readonly zones: readonly string[];
  /** Ids of its private subnets. */
  readonly privateSubnetIds: readonly string[];
  /** Ids of its public subnets. */
  readonly publicSubnetIds: readonly string[];
  /** Ids of its subnets for pods. */
  readonly podSubnetIds: readonly string[];
}

/** Ids must be ids, ranges be ranges, and each zone have one subnet of each kind. */
export function checkVpcAttributes(checks: PropChecks, vpc: KnownVpc): void {
  const { vpcId, zones, podSubnetIds } = vpc;
  checks.require(vpcId.startsWith("vpc-"), "vpcId", "must be the id of a VPC, vpc-…", vpcId);
  checkRange(checks, "cidrBlock", vpc.cidrBlock);
  vpc.secondaryCidrBlocks.forEach((range, position) => checkRange(checks, `secondaryCidrBlocks[${position}]`, range));
  checks.require(zones.length > 0, "zones", "must hold at least one zone", zones);
  zones.forEach((zone, position) => {
    checks.require(zones.indexOf(zone) === position, `zones[${position}]`, "must be named once", zone);
  });
  checkSubnets(checks, "privateSubnetIds", vpc.privateSubnetIds, zones);
  checkSubnets(checks, "publicSubnetIds", vpc.publicSubnetIds, zones);
  if (podSubnetIds.length > 0) checkSubnets(checks, "podSubnetIds", podSubnetIds, zones);
}

function checkSubnets(checks: PropChecks, prop: string, ids: readonly string[], zones: readonly string[]): void {
  checks.require(ids.length === zones.length, prop, `must hold one id for each of the ${zones.length} zones`, ids);
  ids.forEach((id, position) => {
    checks.require(id.startsWith("subnet-"), `${prop}[${position}]`, "must be the id of a subnet, subnet-…", id);
    checks.require(ids.indexOf(id) === position, `${prop}[${position}]`, "must be named once", id);
  });
}
