import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group";
import { Eip } from "@cdktf/provider-aws/lib/eip";
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import { Route } from "@cdktf/provider-aws/lib/route";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc as VpcResource } from "@cdktf/provider-aws/lib/vpc";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { Construct } from "constructs";
import { Cidr } from "../core/cidr";
import { ValidationError } from "../core/errors";
import { checkIdentity } from "../core/identity-checks";
import type { EnvironmentIdentity } from "../core/naming";
import { PropChecks } from "../core/prop-checks";
import { MOST_ZONES, NARROWEST_PREFIX, WIDEST_PREFIX, subnetLayout } from "./subnet-layout";
import type { ZoneRanges } from "./subnet-layout";

/** A network that other constructs are placed in. */
export interface IVpc {
  /** Id of the VPC. */
  readonly vpcId: string;
  /** IPv4 range of the VPC. */
  readonly cidrBlock: string;
  /** Availability zones by name, in the order of the subnets. */
  readonly zones: readonly string[];
  /** Ids of the private subnets, one for each zone, in the order of `zones`. */
  readonly privateSubnetIds: readonly string[];
  /** Ids of the public subnets, one for each zone, in the order of `zones`. */
  readonly publicSubnetIds: readonly string[];
  /**
   * Id of the private subnet in a zone.
   *
   * @throws ValidationError `UNKNOWN_ZONE` when the VPC has no subnets there
   */
  privateSubnetIdFor(zone: string): string;
}

/**
 * How private subnets reach the internet: not at all, through one NAT gateway in the first zone (the cheapest; all zones lose
 * their way out when that zone fails, and traffic between zones is paid), or through one in each zone.
 */
export type NatMode = "none" | "single" | "per-zone";

/** What a `Vpc` is made of. */
export interface VpcProps {
  /** The environment the VPC belongs to. */
  readonly identity: EnvironmentIdentity;
  /**
   * IPv4 range, /16 to /22, starting at its first address. Neither range nor place of a subnet can change later without
   * replacing it and all that is in it.
   *
   * @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html
   */
  readonly cidrBlock: string;
  /**
   * Names of two or three availability zones of the region. The position of a zone decides its addresses: add a third at
   * the end, and the first two stay where they are. EKS needs two.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html
   */
  readonly zones: readonly string[];
  /**
   * How private subnets reach the internet.
   *
   * @default "single"
   */
  readonly nat?: NatMode;
}

/** An existing VPC. */
export interface VpcAttributes {
  /** Id of the VPC. */
  readonly vpcId: string;
  /** IPv4 range of the VPC. */
  readonly cidrBlock: string;
  /** Names of its availability zones. */
  readonly zones: readonly string[];
  /** Ids of its private subnets, one for each zone, in the order of `zones`. */
  readonly privateSubnetIds: readonly string[];
  /** Ids of its public subnets, one for each zone, in the order of `zones`. */
  readonly publicSubnetIds: readonly string[];
}

abstract class VpcBase extends Construct implements IVpc {
  abstract readonly vpcId: string;
  abstract readonly cidrBlock: string;
  abstract readonly zones: readonly string[];
  abstract readonly privateSubnetIds: readonly string[];
  abstract readonly publicSubnetIds: readonly string[];

  privateSubnetIdFor(zone: string): string {
    const subnetId = this.privateSubnetIds[this.zones.indexOf(zone)];
    if (subnetId === undefined) {
      const rule = `must be a zone of the VPC (${this.zones.join(", ")})`;
      throw new ValidationError("UNKNOWN_ZONE", [{ prop: "zone", rule, got: zone }], this);
    }
    return subnetId;
  }
}

/**
 * A network over two or three zones: in each a large private subnet for nodes and pods and a small public one for load
 * balancers and NAT; S3 is reached inside the network, and the default security group lets nothing through. Public subnets
 * give no public addresses to what is started in them.
 *
 * @example
 * const vpc = new Vpc(this, "Vpc", {
 *   identity: { project: "atlas", stage: "dev", account: "111111111111", region: "eu-central-1" },
 *   cidrBlock: "10.20.0.0/16",
 *   zones: ["eu-central-1a", "eu-central-1b"],
 * });
 */
export class Vpc extends VpcBase {
  /**
   * A VPC that is defined elsewhere.
   *
   * @throws ValidationError `INVALID_VPC_ATTRIBUTES` when there is not one subnet of each kind for each zone
   */
  static fromVpcAttributes(scope: Construct, id: string, attributes: VpcAttributes): IVpc {
    return new ImportedVpc(scope, id, attributes);
  }

