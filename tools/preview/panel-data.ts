import type { PanelJson, PanelTarget } from "./dashboard-json";
import { settingsOf } from "./dashboard-json";
import type { FieldSettings } from "./dashboard-json";
import type { PrometheusApi, QueriedSeries, TimeRange } from "./prometheus-api";
import { interpolate } from "./variables";
import type { VariableValues } from "./variables";

/** A series of a panel: what it is called, how its values are shown. */
export interface PanelSeries extends QueriedSeries {
  readonly name: string;
  readonly refId: string;
  readonly settings: FieldSettings;
}

/** What the queries of a panel yield. */
export interface PanelData {
  readonly series: readonly PanelSeries[];
  readonly range: TimeRange;
  /** Queries that yield nothing, or that Prometheus refuses with its words. */
  readonly empty: readonly string[];
}

/** Asks all queries of a panel. */
export async function askPanel(
  panel: PanelJson,
  api: PrometheusApi,
  { values, range }: { readonly values: VariableValues; readonly range: TimeRange },
): Promise<PanelData> {
  const targets = (panel.targets ?? []).filter(({ expr, hide }) => expr !== undefined && !hide);
  const answers = await Promise.all(
    targets.map(async (target) => {
      const query = interpolate(target.expr ?? "", values, range);
      try {
        const found = isInstant(panel, target) ? await api.instant(query, range.end) : await api.range(query, range);
        return { target, found, empty: found.length === 0 ? [query] : [] };
      } catch (error) {
        return { target, found: [], empty: [(error as Error).message] };
      }
    }),
  );
  const series = answers.flatMap(({ target, found }) => found.map((one) => named(one, target, panel)));
  return { series, range, empty: answers.flatMap(({ empty }) => empty) };
}

function isInstant({ type }: PanelJson, { instant, range, format }: PanelTarget): boolean {
  if (instant === true && range !== true) return true;
  return instant === undefined && range === undefined && (type === "table" || format === "table");
}

function named(one: QueriedSeries, { legendFormat, refId, expr = "" }: PanelTarget, panel: PanelJson): PanelSeries {
  const name = legendOf(one, legendFormat) || expr;
  const settings = settingsOf(panel, { name, refId });
  return { ...one, name: settings.displayName ?? name, refId, settings };
}

function legendOf({ labels: { __name__: metric = "", ...labels } }: QueriedSeries, format = "__auto"): string {
  if (format !== "__auto" && format !== "") {
    return format.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, label: string) => labels[label] ?? "");
  }
  const pairs = Object.entries(labels);
  if (pairs.length === 1) return pairs[0]?.[1] ?? "";
  return `${metric}{${pairs.map(([label, value]) => `${label}="${value}"`).join(", ")}}`;
}

/** One number of many: `lastNotNull`, `mean`, `max`, `min`, `sum`, `last`, `count`. */
export function reduced({ points }: QueriedSeries, calculation = "lastNotNull"): number {
  const values = points.map(([, value]) => value).filter((value) => !Number.isNaN(value));
  if (values.length === 0) return NaN;
  const sum = values.reduce((total, value) => total + value, 0);
  const results: Readonly<Record<string, number>> = {
    mean: sum / values.length,
    sum,
    total: sum,
    count: values.length,
    max: values.reduce((most, value) => Math.max(most, value), -Infinity),
    min: values.reduce((least, value) => Math.min(least, value), Infinity),
    first: values[0] ?? NaN,
    firstNotNull: values[0] ?? NaN,
  };
  return results[calculation] ?? values.at(-1) ?? NaN;
}

/** What the options of a panel reduce each series by. */
export function calculationOf({ options }: PanelJson): string {
  const reduce = options?.["reduceOptions"] as { readonly calcs?: readonly string[] } | undefined;
  return reduce?.calcs?.[0] ?? "lastNotNull";
}
