import { PropChecks } from "../../../../constructs/core/prop-checks";
import {
  dashboardQueries,
  dashboardVariables,
} from "../../../../constructs/observability/dashboards/dashboard-queries";
import type { PlatformDashboard } from "../../../../constructs/observability/dashboards/platform-dashboard";
import { platformDashboards } from "../../../../constructs/observability/dashboards/platform-dashboards";
import { checkAlertLinks, checkDashboards } from "../../../../constructs/observability/private/dashboard-checks";
import { SeriesCatalogue } from "../../../../constructs/observability/promql/series-catalogue";
import { platformRules } from "../../../../constructs/observability/rules/platform-rules";
import type { MonitoredComponents, RuleSettings } from "../../../../constructs/observability/rules/rule-settings";
import { FULL_SETTINGS } from "../rules/full-settings";

/** A panel of Grafana's model, as far as the tests look at it. */
interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly description?: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly fieldConfig?: {
    readonly defaults: { readonly unit?: string };
    readonly overrides?: readonly { readonly matcher: object; readonly properties: readonly object[] }[];
  };
  readonly targets?: readonly { readonly expr: string; readonly legendFormat: string }[];
}

interface Model {
  readonly uid: string;
  readonly refresh: string;
  readonly timezone: string;
  readonly editable: boolean;
  readonly tags: readonly string[];
  readonly panels: readonly Panel[];
}

function dashboardsOf(settings: RuleSettings): readonly PlatformDashboard[] {
  const alerts = platformRules(settings).flatMap((group) => group.alerts);
  return platformDashboards({
    ...settings,
    alerts,
    environment: "atlas/prod",
    runbooks: "https://docs.example.com/runbooks",
  });
}

function without(...names: readonly (keyof MonitoredComponents)[]): RuleSettings {
  const off = Object.fromEntries(names.map((name) => [name, false]));
  return { ...FULL_SETTINGS, components: { ...FULL_SETTINGS.components, ...off } };
}

function modelOf({ json }: PlatformDashboard): Model {
  return JSON.parse(json) as Model;
}

const ALL = dashboardsOf(FULL_SETTINGS);
const PANELS = ALL.flatMap((dashboard) => modelOf(dashboard).panels.map((panel) => ({ dashboard, panel })));
const CONTENT = PANELS.filter(({ panel }) => panel.type !== "row");
const COMPONENTS = Object.keys(FULL_SETTINGS.components) as (keyof MonitoredComponents)[];

/** What breaks a rule, in words, so that a failure names it. */
function namesOf(found: readonly { readonly dashboard: PlatformDashboard; readonly panel: Panel }[]): string[] {
  return found.map(({ dashboard, panel }) => `${dashboard.name}: ${panel.title}`);
}

test("Every dashboard refreshes each minute, in the browser's zone, and changes with the code alone", () => {
  for (const dashboard of ALL) {
    expect(modelOf(dashboard)).toMatchObject({
      uid: dashboard.name,
      ...{ refresh: "1m", timezone: "browser", editable: false },
      tags: ["flightdeck", dashboard.folder.toLowerCase()],
    });
  }
});

test("The same settings give the same bytes", () => {
  expect(dashboardsOf(FULL_SETTINGS)).toEqual(ALL);
});

test("Every panel has a unit and says what it shows", () => {
  const bare = CONTENT.filter(({ panel }) => !panel.description || panel.fieldConfig?.defaults.unit === undefined);
  expect(namesOf(bare)).toEqual([]);
});

test("Every query names its series", () => {
  const nameless = CONTENT.filter(({ panel }) => panel.targets?.some(({ legendFormat }) => legendFormat === ""));
  expect(namesOf(nameless)).toEqual([]);
  expect(CONTENT.filter(({ panel }) => !panel.targets?.length)).toEqual([]);
});

test("Titles and ids of panels are unique in a dashboard", () => {
  for (const dashboard of ALL) {
    const { panels } = modelOf(dashboard);
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    const titles = panels.map(({ title }) => title);
    expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
  }
});

test.each(ALL.map((dashboard) => [dashboard.name, dashboard] as const))(
  "Panels of %s fill their lines, and none lies on another",
  (_name, dashboard) => {
    const cells = new Map<string, string>();
    const lines = new Map<number, number>();
    const overlaps: string[] = [];
    for (const { title, gridPos } of modelOf(dashboard).panels) {
      lines.set(gridPos.y, (lines.get(gridPos.y) ?? 0) + gridPos.w);
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x++) {
        for (let y = gridPos.y; y < gridPos.y + gridPos.h; y++) {
          const other = cells.get(`${x},${y}`);
          if (other !== undefined) overlaps.push(`${title} on ${other}`);
          cells.set(`${x},${y}`, title);
        }
      }
    }
    expect(overlaps).toEqual([]);
    expect([...lines.values()].filter((width) => width !== 24)).toEqual([]);
  },
);

