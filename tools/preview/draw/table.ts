import { colour, inkOn, mappingOf, THEME, valueColour } from "../colours";
import { type FieldSettings, type PanelJson, settingsOf } from "../dashboard-json";
import type { PanelData } from "../panel-data";
import { formatValue } from "../units";
import { html, type Size } from "./chart";

type Cell = string | number;
type Row = Readonly<Record<string, Cell>>;
interface Organised {
  readonly excludeByName?: Readonly<Record<string, boolean>>;
  readonly indexByName?: Readonly<Record<string, number>>;
  readonly renameByName?: Readonly<Record<string, string>>;
}
type Transformation = NonNullable<PanelJson["transformations"]>[number];

const ROW_HEIGHT = 27;
const HANDLED = new Set([
  "merge",
  "organize",
  "joinByField",
  "sortBy",
  "labelsToFields",
  "filterFieldsByName",
  "limit",
]);

/** Transformations of a panel that pictures know nothing of. */
export function unknownTransformations({ transformations = [] }: PanelJson): string[] {
  return transformations.map(({ id }) => id).filter((id) => !HANDLED.has(id));
}

/** A row for each series, its labels and its values as columns. */
export function drawTable(panel: PanelJson, data: PanelData, size: Size): string {
  const refs = [...new Set(data.series.map(({ refId }) => refId))];
  let rows = joined(panel, data, refs);
  for (const one of panel.transformations ?? []) rows = transformed(rows, one);
  const columns = columnsOf(rows, panel);
  const room = Math.floor(size.height / ROW_HEIGHT) - 1;
  const shown = sorted(rows, panel).slice(0, room);
  const head = columns.map(({ name, settings }) => `<th>${html(settings.displayName ?? name)}</th>`).join("");
  const body = shown.map((row) => `<tr>${columns.map((column) => cell(row[column.name], column, data)).join("")}</tr>`);
  const more = rows.length > shown.length ? `<div class="more">and ${rows.length - shown.length} more rows</div>` : "";
  return `<table class="table"><tr>${head}</tr>${body.join("")}</table>${more}`;
}

/** Rows that agree in all labels that both have are one row. */
function joined(panel: PanelJson, { series }: PanelData, refs: readonly string[]): Row[] {
  const rows: Record<string, Cell>[] = [];
  const merges = (panel.transformations ?? []).some(({ id }) => id === "merge" || id === "joinByField");
  for (const {
    labels: { __name__: _name, ...labels },
    points,
    refId,
  } of series) {
    const [time, value = NaN] = points.at(-1) ?? [0];
    const field = refs.length > 1 ? `Value #${refId}` : "Value";
    const other = merges
      ? rows.find(
          (row) =>
            !(field in row) &&
            Object.keys(labels).every((name) => !(name in row) || row[name] === labels[name]) &&
            sharesLabel(row, labels),
        )
      : undefined;
    if (other === undefined) rows.push({ Time: time * 1000, ...labels, [field]: value });
    else Object.assign(other, labels, { [field]: value });
  }
  return rows;
}

function sharesLabel(row: Row, labels: Readonly<Record<string, string>>): boolean {
  const names = Object.keys(labels);
  return names.length === 0 || names.some((name) => row[name] === labels[name]);
}

function transformed(rows: Row[], { id, options = {} }: Transformation): Row[] {
  if (id === "organize") return rows.map((row) => organised(row, options));
  if (id === "limit") return rows.slice(0, Number(options["limitField"] ?? 10));
  if (id === "filterFieldsByName") {
    const { names } = (options["include"] ?? {}) as { readonly names?: readonly string[] };
    if (names === undefined) return rows;
    return rows.map((row) => Object.fromEntries(Object.entries(row).filter(([name]) => names.includes(name))));
  }
  if (id !== "sortBy") return rows;
  const [sort] = (options["sort"] ?? []) as readonly { readonly field: string; readonly desc?: boolean }[];
  return sort === undefined ? rows : rows.toSorted((a, b) => compare(a[sort.field], b[sort.field], sort.desc));
}

function organised(row: Row, { excludeByName = {}, indexByName = {}, renameByName = {} }: Organised): Row {
  const kept = Object.entries(row).filter(([name]) => !excludeByName[name]);
  kept.sort(([a], [b]) => (indexByName[a] ?? 999) - (indexByName[b] ?? 999));
  return Object.fromEntries(kept.map(([name, value]) => [renameByName[name] || name, value]));
}

function compare(a: Cell | undefined, b: Cell | undefined, descending = false): number {
  const order = typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b));
  return descending ? -order : order;
}

function sorted(rows: readonly Row[], { options }: PanelJson): readonly Row[] {
  const [sort] = (options?.["sortBy"] ?? []) as readonly { readonly displayName: string; readonly desc?: boolean }[];
  return sort === undefined
    ? rows
    : rows.toSorted((a, b) => compare(a[sort.displayName], b[sort.displayName], sort.desc));
}

interface Column {
  readonly name: string;
  readonly settings: FieldSettings;
}

function columnsOf(rows: readonly Row[], panel: PanelJson): Column[] {
  const places = placesOf(panel);
  const place = (name: string): number => places.get(name) ?? places.size;
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))].sort((a, b) => place(a) - place(b));
  const columns = names.map((name) => ({ name, settings: settingsOf(panel, { name }) }));
  return columns.filter(
    ({ settings }) => settings.custom?.["hidden"] !== true && settings.custom?.["hideFrom.viz"] !== true,
  );
}

/** Where columns stand by the titles that they end up with: not every row has every column. */
function placesOf({ transformations = [] }: PanelJson): ReadonlyMap<string, number> {
  const organised = transformations.findLast(({ id }) => id === "organize")?.options as Organised | undefined;
  const { indexByName = {}, renameByName = {} } = organised ?? {};
  return new Map(Object.entries(indexByName).map(([name, index]) => [renameByName[name] || name, index]));
}

function cell(value: Cell | undefined, { name, settings }: Column, { range }: PanelData): string {
  if (value === undefined) return "<td></td>";
  if (typeof value === "string") {
    const { text = value, color } = mappingOf(value, settings) ?? {};
    const style = color === undefined ? "" : ` style="color:${colour(color)}"`;
    const links = settings.links;
    return `<td${style}>${links === undefined ? html(text) : `<u>${html(text)}</u>`}</td>`;
  }
  const unit = name === "Time" ? "dateTimeAsIso" : settings.unit;
  const text = mappingOf(value, settings)?.text ?? formatValue(value, unit, settings.decimals, range.end);
  const { type = "auto" } = (settings.custom?.["cellOptions"] ?? {}) as { readonly type?: string };
  if (type === "color-background") {
    return `<td style="background:${valueColour(value, settings)};color:${inkOn(valueColour(value, settings))}">${html(text)}</td>`;
  }
  if (type === "gauge") {
    const { min = 0, max = 1 } = settings;
    const width = Math.min(100, Math.max(1, ((value - min) / (max - min)) * 100));
    return `<td><span class="cell-gauge"><span style="width:${width}%;background:${valueColour(value, settings)}"></span></span>${html(text)}</td>`;
  }
  return `<td style="color:${type === "color-text" ? valueColour(value, settings) : THEME.text}">${html(text)}</td>`;
}