  readonly vpcId: string;
  readonly cidrBlock: string;
  readonly zones: readonly string[];
  readonly privateSubnetIds: readonly string[];
  readonly publicSubnetIds: readonly string[];
  private readonly name: string;

  /** @throws ValidationError `INVALID_VPC_PROPS` */
  constructor(scope: Construct, id: string, props: VpcProps) {
    super(scope, id);
    const { identity, cidrBlock, zones, nat = "single" } = props;
    this.name = `${identity.project}-${identity.stage}`;

    const checks = checkIdentity(new PropChecks(this, "INVALID_VPC_PROPS"), identity);
    this.validateRange(checks, cidrBlock);
    this.validateZones(checks, zones, identity.region);
    checks.throwIfAny();

    const vpc = new VpcResource(this, "Resource", {
      cidrBlock,
      enableDnsSupport: true,
      enableDnsHostnames: true,
      tags: { Name: this.name },
    });
    this.vpcId = vpc.id;
    this.closeDefaultSecurityGroup();
    const subnets = subnetLayout(Cidr.of(cidrBlock), zones).map((ranges) => this.defineSubnets(ranges));
    const publicTable = this.definePublicRoutes(subnets);
    const privateTables = this.definePrivateRoutes(subnets, nat);
    this.defineS3Endpoint(identity.region, [publicTable, ...privateTables]);

    this.cidrBlock = cidrBlock;
    this.zones = [...zones];
    this.privateSubnetIds = subnets.map((zone) => zone.privateSubnet.id);
    this.publicSubnetIds = subnets.map((zone) => zone.publicSubnet.id);
  }

  /** Empty lists, not missing ones: Terraform then also takes out rules that somebody adds by hand. */
  private closeDefaultSecurityGroup(): void {
    new DefaultSecurityGroup(this, "DefaultSecurityGroup", {
      vpcId: this.vpcId,
      ingress: [],
      egress: [],
      tags: { Name: `${this.name}-closed` },
    });
  }

  private defineSubnets({ zone, privateRange, publicRange }: ZoneRanges): ZoneSubnets {
    const letter = letterOf(zone);
    const common = { vpcId: this.vpcId, availabilityZone: zone, mapPublicIpOnLaunch: false };
    return {
      letter,
      privateSubnet: new Subnet(this, `PrivateSubnet${letter}`, {
        ...common,
        cidrBlock: privateRange.toString(),
        tags: { Name: this.nameOf("private", letter), "kubernetes.io/role/internal-elb": "1" },
      }),
      publicSubnet: new Subnet(this, `PublicSubnet${letter}`, {
        ...common,
        cidrBlock: publicRange.toString(),
        tags: { Name: this.nameOf("public", letter), "kubernetes.io/role/elb": "1" },
      }),
    };
  }

  private definePublicRoutes(subnets: readonly ZoneSubnets[]): RouteTable {
    const gateway = new InternetGateway(this, "InternetGateway", { vpcId: this.vpcId, tags: { Name: this.name } });
    const table = new RouteTable(this, "PublicRouteTable", {
      vpcId: this.vpcId,
      tags: { Name: `${this.name}-public` },
    });
    new Route(this, "PublicDefaultRoute", {
      routeTableId: table.id,
      destinationCidrBlock: EVERYWHERE,
      gatewayId: gateway.id,
    });
    for (const { letter, publicSubnet } of subnets) {
      const association = { routeTableId: table.id, subnetId: publicSubnet.id };
      new RouteTableAssociation(this, `PublicRouteTableAssociation${letter}`, association);
    }
    return table;
  }

  private definePrivateRoutes(subnets: readonly ZoneSubnets[], nat: NatMode): RouteTable[] {
    const zonesWithNat = { none: 0, single: 1, "per-zone": subnets.length }[nat];
    const gateways = subnets.slice(0, zonesWithNat).map((zone) => this.defineNatGateway(zone));
    return subnets.map(({ letter, privateSubnet }, position) => {
      const tags = { Name: this.nameOf("private", letter) };
      const table = new RouteTable(this, `PrivateRouteTable${letter}`, { vpcId: this.vpcId, tags });
      const association = { routeTableId: table.id, subnetId: privateSubnet.id };
      new RouteTableAssociation(this, `PrivateRouteTableAssociation${letter}`, association);
      const gateway = gateways[position] ?? gateways[0];
      if (gateway) {
        new Route(this, `PrivateDefaultRoute${letter}`, {
          routeTableId: table.id,
          destinationCidrBlock: EVERYWHERE,
          natGatewayId: gateway.id,
        });
      }
      return table;
    });
  }

