import { mustBe } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import { notApplicable } from "../../engine/verdict";

const balancer = (about: object) => ({
  terraform: { resource: { aws_lb: { serving: { internal: true, ...about } } } },
});

/** Application load balancers only: the others do not read headers. AWS keeps such headers unless told otherwise. */
export const lbDropInvalidHeaders = resourceRule({
  id: "FD-LB-004",
  slug: "lb-drop-invalid-headers",
  title: "Load balancers drop headers that no server should read",
  severity: "high",
  packs: ["baseline"],
  why: "Malformed headers are how one request is smuggled inside another, past what the load balancer checks.",
  fix: "Set `drop_invalid_header_fields` to true.",
  sameAs: { checkov: ["CKV_AWS_131"], trivy: ["AWS-0052"] },
  types: ["aws_lb", "aws_alb"],
  judge: (resource) => {
    const { literal: type } = resource.at("load_balancer_type");
    if (type === "network" || type === "gateway") return notApplicable();
    return mustBe(resource.at("drop_invalid_header_fields"), true);
  },
  examples: {
    failing: balancer({}),
    passing: balancer({ drop_invalid_header_fields: true }),
    unknown: balancer({ drop_invalid_header_fields: "${var.strict}" }),
  },
});
