import type { GrafanaIngress } from "../grafana-options";

/** Oldest protocol TLS 1.2, and ciphers with forward secrecy alone. */
const TLS_POLICY = "ELBSecurityPolicy-TLS13-1-2-Res-2021-06";

/** Values of the chart for an application load balancer that sends straight to the pods. */
export function ingressValues({ host, certificateArn, scheme = "internal", allowedCidrs }: GrafanaIngress): object {
  const annotation = (name: string): string => `alb.ingress.kubernetes.io/${name}`;
  return {
    enabled: true,
    ingressClassName: "alb",
    hosts: [host],
    annotations: {
      [annotation("scheme")]: scheme,
      [annotation("target-type")]: "ip",
      [annotation("listen-ports")]: '[{"HTTPS":443}]',
      [annotation("certificate-arn")]: certificateArn,
      [annotation("ssl-policy")]: TLS_POLICY,
      [annotation("healthcheck-path")]: "/api/health",
      [annotation("load-balancer-attributes")]: "routing.http.drop_invalid_header_fields.enabled=true",
      ...(allowedCidrs && { [annotation("inbound-cidrs")]: allowedCidrs.join(",") }),
    },
  };
}
