import type { Complement } from "../mutants/mutant";

const BALANCER = {
  load_balancer_type: "application",
  internal: true,
  subnets: ["subnet-0a1b2c3d4e5f60718"],
  drop_invalid_header_fields: true,
  enable_deletion_protection: true,
  access_logs: { bucket: "atlas-prod-access-logs", enabled: true },
};

/** An internal load balancer that answers HTTPS and sends HTTP there, and a public one for one office. */
export const compliant: Complement = {
  terraform: {
    resource: {
      aws_lb: {
        Serving: { ...BALANCER, name: "atlas-prod-serving" },
        Office: {
          ...BALANCER,
          name: "atlas-prod-office",
          internal: false,
          security_groups: ["${aws_security_group.Office.id}"],
        },
      },
      aws_security_group: {
        Office: { description: "The office", name: "atlas-prod-office", vpc_id: "vpc-0a1b2c3d4e5f60718" },
      },
      aws_vpc_security_group_ingress_rule: {
        Office: {
          security_group_id: "${aws_security_group.Office.id}",
          description: "The office asks the model server",
          ip_protocol: "tcp",
          from_port: 443,
          to_port: 443,
          cidr_ipv4: "203.0.113.0/24",
        },
      },
      aws_wafv2_web_acl_association: {
        Office: {
          resource_arn: "${aws_lb.Office.arn}",
          web_acl_arn: "arn:aws:wafv2:us-east-1:333333333333:regional/webacl/office/0a1b2c3d",
        },
        Serving: {
          resource_arn: "${aws_lb.Serving.arn}",
          web_acl_arn: "arn:aws:wafv2:us-east-1:333333333333:regional/webacl/office/0a1b2c3d",
        },
      },
      aws_lb_listener: {
        Https_Serving: {
          load_balancer_arn: "${aws_lb.Serving.arn}",
          port: 443,
          protocol: "HTTPS",
          ssl_policy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
          certificate_arn: "arn:aws:acm:us-east-1:333333333333:certificate/0a1b2c3d",
          default_action: {
            type: "fixed-response",
            fixed_response: { content_type: "text/plain", status_code: "404" },
          },
        },
        Http_Serving: {
          load_balancer_arn: "${aws_lb.Serving.arn}",
          port: 80,
          protocol: "HTTP",
          default_action: { type: "redirect", redirect: { protocol: "HTTPS", port: "443", status_code: "HTTP_301" } },
        },
      },
    },
  },
};
