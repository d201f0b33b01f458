import { put, removeResource, resourceOf } from "./mutant";
import type { CompliantEnvironment, Mutant } from "./mutant";

const puts = (rule: string, what: string, type: string, path: string, value: unknown): Mutant => ({
  rule,
  what,
  change: (environment) => put(resourceOf(environment, type, type === "aws_lb" ? "Serving" : "Https"), path, value),
});

export const mutants: readonly Mutant[] = [
  puts("FD-LB-001", "access logs are off", "aws_lb", "access_logs.enabled", false),
  puts("FD-LB-002", "TLS 1.0 is taken", "aws_lb_listener", "ssl_policy", "ELBSecurityPolicy-2016-08"),
  puts("FD-LB-002", "no policy is named", "aws_lb_listener", "ssl_policy", undefined),
  puts("FD-LB-003", "the load balancer may be deleted", "aws_lb", "enable_deletion_protection", false),
  puts("FD-LB-004", "invalid headers are passed on", "aws_lb", "drop_invalid_header_fields", undefined),
  puts("FD-LB-006", "the load balancer is public", "aws_lb", "internal", false),
  puts("FD-LB-008", "requests are only watched", "aws_lb", "desync_mitigation_mode", "monitor"),
  {
    rule: "FD-LB-005",
    what: "HTTP is answered",
    change: (environment: CompliantEnvironment): void => {
      const listener = resourceOf(environment, "aws_lb_listener", "Http_");
      put(listener, "default_action", { type: "fixed-response", fixed_response: { content_type: "text/plain" } });
    },
  },
  {
    rule: "FD-LB-006",
    what: "the load balancer of the office lets everyone in",
    change: (environment) =>
      put(resourceOf(environment, "aws_vpc_security_group_ingress_rule", "Office"), "cidr_ipv4", "0.0.0.0/0"),
  },
  {
    rule: "FD-LB-007",
    what: "the public load balancer has no firewall",
    change: (environment) => removeResource(environment, "aws_wafv2_web_acl_association", "Office"),
  },
];
