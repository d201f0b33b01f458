import { type AlertsShown, firingCount, firingTable } from "./private/alerts";
import { compose } from "./private/compose";
import { line } from "./private/line";
import type { PlannedPanel } from "./private/panel-spec";
import { graph, stat } from "./private/panels";
import { limitAt, PLAIN, rising } from "./private/steps";
import type { DashboardSettings, PlatformDashboard } from "./platform-dashboard";

const ALERTS: AlertsShown = { areas: ["tracking"] };

/** MLflow: can runs be recorded and models be found, and how fast? */
export function mlflowDashboard(settings: DashboardSettings): PlatformDashboard {
  const { trackingErrorRatio: limit } = settings.thresholds;
  return compose(settings, {
    name: "mlflow",
    title: "MLflow",
    folder: "Training",
    description: "Can training runs be recorded and models be found, and how fast?",
    variables: [],
    alerts: ALERTS,
    from: "now-6h",
    sections: [
      {
        panels: line([firingCount(ALERTS), ...now(limit)]),
      },
      {
        panels: [firingTable(settings, ALERTS, [{ label: "namespace", title: "Namespace" }])],
      },
      {
        heading: "Requests",
        panels: [
          graph({
            title: "Requests per second, by status",
            description:
              "Requests per second by HTTP status. 5xx: the server, its database or its store fails. 4xx: callers.",
            ...{ unit: "reqps", width: 12, min: 0, stacked: true },
            colors: { "2..": "green", "3..": "blue", "4..": "yellow", "5..": "red" },
            queries: [{ expression: "sum by (status) (mlflow:requests:rate5m)", legend: "{{status}}" }],
          }),
          graph({
            title: "Failed requests",
            description: "Share of requests that the server failed. Above the line the alert fires.",
            ...{ unit: "percentunit", width: 12, min: 0, limits: true, steps: limitAt(limit) },
            queries: [{ expression: "max(mlflow:request_errors:ratio_rate5m)", legend: "failed" }],
          }),
          graph({
            title: "Latency 95 %, over time",
            description: "It grows first when the database is slow: see the dashboard of databases.",
            ...{ unit: "s", width: 24, min: 0 },
            queries: [{ expression: "max(mlflow:request_latency_seconds:p95)", legend: "95 %" }],
          }),
        ],
      },
    ],
  });
}

function now(limit: number): PlannedPanel[] {
  return [
    stat({
      title: "Requests per second",
      description: "Requests per second over five minutes, health checks left out.",
      ...{ unit: "reqps", decimals: 1, steps: PLAIN },
      expression: "sum(mlflow:requests:rate5m) or vector(0)",
    }),
    stat({
      title: "Failed",
      description: "Share of the requests of five minutes that the server failed.",
      ...{ unit: "percentunit", decimals: 2, min: 0, steps: rising(limit / 2, limit), noValue: "no requests" },
      expression: "max(mlflow:request_errors:ratio_rate5m)",
    }),
    stat({
      title: "Latency, 95 %",
      description: "95 of 100 requests of five minutes were answered within this time.",
      ...{ unit: "s", min: 0, steps: rising(1, 5), noValue: "no requests" },
      expression: "max(mlflow:request_latency_seconds:p95)",
    }),
  ];
}
