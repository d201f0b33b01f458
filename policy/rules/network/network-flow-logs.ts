import { mustBeOneOf } from "../../engine/expect";
import { mustHaveLinked } from "../../engine/link";
import { resourceRule } from "../../engine/rule";

const example = (flowLogs: Readonly<Record<string, Readonly<Record<string, unknown>>>>) => ({
  terraform: { resource: { aws_vpc: { vpc: { cidr_block: "10.24.0.0/16" } }, aws_flow_log: flowLogs } },
});

/** Refused connections alone will do: they are what a search of the network leaves behind. */
export const networkFlowLogs = resourceRule({
  id: "FD-NET-010",
  slug: "network-flow-logs",
  title: "A VPC writes down who talked to whom",
  severity: "medium",
  packs: ["baseline"],
  why: "Without flow logs nobody can tell after an incident what was reached, or where data went.",
  fix: "Define `aws_flow_log` with the `vpc_id` of the VPC and `traffic_type` ALL or REJECT.",
  sameAs: { checkov: ["CKV2_AWS_11"], trivy: ["AWS-0178"], cdkNag: ["AwsSolutions-VPC7"] },
  types: ["aws_vpc"],
  judge: (vpc, context) =>
    mustHaveLinked(context, vpc, { type: "aws_flow_log", argument: "vpc_id" }, (log) =>
      mustBeOneOf(log.at("traffic_type"), ["ALL", "REJECT"]),
    ),
  examples: {
    failing: example({}),
    passing: example({ all: { vpc_id: "${aws_vpc.vpc.id}", traffic_type: "ALL" } }),
    unknown: example({ all: { vpc_id: "${var.vpc_id}", traffic_type: "ALL" } }),
  },
});
