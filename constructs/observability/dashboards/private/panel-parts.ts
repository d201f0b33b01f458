import {
  DashboardLinkBuilder,
  FieldColorBuilder,
  FieldColorModeId,
  type Panel,
  ThresholdsConfigBuilder,
  ThresholdsMode,
} from "@grafana/grafana-foundation-sdk/dashboard";
import { DataqueryBuilder, PromQueryFormat } from "@grafana/grafana-foundation-sdk/prometheus";
import { DATA_SOURCES } from "../../private/data-source-uids";
import type { PanelLink, PanelSpec, PanelQuery, PlannedPanel, Step } from "./panel-spec";

/** The data source that all queries ask. */
export const PROMETHEUS = { type: "prometheus", uid: DATA_SOURCES.prometheus };

/** What builders of all kinds of panels can be told. */
export interface CommonBuilder {
  build(): Panel;
  title(title: string): this;
  description(description: string): this;
  datasource(datasource: typeof PROMETHEUS): this;
  unit(unit: string): this;
  decimals(decimals: number): this;
  min(min: number): this;
  max(max: number): this;
  thresholds(thresholds: ThresholdsConfigBuilder): this;
  colorScheme(color: FieldColorBuilder): this;
  dataLinks(links: DashboardLinkBuilder[]): this;
  noValue(text: string): this;
  withTarget(target: DataqueryBuilder): this;
}

/** How a query is asked: over the time that is shown, or for now alone; as series or as a table. */
export type Asked = "range" | "instant" | "table";

/** Tells a builder what all panels have, and ends it. */
export function plan(builder: CommonBuilder, options: PanelSpec, height: number): PlannedPanel {
  const { title, description, unit, decimals, min, max, steps, links = [] } = options;
  builder.title(title).description(description).unit(unit).datasource(PROMETHEUS);
  if (decimals !== undefined) builder.decimals(decimals);
  if (min !== undefined) builder.min(min);
  if (max !== undefined) builder.max(max);
  if (steps !== undefined) builder.thresholds(thresholds(steps));
  if (links.length > 0) builder.dataLinks(links.map(link));
  return { title, width: options.width, height: options.height ?? height, panel: builder.build() };
}

/** Adds queries, named A, B, C and so on. */
export function ask(builder: CommonBuilder, queries: readonly PanelQuery[], asked: Asked): void {
  queries.forEach(({ expression, legend }, index) => {
    const query = new DataqueryBuilder()
      .refId(refId(index))
      .datasource(PROMETHEUS)
      .expr(expression)
      .legendFormat(legend);
    if (asked === "range") builder.withTarget(query.range());
    if (asked === "instant") builder.withTarget(query.instant());
    if (asked === "table") builder.withTarget(query.instant().format(PromQueryFormat.Table));
  });
}

/** Name of a query by its place. */
export function refId(index: number): string {
  return String.fromCharCode("A".charCodeAt(0) + index);
}

/** Colours by value, as Grafana takes them. */
export function thresholds(steps: readonly Step[]): ThresholdsConfigBuilder {
  const all = steps.map(({ from, color }) => ({ value: from, color }));
  return new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps(all);
}

/** Each value has the colour of its step. */
export function byStep(): FieldColorBuilder {
  return new FieldColorBuilder().mode(FieldColorModeId.Thresholds);
}

/** Each series has a colour of its own, the same wherever its name is. */
export function byName(): FieldColorBuilder {
  return new FieldColorBuilder().mode(FieldColorModeId.PaletteClassicByName);
}

/** A link to somewhere else, in the same tab. */
export function link({ title, url }: PanelLink): DashboardLinkBuilder {
  return new DashboardLinkBuilder(title).url(url).targetBlank(false);
}
