import type { RuleContext } from "../../engine/context";
import { resourceRule } from "../../engine/rule";
import type { Value } from "../../engine/value";
import type { Verdict } from "../../engine/verdict";
import { allOf, fail, notApplicable, pass, unknown } from "../../engine/verdict";
import { opennessOf } from "../private/security-group-traffic";

const ADMIN_PORTS = [22, 3389];
const acl = (port: number) => ({
  terraform: {
    resource: {
      aws_network_acl: {
        private: {
          vpc_id: "vpc-1",
          ingress: [
            { rule_no: 100, action: "allow", protocol: "tcp", from_port: port, to_port: port, cidr_block: "0.0.0.0/0" },
          ],
        },
      },
    },
  },
});

/** Off unless asked for: the default ACL of AWS lets everything through, and security groups are what keeps people out. */
export const networkAclAdminPorts = resourceRule({
  id: "FD-NET-012",
  slug: "network-acl-admin-ports",
  title: "Network ACLs keep everyone from the ports of SSH and Remote Desktop",
  severity: "medium",
  packs: ["strict"],
  why: "A second lock holds where somebody opens a security group by mistake.",
  fix: "Allow ranges of addresses, or deny ports 22 and 3389 in a rule with a lower number.",
  sameAs: {
    checkov: ["CKV_AWS_231", "CKV_AWS_232", "CKV_AWS_352"],
    trivy: ["AWS-0105"],
  },
  types: ["aws_network_acl", "aws_network_acl_rule"],
  judge: (resource, context) => {
    if (resource.type === "aws_network_acl_rule")
      return resource.at("egress").boolean === true
        ? notApplicable()
        : judgeRules([{ at: (name) => resource.at(name === "action" ? "rule_action" : name), path: "" }], context);
    const blocks = resource
      .each("ingress")
      .map((block) => ({ at: (name: string) => block.at(name), path: block.path }));
    return blocks.length === 0 ? notApplicable() : judgeRules(blocks, context);
  },
  examples: { failing: acl(22), passing: acl(443) },
});

interface AclRule {
  readonly at: (name: string) => Value;
  readonly path: string;
}

/** Rules count in the order of their numbers: one that denies hides those after it. */
function judgeRules(rules: readonly AclRule[], context: RuleContext): Verdict {
  const ordered = [...rules].sort((one, other) => numberOf(one) - numberOf(other));
  return allOf(
    ADMIN_PORTS.map((port) => {
      const first = ordered.find((rule) => isAbout(rule, port, context));
      if (!first || first.at("action").literal === "deny") return pass();
      const about = { attribute: first.path === "" ? "cidr_block" : first.path, key: `port ${port}` };
      const message = `must not let everyone in on port ${port}`;
      return first.at("action").unknown
        ? unknown(`${message}, and is known only after apply`, about)
        : fail(message, about);
    }),
  );
}

function numberOf({ at }: AclRule): number {
  return at("rule_no").number ?? at("rule_number").number ?? 0;
}

function isAbout({ at }: AclRule, port: number, { graph }: RuleContext): boolean {
  const open = [at("cidr_block"), at("ipv6_cidr_block")].some((range) => opennessOf(range, graph) === "world");
  const protocol = String(at("protocol").literal ?? "");
  if (/^(-1|all)$/.test(protocol)) return open;
  return (
    open &&
    /^(tcp|6)$/.test(protocol) &&
    (at("from_port").number ?? 0) <= port &&
    port <= (at("to_port").number ?? 65_535)
  );
}
