import { mustHaveLinked } from "../../engine/link";
import { resourceRule } from "../../engine/rule";
import type { Resource } from "../../engine/subject";
import type { Verdict } from "../../engine/verdict";
import { fail, pass, unknown } from "../../engine/verdict";

const example = (group: object | undefined) => ({
  terraform: {
    resource: {
      aws_vpc: { vpc: { cidr_block: "10.24.0.0/16" } },
      ...(group && { aws_default_security_group: { default: { vpc_id: "${aws_vpc.vpc.id}", ...group } } }),
    },
  },
});

/** Terraform empties the default group of a VPC only where `aws_default_security_group` stands for it. */
export const networkDefaultGroupClosed = resourceRule({
  id: "FD-NET-009",
  slug: "network-default-group-closed",
  title: "The default security group of a VPC lets nothing in or out",
  severity: "medium",
  packs: ["baseline"],
  why: "Whatever is started without a group of its own gets the default one, whose members may all reach each other.",
  fix: "Define `aws_default_security_group` for the VPC with `ingress` and `egress` empty.",
  sameAs: { checkov: ["CKV2_AWS_12"], trivy: ["AWS-0173"] },
  types: ["aws_vpc"],
  judge: (vpc, context) =>
    mustHaveLinked(context, vpc, { type: "aws_default_security_group", argument: "vpc_id" }, judgeGroup),
  examples: {
    failing: example({ ingress: [{ protocol: "-1", self: true, from_port: 0, to_port: 0 }] }),
    passing: example({ ingress: [], egress: [] }),
    unknown: example({ ingress: "${var.rules}" }),
  },
});

function judgeGroup(group: Resource): Verdict {
  const rules = [...group.each("ingress"), ...group.each("egress")];
  const [first] = rules;
  if (!first) return pass();
  const message = `${group.address} must let nothing in or out`;
  return rules.every((rule) => rule.unknown)
    ? unknown(`${message}, and what it lets is known only after apply: ${first.toString()}`)
    : fail(`${message}, got \`${first.path}\` = ${first.toString()}`);
}
