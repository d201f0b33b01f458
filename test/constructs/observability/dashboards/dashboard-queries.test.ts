import {
  dashboardQueries,
  dashboardVariables,
} from "../../../../constructs/observability/dashboards/dashboard-queries";
import { platformDashboards } from "../../../../constructs/observability/dashboards/platform-dashboards";
import { FULL_SETTINGS } from "../rules/full-settings";

const settings = { ...FULL_SETTINGS, alerts: [], environment: "atlas/prod", runbooks: "https://docs.example.com" };
const fleet = platformDashboards(settings).filter(({ name }) => name === "gpu-fleet");

test("queries are those of panels, of variables and of marks on graphs", () => {
  const queries = fleet.flatMap(dashboardQueries);
  expect(queries[1]).toEqual({
    ...{ kind: "panel", title: "GPUs", refId: "A" },
    expression: 'sum(pool:gpus:count{pool=~"$pool"}) or vector(0)',
  });
  expect(queries.filter(({ kind }) => kind !== "panel")).toEqual([
    { kind: "variable", title: "pool", refId: "pool", expression: "count by (pool) (pool:gpus_allocatable:sum)" },
    {
      ...{ kind: "variable", title: "node", refId: "node" },
      expression: 'count by (node) (gpu:utilization:ratio{pool=~"$pool"})',
    },
    {
      ...{ kind: "variable", title: "namespace", refId: "namespace" },
      expression: "count by (namespace) (namespace:gpus_requested:sum)",
    },
    {
      ...{ kind: "annotation", title: "Alerts", refId: "Alerts" },
      expression: 'ALERTS{alertstate="firing", area=~"gpu|scheduling", severity!="info"}',
    },
  ]);
});

test("variables are named", () => {
  expect(fleet.flatMap(dashboardVariables)).toEqual(["pool", "node", "namespace"]);
});
