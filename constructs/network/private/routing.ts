import { Eip } from "@cdktf/provider-aws/lib/eip";
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import { Route } from "@cdktf/provider-aws/lib/route";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import type { Subnet } from "@cdktf/provider-aws/lib/subnet";
import type { Construct } from "constructs";
import type { NatMode } from "../nat-mode";

/** The network that is routed. */
export interface RoutedNetwork {
  /** Id of the VPC. */
  readonly vpcId: string;
  /** Name of the network, which names start with. */
  readonly name: string;
}

/** The subnets of one zone. */
export interface ZoneSubnets {
  /** Letter of the zone, upper case: what construct ids of the zone end with. */
  readonly letter: string;
  /** Its private subnet. */
  readonly privateSubnet: Subnet;
  /** Its public subnet. */
  readonly publicSubnet: Subnet;
}

/** One table for all public subnets, with a route to the internet. */
export function definePublicRoutes(
  scope: Construct,
  { vpcId, name }: RoutedNetwork,
  subnets: readonly ZoneSubnets[],
): RouteTable {
  const gateway = new InternetGateway(scope, "InternetGateway", { vpcId, tags: { Name: name } });
  const table = new RouteTable(scope, "PublicRouteTable", { vpcId, tags: { Name: `${name}-public` } });
  new Route(scope, PUBLIC_DEFAULT_ROUTE, {
    routeTableId: table.id,
    destinationCidrBlock: EVERYWHERE,
    gatewayId: gateway.id,
  });
  for (const { letter, publicSubnet } of subnets) {
    const association = { routeTableId: table.id, subnetId: publicSubnet.id };
    new RouteTableAssociation(scope, `PublicRouteTableAssociation${letter}`, association);
  }
  return table;
}

/** One table for the private subnet of each zone, with a route through NAT where there is some; in the order of the subnets. */
export function definePrivateRoutes(
  scope: Construct,
  network: RoutedNetwork,
  subnets: readonly ZoneSubnets[],
  nat: NatMode,
): RouteTable[] {
  const zonesWithNat = { none: 0, single: 1, "per-zone": subnets.length }[nat];
  const gateways = subnets.slice(0, zonesWithNat).map((zone) => defineNatGateway(scope, network, zone));
  return subnets.map(({ letter, privateSubnet }, position) => {
    const tags = { Name: nameOf(network, "private", letter) };
    const table = new RouteTable(scope, `PrivateRouteTable${letter}`, { vpcId: network.vpcId, tags });
    const association = { routeTableId: table.id, subnetId: privateSubnet.id };
    new RouteTableAssociation(scope, `PrivateRouteTableAssociation${letter}`, association);
    const gateway = gateways[position] ?? gateways[0];
    if (gateway) {
      new Route(scope, `PrivateDefaultRoute${letter}`, {
        routeTableId: table.id,
        destinationCidrBlock: EVERYWHERE,
        natGatewayId: gateway.id,
      });
    }
    return table;
  });
}

/** The route to the internet comes first: without it AWS lets the gateway fail. */
function defineNatGateway(scope: Construct, network: RoutedNetwork, { letter, publicSubnet }: ZoneSubnets): NatGateway {
  const tags = { Name: nameOf(network, "nat", letter) };
  const address = new Eip(scope, `NatAddress${letter}`, { domain: "vpc", tags });
  return new NatGateway(scope, `NatGateway${letter}`, {
    allocationId: address.allocationId,
    subnetId: publicSubnet.id,
    tags,
    dependsOn: [scope.node.findChild(PUBLIC_DEFAULT_ROUTE) as Route],
  });
}

const PUBLIC_DEFAULT_ROUTE = "PublicDefaultRoute";
const EVERYWHERE = "0.0.0.0/0";

function nameOf({ name }: RoutedNetwork, role: string, letter: string): string {
  return `${name}-${role}-${letter.toLowerCase()}`;
}
