import type { RuleContext } from "../../engine/context";
import { resourceRule } from "../../engine/rule";
import type { Resource } from "../../engine/subject";
import { fail, notApplicable, pass, unknown } from "../../engine/verdict";
import { opennessOf, trafficOf } from "../private/security-group-traffic";

const balancer = (about: object) => ({
  terraform: { resource: { aws_lb: { serving: { name: "serving", ...about } } } },
});

/**
 * AWS makes a load balancer public unless told otherwise. One whose security groups let in ranges or groups of one's own only
 * passes; one that is meant for everyone needs a waiver that says why.
 */
export const lbInternal = resourceRule({
  id: "FD-LB-006",
  slug: "lb-internal",
  title: "Load balancers are inside the network, or say who may reach them",
  severity: "high",
  packs: ["baseline", "mlops"],
  why: "Whatever stands behind it, a model server or a notebook, then answers everyone on the internet.",
  fix: "Set `internal` to true, or let ranges of addresses in by `security_groups`.",
  sameAs: { trivy: ["AWS-0053"] },
  types: ["aws_lb", "aws_alb", "aws_elb"],
  judge: (resource, context) => {
    if (resource.at("load_balancer_type").literal === "gateway") return notApplicable();
    const internal = resource.at("internal");
    if (internal.boolean === true || isKeptByGroups(resource, context)) return pass();
    const about = { attribute: internal.path };
    const rule = `\`${internal.path}\` must be true, or its security groups must list who may reach it`;
    return internal.unknown
      ? unknown(`${rule}, and is known only after apply: ${internal.toString()}`, about)
      : fail(`${rule}, got ${internal.toString()}`, about);
  },
  examples: {
    failing: balancer({}),
    passing: balancer({ internal: true }),
    unknown: balancer({ internal: "${var.internal}" }),
  },
});

const RULE_TYPES = ["aws_vpc_security_group_ingress_rule", "aws_security_group_rule"] as const;

/** Whether it has security groups that are all known, and none lets in the world or somebody unknown. */
function isKeptByGroups(resource: Resource, { graph }: RuleContext): boolean {
  const named = resource.each("security_groups");
  const groups = named.map((group) => graph.targets(group).find(({ type }) => type === "aws_security_group"));
  if (groups.length === 0 || groups.includes(undefined)) return false;
  return groups
    .filter((group) => group !== undefined)
    .flatMap((group) => [group, ...RULE_TYPES.flatMap((type) => graph.linked(group, type, "security_group_id"))])
    .flatMap(trafficOf)
    .filter(({ direction }) => direction === "ingress")
    .every(({ ranges }) => ranges.every((range) => opennessOf(range, graph) === "narrow"));
}
