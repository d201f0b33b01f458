import type { Graph } from "../../engine/graph";
import type { Resource } from "../../engine/subject";
import type { Value } from "../../engine/value";

/** Types that say what may get into or out of a security group. */
export const TRAFFIC_TYPES = [
  "aws_security_group",
  "aws_default_security_group",
  "aws_security_group_rule",
  "aws_vpc_security_group_ingress_rule",
  "aws_vpc_security_group_egress_rule",
] as const;

export type Direction = "ingress" | "egress";

/** One rule of a security group, however it is written. */
export interface Traffic {
  readonly direction: Direction;
  /** Path of its block, empty when it is a resource of its own. */
  readonly path: string;
  /** Ranges of addresses it is about, IPv4 and IPv6. */
  readonly ranges: readonly Value[];
  /** The first of its ports and the last; all of them when the protocol is `-1`. `unknown` when known only later. */
  readonly ports: { readonly from: number; readonly to: number } | "none" | "unknown";
  readonly description: Value;
}

/** Names of the arguments, which differ between blocks and resources. */
interface Names {
  readonly protocol: string;
  readonly ranges: readonly string[];
}

const OF_BLOCKS: Names = { protocol: "protocol", ranges: ["cidr_blocks", "ipv6_cidr_blocks"] };
const OF_RESOURCES: Names = { protocol: "ip_protocol", ranges: ["cidr_ipv4", "cidr_ipv6"] };
const LAST_PORT = 65_535;

/** The rules that a resource of {@link TRAFFIC_TYPES} has. */
export function trafficOf(resource: Resource): readonly Traffic[] {
  switch (resource.type) {
    case "aws_security_group":
    case "aws_default_security_group":
      return (["ingress", "egress"] as const).flatMap((direction) =>
        resource.each(direction).map((block) => toTraffic((name) => block.at(name), direction, block.path, OF_BLOCKS)),
      );
    case "aws_security_group_rule": {
      const direction = resource.at("type").literal === "egress" ? "egress" : "ingress";
      return [toTraffic((name) => resource.at(name), direction, "", OF_BLOCKS)];
    }
    case "aws_vpc_security_group_ingress_rule":
      return [toTraffic((name) => resource.at(name), "ingress", "", OF_RESOURCES)];
    case "aws_vpc_security_group_egress_rule":
      return [toTraffic((name) => resource.at(name), "egress", "", OF_RESOURCES)];
    default:
      return [];
  }
}

function toTraffic(at: (name: string) => Value, direction: Direction, path: string, names: Names): Traffic {
  return {
    direction,
    path,
    ranges: names.ranges.flatMap((name) => listOf(at(name))),
    ports: portsOf(at(names.protocol), at("from_port"), at("to_port")),
    description: at("description"),
  };
}

function listOf(value: Value): readonly Value[] {
  return value.unknown ? [value] : value.items;
}

function portsOf(protocol: Value, from: Value, to: Value): Traffic["ports"] {
  const name = String(protocol.literal ?? "").toLowerCase();
  if (name === "-1" || name === "all") return { from: 0, to: LAST_PORT };
  if (/^(icmp|icmpv6|1|58)$/.test(name)) return "none";
  if (protocol.unknown || from.unknown || to.unknown) return "unknown";
  return { from: from.number ?? 0, to: to.number ?? LAST_PORT };
}

/** Whether a range of addresses is that of nearly everyone. */
export function opennessOf(range: Value, graph: Graph): "world" | "narrow" | "unknown" {
  if (range.unknown) return graph.targets(range).length > 0 ? "narrow" : "unknown";
  return isWorldRange(String(range.literal ?? "")) ? "world" : "narrow";
}

/** Whether a range of addresses, as in `0.0.0.0/0`, is that of nearly everyone. */
export function isWorldRange(range: string): boolean {
  const [, address = "", bits] = /^([^/]*)\/(\d+)$/.exec(range) ?? [];
  return bits !== undefined && Number(bits) < (address.includes(":") ? WIDEST_IPV6 : WIDEST_IPV4);
}

/** Bits of the widest ranges that count as somebody's: two halves of the internet are as open as the whole. */
const WIDEST_IPV4 = 8;
const WIDEST_IPV6 = 16;

/** What a rule opens, so that one that opens much is one finding. */
export type Opening = "all" | "ssh" | "rdp" | "database" | "http" | "other" | "unknown";

/** Ports that databases and caches listen on: PostgreSQL, MySQL, SQL Server, Oracle, Redis, memcached, MongoDB, … */
const DATABASE_PORTS = [1433, 1521, 3306, 5432, 5439, 6379, 6380, 8182, 9042, 9200, 11211, 27017];

/** What a rule opens of a machine, the worst of it. */
export function openingOf({ ports }: Traffic): Opening {
  if (ports === "unknown") return "unknown";
  if (ports === "none") return "other";
  const has = (port: number): boolean => ports.from <= port && port <= ports.to;
  if (ports.from <= 1 && ports.to >= LAST_PORT) return "all";
  if (has(22)) return "ssh";
  if (has(3389)) return "rdp";
  if (DATABASE_PORTS.some(has)) return "database";
  return has(80) ? "http" : "other";
}

/** The ports of a rule as a message shows them. */
export function shownPorts({ ports }: Traffic): string {
  if (typeof ports === "string") return ports === "none" ? "ICMP" : "ports known only after apply";
  if (ports.from <= 1 && ports.to >= LAST_PORT) return "all ports";
  return ports.from === ports.to ? `port ${ports.from}` : `ports ${ports.from} to ${ports.to}`;
}
