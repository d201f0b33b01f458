import { must } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import { notApplicable } from "../../engine/verdict";

const balancer = (about: object) => ({
  terraform: { resource: { aws_lb: { serving: { internal: true, ...about } } } },
});

/** AWS defends by itself: only who turns it down is told. */
export const lbDesyncMitigation = resourceRule({
  id: "FD-LB-008",
  slug: "lb-desync-mitigation",
  title: "Load balancers stop requests that servers read differently",
  severity: "medium",
  packs: ["baseline"],
  why: "A request that load balancer and server split at different places lets one client answer for another.",
  fix: "Leave `desync_mitigation_mode` out, or set it to `defensive` or `strictest`.",
  sameAs: { checkov: ["CKV_AWS_328"] },
  types: ["aws_lb", "aws_alb", "aws_elb"],
  judge: (resource) => {
    const { literal: type } = resource.at("load_balancer_type");
    if (type === "network" || type === "gateway") return notApplicable();
    return must(resource.at("desync_mitigation_mode"), (mode) => mode !== "monitor", "must be defensive or strictest");
  },
  examples: {
    failing: balancer({ desync_mitigation_mode: "monitor" }),
    passing: balancer({}),
    unknown: balancer({ desync_mitigation_mode: "${var.mode}" }),
  },
});
