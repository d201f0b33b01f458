import type { Graph } from "../../../engine/graph";
import type { Resource } from "../../../engine/subject";
import type { Value } from "../../../engine/value";

/** The network interfaces of a launch template that are Elastic Fabric Adapters. */
export function efaInterfacesOf(template: Resource): readonly Value[] {
  return template
    .each("network_interfaces")
    .filter((one) => ["efa", "efa-only"].includes(String(one.at("interface_type").literal)));
}

/** Whether a security group lets all traffic between its own members in, and out. Egress to an address range is not enough. */
export function allowsItself(group: Resource, graph: Graph, direction: "ingress" | "egress"): boolean {
  return (
    group.each(direction).some((rule) => isOpen(rule.at("protocol")) && rule.at("self").boolean === true) ||
    graph
      .linked(group, "aws_security_group_rule", "security_group_id")
      .some(
        (rule) =>
          rule.at("type").literal === direction &&
          isOpen(rule.at("protocol")) &&
          (rule.at("self").boolean === true || graph.targets(rule.at("source_security_group_id")).includes(group)),
      ) ||
    graph
      .linked(group, `aws_vpc_security_group_${direction}_rule`, "security_group_id")
      .some(
        (rule) =>
          isOpen(rule.at("ip_protocol")) && graph.targets(rule.at("referenced_security_group_id")).includes(group),
      )
  );
}

function isOpen(protocol: Value): boolean {
  return ["-1", "all"].includes(String(protocol.literal));
}
