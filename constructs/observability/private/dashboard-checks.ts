import type { PropChecks } from "../../core/prop-checks";
import { type DashboardQuery, dashboardQueries, dashboardVariables } from "../dashboards/dashboard-queries";
import type { PlatformDashboard } from "../dashboards/platform-dashboard";
import { checkQuery } from "../promql/query-problems";
import { rawSeriesProblems } from "../promql/raw-series-problems";
import type { SeriesCatalogue } from "../promql/series-catalogue";
import { withoutVariables } from "../promql/without-variables";
import type { AlertRule } from "../rules/rule";

/**
 * Kubernetes keeps objects up to 1 MiB, keys of a config map included.
 *
 * @see https://kubernetes.io/docs/concepts/configuration/configmap/#motivation
 */
const LARGEST_BYTES = 1024 * 1024;

/** Adds the rules for queries: PromQL over series and labels that exist, and narrow enough for a dashboard. */
export function checkDashboards(
  checks: PropChecks,
  dashboards: readonly PlatformDashboard[],
  catalogue: SeriesCatalogue,
): void {
  for (const dashboard of dashboards) {
    const bytes = Buffer.byteLength(dashboard.json);
    const rule = `must have at most ${LARGEST_BYTES} bytes, to fit into a config map`;
    checks.require(bytes < LARGEST_BYTES, dashboard.name, rule, bytes);
    for (const query of dashboardQueries(dashboard)) checkDashboardQuery(checks, dashboard, query, catalogue);
  }
}

/** Adds the rules for links of alerts: to dashboards that there are, with variables that they have. */
export function checkAlertLinks(
  checks: PropChecks,
  alerts: readonly AlertRule[],
  dashboards: readonly PlatformDashboard[],
): void {
  const variables = new Map(dashboards.map((dashboard) => [dashboard.name, dashboardVariables(dashboard)]));
  for (const { alert, dashboard } of alerts) {
    if (dashboard === undefined) continue;
    const known = variables.get(dashboard.name);
    const there = `must be one of ${[...variables.keys()].join(", ")}`;
    checks.require(known !== undefined, `alert ${alert}, dashboard`, there, dashboard.name);
    if (known === undefined) continue;
    const rule = `must be a variable of the dashboard ${dashboard.name} (${known.join(", ") || "it has none"})`;
    for (const name of Object.keys(dashboard.variables ?? {})) {
      checks.require(known.includes(name), `alert ${alert}, dashboard.variables`, rule, name);
    }
  }
}

function checkDashboardQuery(
  checks: PropChecks,
  { name }: PlatformDashboard,
  { kind, title, refId, expression }: DashboardQuery,
  catalogue: SeriesCatalogue,
): void {
  const place = `${name}, ${kind} ${kind === "panel" ? `"${title}", query ${refId}` : title}`;
  const query = withoutVariables(expression);
  const problems = checkQuery(query, catalogue);
  for (const { rule, got } of problems) checks.require(false, place, rule, got);
  if (problems.length > 0) return;
  for (const problem of rawSeriesProblems(query, catalogue)) {
    checks.require(false, place, `must be narrower: ${problem}`, query);
  }
}