  /** The route to the internet comes first: without it AWS lets the gateway fail. */
  private defineNatGateway({ letter, publicSubnet }: ZoneSubnets): NatGateway {
    const tags = { Name: this.nameOf("nat", letter) };
    const address = new Eip(this, `NatAddress${letter}`, { domain: "vpc", tags });
    return new NatGateway(this, `NatGateway${letter}`, {
      allocationId: address.allocationId,
      subnetId: publicSubnet.id,
      tags,
      dependsOn: [this.node.findChild("PublicDefaultRoute") as Route],
    });
  }

  private defineS3Endpoint(region: string, tables: readonly RouteTable[]): void {
    new VpcEndpoint(this, "S3Endpoint", {
      vpcId: this.vpcId,
      vpcEndpointType: "Gateway",
      serviceName: `com.amazonaws.${region}.s3`,
      routeTableIds: tables.map((table) => table.id),
      tags: { Name: `${this.name}-s3` },
    });
  }

  private nameOf(role: string, letter: string): string {
    return `${this.name}-${role}-${letter.toLowerCase()}`;
  }

  private validateRange(checks: PropChecks, cidrBlock: string): void {
    const problem = Cidr.problemOf(cidrBlock);
    checks.require(problem === undefined, "cidrBlock", problem ?? "", cidrBlock);
    if (problem !== undefined) return;
    const { prefix } = Cidr.of(cidrBlock);
    const fits = prefix >= WIDEST_PREFIX && prefix <= NARROWEST_PREFIX;
    checks.require(fits, "cidrBlock", `must be a range from /${WIDEST_PREFIX} to /${NARROWEST_PREFIX}`, cidrBlock);
  }

  private validateZones(checks: PropChecks, zones: readonly string[], region: string): void {
    const enough = zones.length >= FEWEST_ZONES && zones.length <= MOST_ZONES;
    checks.require(enough, "zones", `must hold ${FEWEST_ZONES} or ${MOST_ZONES} zones`, zones);
    zones.forEach((zone, position) => {
      const ofRegion = zone.startsWith(region) && /^[a-z]$/.test(zone.slice(region.length));
      checks.require(ofRegion, `zones[${position}]`, `must be a zone of ${region}, such as ${region}a`, zone);
      checks.require(zones.indexOf(zone) === position, `zones[${position}]`, "must be named once", zone);
    });
  }
}

class ImportedVpc extends VpcBase {
  readonly vpcId: string;
  readonly cidrBlock: string;
  readonly zones: readonly string[];
  readonly privateSubnetIds: readonly string[];
  readonly publicSubnetIds: readonly string[];

  constructor(scope: Construct, id: string, attributes: VpcAttributes) {
    super(scope, id);
    const { vpcId, cidrBlock, zones, privateSubnetIds, publicSubnetIds } = attributes;

    const perZone = `must hold one id for each of the ${zones.length} zones`;
    const checks = new PropChecks(this, "INVALID_VPC_ATTRIBUTES");
    checks.require(zones.length > 0, "zones", "must hold at least one zone", zones);
    checks.require(privateSubnetIds.length === zones.length, "privateSubnetIds", perZone, privateSubnetIds);
    checks.require(publicSubnetIds.length === zones.length, "publicSubnetIds", perZone, publicSubnetIds);
    checks.throwIfAny();

    this.vpcId = vpcId;
    this.cidrBlock = cidrBlock;
    this.zones = [...zones];
    this.privateSubnetIds = [...privateSubnetIds];
    this.publicSubnetIds = [...publicSubnetIds];
  }
}

interface ZoneSubnets {
  readonly letter: string;
  readonly privateSubnet: Subnet;
  readonly publicSubnet: Subnet;
}

const EVERYWHERE = "0.0.0.0/0";
const FEWEST_ZONES = 2;

/** `A` for `eu-central-1a`: construct ids follow the zone, never its position, so that they survive a change of the list. */
function letterOf(zone: string): string {
  return zone.slice(-1).toUpperCase();
}