test("The first line says at once whether all is fine, and the next what is not", () => {
  for (const dashboard of ALL) {
    const { panels } = modelOf(dashboard);
    const first = panels.filter(({ gridPos }) => gridPos.y === 0);
    expect(new Set(first.map(({ type }) => type))).toEqual(new Set(["stat"]));
    expect(first[0]?.title).toBe("Alerts firing");
    expect(panels[first.length]?.title).toBe("Firing alerts");
  }
});

test("Every variable that a query names exists, and every variable is used", () => {
  const builtIn = ["__range", "__rate_interval", "__interval"];
  for (const dashboard of ALL) {
    const variables = dashboardVariables(dashboard);
    const used = dashboardQueries(dashboard).flatMap(({ expression }) =>
      [...expression.matchAll(/\$([A-Za-z_]\w*)/g)].map(([, name]) => name ?? ""),
    );
    expect(used.filter((name) => !variables.includes(name) && !builtIn.includes(name))).toEqual([]);
    expect([dashboard.name, variables.filter((name) => !used.includes(name))]).toEqual([dashboard.name, []]);
  }
});

test("Every firing alert leads to its runbook, by its name in kebab-case", () => {
  const fleet = ALL.find(({ name }) => name === "gpu-fleet")?.json ?? "";
  expect(fleet).toContain('"https://docs.example.com/runbooks/${__value.text}.md"');
  expect(fleet.replace(/\s+/g, " ")).toContain('"GpuXidError": { "text": "gpu-xid-error" }');
});

test.each<[string, RuleSettings]>([
  ...COMPONENTS.map((name): [string, RuleSettings] => [`${name}`, without(name)]),
  [
    "anything that can be left out",
    { ...without(...COMPONENTS), services: [], models: [], monthlyBudgetUsd: undefined, poolBudgetsUsd: {} },
  ],
])("Without %s, queries still ask for what exists, and alerts lead somewhere", (_what, settings) => {
  const groups = platformRules(settings);
  const dashboards = dashboardsOf(settings);
  const checks = new PropChecks(undefined, "INVALID_DASHBOARDS");
  checkDashboards(checks, dashboards, SeriesCatalogue.of(groups));
  checkAlertLinks(
    checks,
    groups.flatMap((group) => group.alerts),
    dashboards,
  );
  checks.throwIfAny();
});

test("Dashboards about parts that there are not are left out", () => {
  const few = dashboardsOf({ ...without(...COMPONENTS), services: [], models: [] });
  expect(few.map(({ name }) => name)).toEqual(["cluster", "model-service", "monitoring", "pipelines"]);
});

test("Limits that panels draw are those at which alerts fire", () => {
  const settings = { ...FULL_SETTINGS, thresholds: { ...FULL_SETTINGS.thresholds, gpuTemperatureCelsius: 71 } };
  const fleet = dashboardsOf(settings).find(({ name }) => name === "gpu-fleet");
  const hottest = fleet && modelOf(fleet).panels.find(({ title }) => title === "Hottest GPUs");
  expect(hottest?.fieldConfig?.defaults).toMatchObject({ thresholds: { steps: [{ value: null }, { value: 71 }] } });
});

test("Lines over time are of series that are chosen once, not anew at each moment", () => {
  const ranked = CONTENT.filter(({ panel }) => panel.type === "timeseries").filter(({ panel }) =>
    panel.targets?.some(({ expr }) => /(?:top|bottom)k\(/.test(expr) && !expr.includes("[$__range] @ end()")),
  );
  expect(namesOf(ranked)).toEqual([]);
});

test("What went well is green and what failed is red", () => {
  const phases = CONTENT.find(({ panel }) => panel.title === "Workflows, by phase")?.panel.fieldConfig?.overrides;
  const painted = (name: string, fixedColor: string): object => ({
    matcher: { id: "byRegexp", options: `/^(?:${name})$/` },
    properties: [{ id: "color", value: { mode: "fixed", fixedColor } }],
  });
  expect(phases).toEqual([
    ...[painted("Succeeded", "green"), painted("Running", "blue")],
    ...[painted("Pending", "yellow"), painted("Failed|Error", "red")],
  ]);
});

test("A panel that only trouble fills says that there is none", () => {
  const failed = CONTENT.find(({ panel }) => panel.title === "Rules that failed, by group")?.panel;
  expect(failed?.fieldConfig?.defaults).toMatchObject({ noValue: "No rule failed" });
});
