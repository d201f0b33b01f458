import type { Graph } from "../../../engine/graph";
import type { Resource } from "../../../engine/subject";
import type { Value } from "../../../engine/value";
import { isWorldRange } from "../../private/security-group-traffic";

/** Whether what is in a subnet can be reached from the internet, given a public address. */
export type Reach = "public" | "private" | "unknown";

/** By its routes: a subnet with a route to everywhere through an internet gateway is public. */
export function reachOf(subnet: Resource, graph: Graph): Reach {
  const tables = graph
    .linked(subnet, "aws_route_table_association", "subnet_id")
    .flatMap((association) => graph.targets(association.at("route_table_id")))
    .filter(({ type }) => type === "aws_route_table" || type === "aws_default_route_table");
  if (tables.length === 0) return subnet.at("map_public_ip_on_launch").boolean === true ? "public" : "unknown";
  return tables.some((table) => leadsToInternet(table, graph)) ? "public" : "private";
}

function leadsToInternet(table: Resource, graph: Graph): boolean {
  const blocks = table.each("route").map((route) => ({
    ranges: [route.at("cidr_block"), route.at("ipv6_cidr_block")],
    gateway: route.at("gateway_id"),
  }));
  const routes = graph.linked(table, "aws_route", "route_table_id").map((route) => ({
    ranges: [route.at("destination_cidr_block"), route.at("destination_ipv6_cidr_block")],
    gateway: route.at("gateway_id"),
  }));
  return [...blocks, ...routes].some(
    ({ ranges, gateway }) => ranges.some(isWorld) && isInternetGateway(gateway, graph),
  );
}

function isWorld({ literal }: Value): boolean {
  return isWorldRange(String(literal ?? ""));
}

function isInternetGateway(gateway: Value, graph: Graph): boolean {
  return (
    graph.targets(gateway).some(({ type }) => type === "aws_internet_gateway") ||
    gateway.text?.startsWith("igw-") === true
  );
}
