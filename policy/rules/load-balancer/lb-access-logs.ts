import { mustBe } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import { notApplicable } from "../../engine/verdict";

const balancer = (about: object) => ({
  terraform: { resource: { aws_lb: { serving: { internal: true, ...about } } } },
});

/** Load balancers of type gateway write no such logs. */
export const lbAccessLogs = resourceRule({
  id: "FD-LB-001",
  slug: "lb-access-logs",
  title: "Load balancers write down who asked for what",
  severity: "medium",
  packs: ["baseline"],
  why: "Without access logs nobody can tell after an incident which requests came, from where and what they were answered.",
  fix: "Set `access_logs` with a bucket and `enabled` true.",
  sameAs: { checkov: ["CKV_AWS_91"], cdkNag: ["AwsSolutions-ELB2"] },
  types: ["aws_lb", "aws_alb", "aws_elb"],
  judge: (resource) => {
    if (resource.at("load_balancer_type").literal === "gateway") return notApplicable();
    const logs = resource.at("access_logs.enabled");
    const onByDefault = resource.type === "aws_elb" && logs.absent && !resource.at("access_logs").absent;
    return onByDefault ? { outcome: "pass" } : mustBe(logs, true);
  },
  examples: {
    failing: balancer({}),
    passing: balancer({ access_logs: { bucket: "logs", enabled: true } }),
    unknown: balancer({ access_logs: { bucket: "logs", enabled: "${var.logs}" } }),
  },
});
