import { resourceRule } from "../../engine/rule";
import type { RuleContext } from "../../engine/context";
import type { Value } from "../../engine/value";
import type { Verdict } from "../../engine/verdict";
import { allOf, fail, notApplicable, pass, unknown } from "../../engine/verdict";
import { reachOf } from "./private/subnet-reach";

const example = (route: object) => ({
  terraform: {
    resource: {
      aws_internet_gateway: { world: { vpc_id: "vpc-1" } },
      aws_subnet: { a: { vpc_id: "vpc-1", cidr_block: "10.24.0.0/20" } },
      aws_route_table: { a: { vpc_id: "vpc-1" } },
      aws_route: { a: { route_table_id: "${aws_route_table.a.id}", destination_cidr_block: "0.0.0.0/0", ...route } },
      aws_route_table_association: {
        a: { subnet_id: "${aws_subnet.a.id}", route_table_id: "${aws_route_table.a.id}" },
      },
      aws_eks_node_group: { cpu: { cluster_name: "atlas", subnet_ids: ["${aws_subnet.a.id}"] } },
    },
  },
});

/**
 * A subnet is public when a route of its table leads everywhere through an internet gateway. Of one that is made elsewhere, and
 * named by its id, a variable or the output of a module, nothing can be said.
 */
export const networkPrivateSubnets = resourceRule({
  id: "FD-NET-016",
  slug: "network-private-subnets",
  title: "Nodes, databases and caches are in private subnets",
  severity: "high",
  packs: ["baseline", "cis-eks"],
  why: "In a public subnet one public address is all that is missing between the machine and the internet.",
  fix: "Name subnets whose route to `0.0.0.0/0` goes through a NAT gateway, or that have none.",
  types: ["aws_eks_node_group", "aws_db_subnet_group", "aws_elasticache_subnet_group"],
  judge: (resource, context) => {
    const ids = resource.each("subnet_ids");
    return ids.some((id) => leadsHere(id, context))
      ? allOf(ids.map((id) => judgeSubnet(id, context)))
      : notApplicable();
  },
  examples: {
    failing: example({ gateway_id: "${aws_internet_gateway.world.id}" }),
    passing: example({ nat_gateway_id: "nat-1" }),
    unknown: {
      terraform: {
        resource: {
          aws_vpc: { main: { cidr_block: "10.24.0.0/16" } },
          aws_eks_node_group: { cpu: { cluster_name: "atlas", subnet_ids: "${data.aws_subnets.private.ids}" } },
        },
        data: { aws_subnets: { private: { filter: [{ name: "vpc-id", values: ["${aws_vpc.main.id}"] }] } } },
      },
    },
  },
});

/** Whether a value is made of something that is judged, by itself or by way of a data source that looks for it. */
function leadsHere(id: Value, { graph }: RuleContext): boolean {
  return graph
    .targets(id)
    .some((target) => target.mode === "managed" || graph.targets(target.at([])).some(({ mode }) => mode === "managed"));
}

function judgeSubnet(id: Value, { graph }: RuleContext): Verdict {
  const subnets = graph.targets(id).filter(({ type, mode }) => type === "aws_subnet" && mode === "managed");
  const about = { attribute: id.path };
  const message = `\`${id.path}\` must be a private subnet`;
  if (id.known && subnets.length === 0) return notApplicable();
  if (subnets.length === 0) return unknown(`${message}, and its routes are not known here: ${id.toString()}`, about);
  const reaches = subnets.map((subnet) => ({ subnet, reach: reachOf(subnet, graph) }));
  const open = reaches.find(({ reach }) => reach === "public");
  if (open) return fail(`${message}: ${open.subnet.address} has a route to the internet`, about);
  return reaches.every(({ reach }) => reach === "private")
    ? pass()
    : unknown(`${message}, and its route table is not known here: ${id.toString()}`, about);
}
