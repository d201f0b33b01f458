import type { Graph } from "../../engine/graph";
import { resourceRule } from "../../engine/rule";
import type { TerraformJson } from "../../engine/rule";
import type { Value } from "../../engine/value";
import { allOf, fail, notApplicable, pass, unknown } from "../../engine/verdict";
import type { Verdict } from "../../engine/verdict";
import { allowsItself, efaInterfacesOf } from "./private/efa";

const template = (group: object, security = "${aws_security_group.efa.id}"): TerraformJson => ({
  resource: {
    aws_launch_template: {
      train: { network_interfaces: [{ interface_type: "efa", security_groups: [security] }] },
    },
    aws_security_group: { efa: { name: "efa", ...group } },
  },
});

const itself = [{ from_port: 0, to_port: 0, protocol: "-1", self: true }];

/** EKS's own security group of a cluster lets its members talk to each other, in and out. */
function judgeInterface(one: Value, graph: Graph): Verdict {
  const groups = one.at("security_groups");
  if (groups.absent) return notApplicable();
  const targets = graph.targets(groups);
  if (targets.some(({ type }) => type === "aws_eks_cluster")) return pass();
  const own = targets.filter(({ type }) => type === "aws_security_group");
  if (own.some((group) => allowsItself(group, graph, "ingress") && allowsItself(group, graph, "egress"))) return pass();
  const about = { attribute: groups.path };
  const message = `\`${groups.path}\` must hold a group that allows all traffic from and to itself, got ${groups.toString()}`;
  return own.length === 0 || own.length < groups.items.length ? unknown(message, about) : fail(message, about);
}

/** Rules within the group and beside it are looked at. One finding for each template. */
export const gpuEfaSecurityGroup = resourceRule({
  id: "FD-GPU-009",
  slug: "gpu-efa-security-group",
  title: "The security group of Elastic Fabric Adapters allows all traffic from and to itself",
  severity: "high",
  packs: ["gpu"],
  why: "The adapters' traffic passes only between members of a group that names itself in both directions, an open address range does not count: training hangs at its first collective operation.",
  fix: "Add an ingress and an egress rule with protocol -1 whose source and destination is the group itself.",
  types: ["aws_launch_template"],
  judge: (template, { graph }) => {
    const verdicts = efaInterfacesOf(template).map((one) => judgeInterface(one, graph));
    return verdicts.find(({ outcome }) => outcome === "fail") ?? allOf(verdicts);
  },
  examples: {
    failing: { terraform: template({ ingress: itself, egress: [{ protocol: "-1", cidr_blocks: ["0.0.0.0/0"] }] }) },
    passing: { terraform: template({ ingress: itself, egress: itself }) },
    unknown: { terraform: template({}, "${var.security_group}") },
  },
});
