import { mustHaveLinked } from "../../engine/link";
import { resourceRule } from "../../engine/rule";
import { notApplicable, pass } from "../../engine/verdict";

const balancer = { aws_lb: { serving: { internal: false, drop_invalid_header_fields: true } } };

/** Off unless asked for: whether a public load balancer is there at all is asked by `lb-internal`. */
export const lbWebFirewall = resourceRule({
  id: "FD-LB-007",
  slug: "lb-web-firewall",
  title: "A public load balancer has a web application firewall",
  severity: "medium",
  packs: ["strict"],
  why: "Known attacks, floods and scanners otherwise reach the application, which has to stand them all.",
  fix: "Define `aws_wafv2_web_acl_association` with the ARN of the load balancer.",
  sameAs: { checkov: ["CKV2_AWS_28"] },
  types: ["aws_lb", "aws_alb"],
  judge: (resource, context) => {
    const { literal: type } = resource.at("load_balancer_type");
    if (type === "network" || type === "gateway" || resource.at("internal").boolean === true) return notApplicable();
    return mustHaveLinked(context, resource, { type: "aws_wafv2_web_acl_association", argument: "resource_arn" }, pass);
  },
  examples: {
    failing: { terraform: { resource: balancer } },
    passing: {
      terraform: {
        resource: {
          ...balancer,
          aws_wafv2_web_acl_association: { serving: { resource_arn: "${aws_lb.serving.arn}", web_acl_arn: "acl" } },
        },
      },
    },
    unknown: {
      terraform: {
        resource: {
          ...balancer,
          aws_wafv2_web_acl_association: { serving: { resource_arn: "${var.arn}", web_acl_arn: "acl" } },
        },
      },
    },
  },
});
