import { runbookName } from "../../../../constructs/observability/alert-rules";
import type { DashboardName } from "../../../../constructs/observability/rules/rule";
import { platformRules } from "../../../../constructs/observability/rules/platform-rules";
import { fullObservability } from "../../../support/full-platform";
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

describe("the observability stack of a platform that has everything", () => {
  const { stack, settings } = fullObservability();

  test("makes its rules from the settings that the cases are written against", () => {
    expect(settings).toEqual(FULL_SETTINGS);
  });

  test("renders every rule in its place, with a runbook at each alert", () => {
    const rendered = renderedRules(stack);
    const groups = platformRules(FULL_SETTINGS);
    const expected = groups.map(({ name, recording, alerts: some }) => ({
      name,
      rules: [
        ...recording.map(({ record, expression }) => [record, expression]),
        ...some.map(({ alert, expression }) => [alert, expression]),
      ],
    }));
    const found = rendered.map(({ name, rules }) => ({
      name,
      rules: rules.map(({ record, alert, expr }) => [record ?? alert, expr]),
    }));
    expect(found).toEqual(expected);
    const links = rendered.flatMap(({ rules }) =>
      rules.flatMap(({ alert, annotations }) => (alert ? [annotations?.["runbook_url"]] : [])),
    );
    const folder = "https://github.com/example-org/ml-platform/blob/main/docs/runbooks";
    expect(links).toEqual(alerts.map(({ alert }) => `${folder}/${runbookName(alert)}.md`));
  });
});
