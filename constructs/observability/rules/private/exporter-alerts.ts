import type { AlertRule } from "../rule";
import type { RuleSettings } from "../rule-settings";
import { promql } from "./promql";
import { KSM, ksm } from "./shared-selectors";

const BASE = { area: "monitoring", severity: "warning", dashboard: { name: "monitoring" } } as const;
const OF_JOB = { name: "monitoring", variables: { job: "job" } } as const;

/** More series than this are told of only from so many on: what is small may double. */
const SERIES_WORTH_TELLING = 20_000;

/** Days that hold a weekend and a working day on either side, and that Prometheus keeps even where it keeps a week. */
const USUAL = "quantile_over_time(0.95, prometheus:series:sum[6d:10m] offset 2h)";

/** What is scraped: that it is there, answers, and is no more than it was. */
export function exporterAlerts({ components }: RuleSettings): readonly AlertRule[] {
  return [...TARGETS, ...(components.cost ? [COST_EXPORTER_MISSING] : [])];
}

const COST_EXPORTER_MISSING: AlertRule = {
  ...BASE,
  alert: "CostExporterMissing",
  expression: "absent(node_total_hourly_cost)",
  forMinutes: 15,
  summary: "OpenCost reports no costs",
  description:
    "Nothing is known of what the platform costs: alerts about budgets stay quiet, and dashboards are empty.",
};

const TARGETS: readonly AlertRule[] = [
  {
    ...BASE,
    alert: "TargetDown",
    expression: "prometheus:targets_down:count / on (job) count by (job) (up) > 0.1",
    forMinutes: 10,
    summary: "{{ $value | humanizePercentage }} of the targets of {{ $labels.job }} cannot be scraped",
    description: "What these targets would say is missing, and alerts about them stay quiet.",
    dashboard: OF_JOB,
  },
  {
    ...BASE,
    alert: "ScrapeLimitExceeded",
    expression: promql`
      sum by (pod) (increase(prometheus_target_scrapes_exceeded_sample_limit_total[15m])) > 0
      or sum by (pod) (increase(prometheus_target_scrapes_exceeded_body_size_limit_total[15m])) > 0`,
    summary: "{{ $labels.pod }} has thrown away scrapes that were too large",
    description:
      "A target says more than it may. All of the scrape is dropped, not just what is too much: the target looks as if it were down.",
  },
  {
    ...BASE,
    alert: "SeriesGrowthHigh",
    expression: promql`
      prometheus:series:sum > 1.5 * ${USUAL}
      and prometheus:series:sum > ${SERIES_WORTH_TELLING}`,
    forMinutes: 30,
    summary: "{{ $labels.job }} has {{ $value | humanize }} series, over half as many again as in the last days",
    description:
      "Prometheus needs some kilobytes of memory for each series. A label with values of its own for every request, file or run is the usual cause, and ends with Prometheus out of memory.",
    dashboard: OF_JOB,
  },
  {
    ...BASE,
    alert: "KubeStateMetricsMissing",
    severity: "critical",
    // `up` would be of two ports of the pod, and the one that tells of kube-state-metrics itself may answer alone.
    expression: `absent(kube_node_info{${KSM}})`,
    forMinutes: 10,
    summary: "Nothing is known of the objects of the cluster",
    description:
      "kube-state-metrics cannot be scraped, or says nothing of the nodes, of which every cluster has some. Alerts about nodes, pods, jobs, queues and GPUs that are short all stay quiet while it is away.",
  },
  {
    ...BASE,
    alert: "GrafanaDown",
    expression: `${ksm("kube_deployment_status_replicas_available", "namespace, deployment", 'namespace="monitoring",deployment="grafana"')} == 0`,
    forMinutes: 10,
    summary: "Grafana has no pod that answers",
    description:
      "Dashboards cannot be opened. Alerts are not touched by it: Prometheus and Alertmanager do without Grafana.",
  },
];
