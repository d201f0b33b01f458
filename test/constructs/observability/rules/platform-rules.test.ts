import { runbookName } from "../../../../constructs/observability/alert-rules";
import type { DashboardName } from "../../../../constructs/observability/rules/rule";
import { platformRules } from "../../../../constructs/observability/rules/platform-rules";
import { renderedRules } from "../../../support/rendered-rules";
import { ruleCases } from "../../../support/rule-cases";
import { runbookNames } from "../../../support/runbooks";
import { FULL_SETTINGS } from "./full-settings";

const DASHBOARDS: readonly DashboardName[] = [
  "gpu-fleet",
  "gpu-cost",
  "model-service",
  "pipelines",
  "mlflow",
  "cluster",
  "model-drift",
  "databases",
  "monitoring",
];

const alerts = platformRules(FULL_SETTINGS).flatMap((group) => group.alerts);
const names = [...new Set(alerts.map(({ alert }) => alert))].sort();

/** The dead man's switch is never quiet. */
const alwaysFire = alerts.filter(({ expression }) => expression === "vector(1)").map(({ alert }) => alert);

test("every alert has a case that fires it and one that it is quiet in, and no case is of another alert", async () => {
  const cases = (await ruleCases()).flatMap((area) => area.cases);
  const having = (fires: boolean): string[] =>
    names.filter((name) => cases.some((one) => one.alert === name && one.fires.length > 0 === fires));
  expect(having(true)).toEqual(names);
  expect(having(false)).toEqual(names.filter((name) => !alwaysFire.includes(name)));
  expect(cases.filter(({ alert }) => !names.includes(alert)).map(({ alert }) => alert)).toEqual([]);
});

test("no two cases of an alert have the same words", async () => {
  const cases = (await ruleCases()).flatMap((area) => area.cases.map(({ alert, what }) => `${alert}: ${what}`));
  expect(cases.filter((one, index) => cases.indexOf(one) !== index)).toEqual([]);
});

test("every alert has a runbook, and every runbook an alert", () => {
  expect(runbookNames()).toEqual(names.map(runbookName).sort());
});

test("every alert leads to a dashboard that there is, or says that there is none", () => {
  const unknown = alerts.filter(({ dashboard }) => dashboard !== undefined && !DASHBOARDS.includes(dashboard.name));
  expect(unknown.map(({ alert }) => alert)).toEqual([]);
});

test("what a stack renders is every group in its order, with a runbook at each alert", () => {
  const rendered = renderedRules();
  expect(rendered.map(({ name }) => name)).toEqual(platformRules(FULL_SETTINGS).map(({ name }) => name));
  const links = rendered.flatMap(({ rules }) =>
    rules.flatMap(({ alert, annotations }) => (alert ? [annotations?.["runbook_url"]] : [])),
  );
  expect(links).toHaveLength(alerts.length);
  expect(links).toEqual(alerts.map(({ alert }) => `https://example.com/runbooks/${runbookName(alert)}.md`));
});
