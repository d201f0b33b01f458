import { MappingType, type ValueMapping } from "@grafana/grafana-foundation-sdk/dashboard";
import { runbookName } from "../../private/rule-file";
import type { AlertArea } from "../../rules/rule";
import type { DashboardSettings } from "../platform-dashboard";
import type { PlannedPanel } from "./panel-spec";
import { stat } from "./panels";
import { type LabelColumn, table } from "./tables";

/** Alerts that belong on one dashboard. */
export interface AlertsShown {
  readonly areas: readonly AlertArea[];
  /** More matchers, such as `namespace="$namespace"`. */
  readonly matchers?: readonly string[];
}

/** Selector of the alerts that fire. */
export function firing({ areas, matchers = [] }: AlertsShown, severity?: "critical"): string {
  const all = [
    'alertstate="firing"',
    areas.length === 1 ? `area="${areas[0]}"` : `area=~"${areas.join("|")}"`,
    severity === undefined ? 'severity!="info"' : `severity="${severity}"`,
    ...matchers,
  ];
  return `ALERTS{${all.join(", ")}}`;
}

/** How many alerts fire: the first answer to "is it fine?". */
export function firingCount(shown: AlertsShown): PlannedPanel {
  return stat({
    title: "Alerts firing",
    description:
      "Alerts of this dashboard's area that fire now, critical and warning. Green: nothing that anybody should know about. The table below says which, with their runbooks.",
    unit: "none",
    decimals: 0,
    expression: `count(${firing(shown)}) or vector(0)`,
    steps: [
      { from: null, color: "green" },
      { from: 1, color: "red" },
    ],
  });
}

/** The alerts that fire, with a way to the runbook of each. */
export function firingTable(
  settings: DashboardSettings,
  shown: AlertsShown,
  where: readonly LabelColumn[],
  size: { readonly width: number; readonly height?: number } = { width: 24 },
): PlannedPanel {
  const labels = ["alertname", "severity", ...where.map(({ label }) => label)];
  const counted = `count by (${labels.join(", ")}) (${firing(shown)})`;
  return table({
    title: "Firing alerts",
    description: "What is wrong now. The runbook says what it means and what to do.",
    ...{ height: ROOM_FOR_FOUR, ...size },
    labels: [
      { label: "alertname", title: "Alert" },
      { label: "severity", title: "Severity", properties: [SEVERITY_COLORS] },
      ...where,
      runbookColumn(settings, shown.areas),
    ],
    values: [
      {
        title: "Times",
        unit: "none",
        expression: `label_replace(${counted}, "runbook", "$1", "alertname", "(.+)")`,
      },
    ],
    sortBy: "Times",
    noRows: "No alert fires",
  });
}

/** The name of each alert shown as that of its runbook, which is what the link is made of. */
function runbookColumn({ alerts, runbooks }: DashboardSettings, areas: readonly AlertArea[]): LabelColumn {
  const names = alerts.filter(({ area }) => areas.includes(area)).map(({ alert }) => alert);
  const mapping: ValueMapping = {
    type: MappingType.ValueToText,
    options: Object.fromEntries([...new Set(names)].sort().map((name) => [name, { text: runbookName(name) }])),
  };
  return {
    label: "runbook",
    title: "Runbook",
    links: runbooks === undefined ? [] : [{ title: "Open the runbook", url: `${runbooks}/\${__value.text}.md` }],
    properties: names.length > 0 ? [{ id: "mappings", value: [mapping] }] : [],
  };
}

/** Rows of the grid that a heading and four alerts take; more are scrolled to. */
const ROOM_FOR_FOUR = 5;

const SEVERITY_COLORS = {
  id: "mappings",
  value: [
    {
      type: MappingType.ValueToText,
      options: {
        critical: { text: "critical", color: "red" },
        warning: { text: "warning", color: "orange" },
      },
    },
  ],
};
