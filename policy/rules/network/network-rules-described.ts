import { mustBeSet } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import { allOf, notApplicable } from "../../engine/verdict";
import { trafficOf, TRAFFIC_TYPES } from "../private/security-group-traffic";

const group = (about: object) => ({
  terraform: { resource: { aws_vpc_security_group_ingress_rule: { in: { security_group_id: "sg-1", ...about } } } },
});

/** AWS writes `Managed by Terraform` on groups without a description of their own, which says as little. */
export const networkRulesDescribed = resourceRule({
  id: "FD-NET-007",
  slug: "network-rules-described",
  title: "Security groups and their rules say what they are for",
  severity: "low",
  packs: ["baseline"],
  why: "Nobody dares to close a rule that nobody knows the reason of.",
  fix: "Set `description` on the group and on each of its rules.",
  sameAs: { checkov: ["CKV_AWS_23"], trivy: ["AWS-0099", "AWS-0124"], cdkNag: ["AwsSolutions-EC27"] },
  types: TRAFFIC_TYPES,
  judge: (resource) => {
    if (resource.type === "aws_default_security_group") return notApplicable();
    const own = resource.type === "aws_security_group" ? [resource.at("description")] : [];
    return allOf([...own, ...trafficOf(resource).map(({ description }) => description)].map(mustBeSet));
  },
  examples: { failing: group({}), passing: group({ description: "Pods reach PostgreSQL" }) },
});
