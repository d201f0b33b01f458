import type { DynamicConfigValue } from "@grafana/grafana-foundation-sdk/dashboard";
import { TableSortByFieldStateBuilder } from "@grafana/grafana-foundation-sdk/common";
import { PanelBuilder as TableBuilder } from "@grafana/grafana-foundation-sdk/table";
import { ask, byStep, link, plan, refId, thresholds } from "./panel-parts";
import type { PanelLink, PanelSpec, PlannedPanel, Step } from "./panel-spec";

/** A column of a label that all queries of a table have. */
export interface LabelColumn {
  readonly label: string;
  readonly title: string;
  readonly links?: readonly PanelLink[];
  /** What else is said of the field. */
  readonly properties?: readonly DynamicConfigValue[];
}

/** A column of values: a query whose series have the labels of the table. */
export interface ValueColumn {
  readonly expression: string;
  readonly title: string;
  readonly unit: string;
  readonly decimals?: number;
  readonly steps?: readonly Step[];
  /** Whether the column is left out: its query decides which rows there are. */
  readonly hidden?: boolean;
}

/** Rows of what the queries yield now. */
export interface TableSpec extends Omit<PanelSpec, "unit" | "decimals" | "steps" | "min" | "max" | "links"> {
  readonly labels: readonly LabelColumn[];
  readonly values: readonly ValueColumn[];
  /** Title of the column that orders the rows, greatest first; undefined: the first of values. */
  readonly sortBy?: string;
  /** What is said where there are no rows. */
  readonly noRows: string;
}

/** A table whose rows are told apart by labels, with a column for each query. */
export function table(options: TableSpec): PlannedPanel {
  const { labels, values, noRows, sortBy = values[0]?.title ?? "" } = options;
  const builder = new TableBuilder()
    .showHeader(true)
    .noValue(noRows)
    .colorScheme(byStep())
    .sortBy([new TableSortByFieldStateBuilder().displayName(sortBy).desc(true)])
    .withTransformation({ id: "merge", options: {} })
    .withTransformation({ id: "organize", options: columns(labels, values) });
  ask(
    builder,
    values.map(({ expression, title }) => ({ expression, legend: title })),
    "table",
  );
  for (const { title, links = [], properties = [] } of labels) {
    const all =
      links.length > 0
        ? [{ id: "links", value: links.map((one) => link(one).build()) }, ...properties]
        : [...properties];
    if (all.length > 0) builder.overrideByName(title, all);
  }
  for (const column of values) builder.overrideByName(column.title, valueProperties(column));
  return plan(builder, { ...options, unit: "none" }, 8);
}

/** Order and titles; what Prometheus says besides is left out. */
function columns(labels: readonly LabelColumn[], values: readonly ValueColumn[]): object {
  const fields = [
    ...labels.map(({ label, title }) => ({ field: label, title, hidden: false })),
    ...values.map(({ title, hidden = false }, index) => ({ field: valueField(values, index), title, hidden })),
  ];
  const shown = fields.filter(({ hidden }) => !hidden);
  return {
    excludeByName: Object.fromEntries([
      ["Time", true],
      ...fields.filter((one) => one.hidden).map((one) => [one.field, true]),
    ]),
    indexByName: Object.fromEntries(shown.map(({ field }, index) => [field, index])),
    renameByName: Object.fromEntries(shown.map(({ field, title }) => [field, title])),
  };
}

/** With one query Grafana calls its values `Value`, with more it adds the name of the query. */
function valueField(values: readonly ValueColumn[], index: number): string {
  return values.length === 1 ? "Value" : `Value #${refId(index)}`;
}

function valueProperties({ unit, decimals, steps }: ValueColumn): DynamicConfigValue[] {
  return [
    { id: "unit", value: unit },
    ...(decimals === undefined ? [] : [{ id: "decimals", value: decimals }]),
    ...(steps === undefined
      ? []
      : [
          { id: "thresholds", value: thresholds(steps).build() },
          { id: "custom.cellOptions", value: { type: "color-text" } },
        ]),
  ];
}
