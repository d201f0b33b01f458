import type { AlertRule } from "../rule";
import { promql } from "./promql";

const BASE = { area: "cluster", dashboard: { name: "cluster" } } as const;

/** The parts of the cluster that AWS runs, as far as they can be seen, and its DNS. */
export const CONTROL_PLANE_ALERTS: readonly AlertRule[] = [
  {
    ...BASE,
    alert: "ApiServerDown",
    severity: "critical",
    expression: 'absent(up{job="apiserver"} == 1)',
    forMinutes: 5,
    summary: "Prometheus cannot reach the API server of the cluster",
    description:
      "What runs goes on to run, but nothing is started, moved or scaled, and operators stand still. Many other alerts see nothing while this lasts.",
  },
  {
    ...BASE,
    alert: "ApiServerErrors",
    severity: "critical",
    expression: promql`
      sum(rate(apiserver_request_total{job="apiserver",code=~"5.."}[5m]))
      / sum(rate(apiserver_request_total{job="apiserver"}[5m])) > 0.05`,
    forMinutes: 10,
    summary: "The API server fails {{ $value | humanizePercentage }} of its requests",
    description:
      "Deployments, scaling and operators fail in part. Failing webhooks and an overloaded control plane look alike.",
  },
  {
    ...BASE,
    alert: "DnsErrors",
    severity: "critical",
    expression: promql`
      sum(rate(coredns_dns_responses_total{rcode="SERVFAIL"}[5m]))
      / sum(rate(coredns_dns_responses_total[5m])) > 0.05`,
    forMinutes: 10,
    summary: "The DNS of the cluster fails {{ $value | humanizePercentage }} of its answers",
    description: "Pods do not find services, databases and addresses of AWS: errors turn up everywhere at once.",
  },
];
