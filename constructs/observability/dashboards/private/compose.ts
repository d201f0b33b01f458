import {
  AnnotationQueryBuilder,
  type Dashboard,
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkBuilder,
  DashboardLinkPlacement,
  DashboardLinkType,
  type GridPos,
  type Panel,
  type QueryVariableBuilder,
  type RowPanel,
} from "@grafana/grafana-foundation-sdk/dashboard";
import { DataqueryBuilder } from "@grafana/grafana-foundation-sdk/prometheus";
import { createHash } from "node:crypto";
import type { DashboardName } from "../../rules/rule";
import type { DashboardFolder, DashboardSettings, PlatformDashboard } from "../platform-dashboard";
import { type AlertsShown, firing } from "./alerts";
import { COLUMNS } from "./grid";
import { PROMETHEUS } from "./panel-parts";
import type { PlannedPanel, Section } from "./panel-spec";

/** A dashboard before it is JSON. */
export interface DashboardPlan {
  readonly name: DashboardName;
  readonly title: string;
  readonly folder: DashboardFolder;
  /** The questions it answers, in a sentence. */
  readonly description: string;
  readonly variables: readonly QueryVariableBuilder[];
  /** Alerts that are marked on its graphs. */
  readonly alerts: AlertsShown;
  /** How far back it looks at first. */
  readonly from: string;
  readonly sections: readonly Section[];
}

/** A dashboard of the platform, its panels placed from left to right and from top to bottom. */
export function compose(settings: DashboardSettings, planned: DashboardPlan): PlatformDashboard {
  const { name, title, folder, description, variables, from, sections } = planned;
  const builder = new DashboardBuilder(`${title} · ${settings.environment}`)
    .uid(name)
    .description(description)
    .tags(["flightdeck", folder.toLowerCase()])
    .timezone("browser")
    .refresh("1m")
    .time({ from, to: "now" })
    .tooltip(DashboardCursorSync.Crosshair)
    .readonly()
    .variables([...variables])
    .annotation(alertMarks(planned.alerts))
    .links(dashboardLinks(settings));
  const model: Dashboard = { ...builder.build(), panels: placed(sections) };
  return { name, title, folder, json: `${JSON.stringify(sorted(model), null, 1)}\n` };
}

function placed(sections: readonly Section[]): (Panel | RowPanel)[] {
  const panels: (Panel | RowPanel)[] = [];
  let y = 0;
  for (const { heading, panels: planned } of sections) {
    if (heading !== undefined) panels.push(row(heading, y++));
    let x = 0;
    let lineHeight = 0;
    for (const { title, width, height, panel } of planned) {
      if (x + width > COLUMNS) {
        y += lineHeight;
        x = 0;
        lineHeight = 0;
      }
      panels.push({ ...panel, id: idOf(title), gridPos: at(x, y, width, height) });
      x += width;
      lineHeight = Math.max(lineHeight, height);
    }
    y += lineHeight;
  }
  return panels;
}

function row(heading: string, y: number): RowPanel {
  return {
    type: "row",
    title: heading,
    id: idOf(`row ${heading}`),
    collapsed: false,
    panels: [],
    gridPos: at(0, y, COLUMNS, 1),
  };
}

function at(x: number, y: number, w: number, h: number): GridPos {
  return { x, y, w, h };
}

/** Follows from the title alone, so that links to a panel hold when others come and go. */
function idOf(title: PlannedPanel["title"]): number {
  return Number.parseInt(createHash("sha256").update(title).digest("hex").slice(0, 6), 16);
}

/** When alerts began and how long they fired, on every graph. */
function alertMarks(shown: AlertsShown): AnnotationQueryBuilder {
  return new AnnotationQueryBuilder()
    .name("Alerts")
    .datasource(PROMETHEUS)
    .enable(true)
    .iconColor("red")
    .target(new DataqueryBuilder().refId("Alerts").datasource(PROMETHEUS).expr(firing(shown)).interval("60s"))
    .titleFormat("{{alertname}}")
    .textFormat("{{severity}}")
    .tagKeys("severity,area");
}

function dashboardLinks({ runbooks }: DashboardSettings): DashboardLinkBuilder[] {
  const dashboards = new DashboardLinkBuilder("Dashboards")
    .type(DashboardLinkType.Dashboards)
    .tags(["flightdeck"])
    .asDropdown(true)
    .keepTime(true)
    .includeVars(false)
    .targetBlank(false);
  if (runbooks === undefined) return [dashboards];
  return [
    dashboards,
    new DashboardLinkBuilder("Runbooks")
      .type(DashboardLinkType.Link)
      .icon("doc")
      .tooltip("What each alert means and what to do")
      .url(runbooks)
      .targetBlank(true),
  ];
}

/**
 * Keys in one order at every depth; functions and undefined go, as in JSON. The library would put links and marks into a menu of
 * their own: nobody would see them.
 */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(
    ([, item]) => item !== undefined && typeof item !== "function" && item !== DashboardLinkPlacement.InControlsMenu,
  );
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => [key, sorted(item)]));
}
