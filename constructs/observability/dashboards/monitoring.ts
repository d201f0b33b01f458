import { type AlertsShown, firingCount, firingTable } from "./private/alerts";
import { compose } from "./private/compose";
import { greatest } from "./private/greatest";
import { line } from "./private/line";
import type { PlannedPanel, Section } from "./private/panel-spec";
import { bars, graph, stat } from "./private/panels";
import { anyIs, PLAIN } from "./private/steps";
import { table } from "./private/tables";
import { variable } from "./private/variables";
import type { DashboardSettings, PlatformDashboard } from "./platform-dashboard";

const JOB = 'job=~"$job"';
const ALERTS: AlertsShown = { areas: ["monitoring"] };

/** Monitoring: does the platform still see itself, and does anybody hear it? */
export function monitoringDashboard(settings: DashboardSettings): PlatformDashboard {
  return compose(settings, {
    name: "monitoring",
    title: "Monitoring",
    folder: "Platform",
    description: "Does the platform still see itself, and does anybody hear it?",
    variables: [
      variable({
        ...{ name: "job", label: "Job", description: "What is scraped.", several: true },
        ...{ series: "prometheus:series:sum", values: "job" },
      }),
    ],
    alerts: ALERTS,
    from: "now-24h",
    sections: [
      { panels: line([firingCount(ALERTS), ...now()]) },
      {
        panels: [firingTable(settings, ALERTS, [{ label: "job", title: "Job" }], { width: 14 }), targets()],
      },
      series(),
      alerting(),
    ],
  });
}

function now(): PlannedPanel[] {
  return [
    stat({
      title: "Dead man's switch",
      description: "The alert that always fires. Without it, nobody is told of anything.",
      ...{
        unit: "bool_yes_no",
        steps: [
          { from: null, color: "red" },
          { from: 1, color: "green" },
        ],
      },
      expression: 'max(ALERTS{alertname="Watchdog", alertstate="firing"}) or vector(0)',
    }),
    stat({
      title: "Targets down",
      description: "Programs that Prometheus cannot scrape.",
      ...{ unit: "none", decimals: 0, steps: anyIs("red") },
      expression: "sum(prometheus:targets_down:count) or vector(0)",
    }),
    stat({
      title: "Rules that fail",
      description: "Rules whose evaluation failed within the last ten minutes: alerts that cannot fire.",
      ...{ unit: "none", decimals: 0, steps: anyIs("red") },
      expression: "sum(increase(prometheus_rule_evaluation_failures_total[10m])) or vector(0)",
    }),
    stat({
      title: "Notifications that failed",
      description: "Notifications that Alertmanager could not deliver within the last hour.",
      ...{ unit: "none", decimals: 0, steps: anyIs("red") },
      expression: "sum(increase(alertmanager_notifications_failed_total[1h])) or vector(0)",
    }),
    stat({
      title: "Series",
      description: "Series that Prometheus keeps in memory; of all replicas the most. Memory grows with them.",
      ...{ unit: "short", decimals: 1, steps: PLAIN },
      expression: "max(prometheus_tsdb_head_series)",
    }),
  ];
}

function targets(): PlannedPanel {
  return table({
    title: "Targets down, by job",
    description: "Programs that Prometheus cannot scrape: they are down, or a network policy is between them.",
    ...{ width: 10, height: 5 },
    labels: [{ label: "job", title: "Job" }],
    values: [
      {
        title: "Down",
        unit: "none",
        decimals: 0,
        expression: `sum by (job) (prometheus:targets_down:count{${JOB}}) > 0`,
      },
    ],
    noRows: "All targets answer",
  });
}

function series(): Section {
  return {
    heading: "What is scraped",
    panels: [
      bars({
        title: "Series now, by job",
        description:
          "What each job yields in one scrape of all its targets. A job that grows without more targets has a label with too many values.",
        ...{ unit: "short", width: 12, height: 9, min: 0, steps: PLAIN },
        queries: [{ expression: `sort_desc(topk(20, prometheus:series:sum{${JOB}}))`, legend: "{{job}}" }],
      }),
      graph({
        title: "Series over time, by job",
        description: "The eight jobs that yielded most at some time.",
        ...{ unit: "short", width: 12, height: 9, min: 0, stacked: true, legend: "right" },
        queries: [{ expression: greatest(8, `prometheus:series:sum{${JOB}}`, ["job"]), legend: "{{job}}" }],
      }),
    ],
  };
}

function alerting(): Section {
  return {
    heading: "Alerting",
    panels: [
      graph({
        title: "Rules that failed, by group",
        description: "Evaluations that failed within ten minutes.",
        ...{ unit: "none", decimals: 0, width: 12, height: 6, min: 0, noValue: "No rule failed" },
        queries: [
          {
            expression: "sum by (rule_group) (increase(prometheus_rule_evaluation_failures_total[10m])) > 0",
            legend: "{{rule_group}}",
          },
        ],
      }),
      graph({
        title: "Notifications, sent and failed",
        description: "Notifications that Alertmanager sent in an hour, by kind of receiver, and those that failed.",
        ...{ unit: "none", decimals: 0, width: 12, height: 6, min: 0, noValue: "Nothing was sent" },
        ...{ bare: true, legend: "right", colors: { ".+ failed": "red" } },
        queries: [
          {
            expression: "sum by (integration) (increase(alertmanager_notifications_total[1h])) > 0",
            legend: "{{integration}} sent",
          },
          {
            expression: "sum by (integration) (increase(alertmanager_notifications_failed_total[1h])) > 0",
            legend: "{{integration}} failed",
          },
        ],
      }),
    ],
  };
}
