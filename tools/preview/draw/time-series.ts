import type { EChartsOption, SeriesOption, YAXisComponentOption } from "echarts";
import { colour, paletteColour, THEME } from "../colours";
import type { FieldSettings, PanelJson } from "../dashboard-json";
import { type PanelData, type PanelSeries, reduced } from "../panel-data";
import type { TimeRange } from "../prometheus-api";
import { formatValue } from "../units";
import { chartSvg, html, type Size } from "./chart";

const LEGEND_ROW = 20;
const SHOWN_IN_LEGEND = 12;

interface LegendOptions {
  readonly showLegend?: boolean;
  readonly displayMode?: string;
  readonly placement?: string;
  readonly calcs?: readonly string[];
}

/** Lines, bars or points over time, with their legend. */
export function drawTimeSeries(panel: PanelJson, data: PanelData, size: Size): string {
  const {
    showLegend = true,
    displayMode = "list",
    placement = "bottom",
    calcs = [],
  } = (panel.options?.["legend"] ?? {}) as LegendOptions;
  const shown = showLegend && displayMode !== "hidden" && data.series.length > 0;
  const table = displayMode === "table";
  const right = shown && placement === "right";
  const rows = Math.min(data.series.length, SHOWN_IN_LEGEND);
  const wanted = (table ? rows + 1 : Math.ceil(rows / 4)) * LEGEND_ROW;
  const below = shown && !right ? Math.min(wanted, Math.floor(size.height * 0.4)) : 0;
  const beside = right ? Math.min(360, Math.floor(size.width * 0.35)) : 0;
  const chart = { width: size.width - beside, height: size.height - below };
  const room = table ? Math.floor((right ? size.height : below) / LEGEND_ROW) - 1 : SHOWN_IN_LEGEND;
  const legend = shown ? legendOf(data.series, { table, calcs, room }) : "";
  const place = right ? `left:${chart.width}px;top:0;width:${beside}px` : `left:0;top:${chart.height}px;width:100%`;
  const box = `<div class="legend" style="${place};height:${right ? size.height : below}px">${legend}</div>`;
  return chartSvg(chartOf(panel, data, chart), chart) + box;
}

function chartOf(panel: PanelJson, { series, range }: PanelData, size: Size): EChartsOption {
  const units = [...new Set(series.map(({ settings }) => settings.unit ?? ""))].slice(0, 2);
  const hours = (range.end - range.start) / 3600;
  return {
    backgroundColor: "transparent",
    grid: { left: 8, right: units.length > 1 ? 8 : 16, top: 10, bottom: 4, containLabel: true },
    xAxis: {
      type: "time",
      min: range.start * 1000,
      max: range.end * 1000,
      splitNumber: Math.max(3, Math.floor(size.width / 110)),
      axisLine: { lineStyle: { color: THEME.grid } },
      axisLabel: {
        color: THEME.faint,
        fontSize: 11,
        hideOverlap: true,
        formatter: (value: number) => timeLabel(value, hours),
      },
      splitLine: { show: true, lineStyle: { color: THEME.grid } },
    },
    yAxis: (units.length === 0 ? [""] : units).map((unit, index) =>
      axisOf(
        series.filter(({ settings }) => (settings.unit ?? "") === unit),
        index,
      ),
    ),
    series: series.map((one, index) => lineOf(one, index, { units, panel, range })),
  };
}

function timeLabel(value: number, hours: number): string {
  const iso = new Date(value).toISOString();
  return hours > 48 ? iso.slice(5, 10) : iso.slice(11, 16);
}

function axisOf(series: readonly PanelSeries[], index: number): YAXisComponentOption {
  const settings: FieldSettings = series[0]?.settings ?? {};
  const greatest = Math.max(0, ...series.map((one) => reduced(one, "max")).filter(Number.isFinite));
  // An axis without height would write the same number at every line.
  const max = settings.max ?? (greatest === 0 ? 1 : undefined);
  const counted = settings.unit === "none" && settings.decimals === 0;
  const interval = max === undefined ? bytesInterval(series) : (max - (settings.min ?? 0)) / 4;
  return {
    type: settings.custom?.["scaleDistribution"] && isLogarithmic(settings) ? "log" : "value",
    position: index === 0 ? "left" : "right",
    // Where no least value is set, the axis begins near the least that is drawn.
    scale: settings.min === undefined && settings.max === undefined && !isStacked(settings.custom),
    min: settings.min,
    max,
    interval: counted ? undefined : interval,
    minInterval: counted ? 1 : undefined,
    splitNumber: 4,
    axisLabel: {
      color: THEME.faint,
      fontSize: 11,
      formatter: (value: number) => formatValue(value, settings.unit, undefined),
    },
    splitLine: { show: index === 0, lineStyle: { color: THEME.grid } },
  };
}

/** Bytes are counted in powers of two; anything else is left to the axis. */
function bytesInterval(series: readonly PanelSeries[]): number | undefined {
  const { unit, custom } = series[0]?.settings ?? {};
  if (unit !== "bytes" && unit !== "mbytes") return undefined;
  const greatest = series.map((one) => reduced(one, "max")).filter(Number.isFinite);
  const top = isStacked(custom) ? greatest.reduce((sum, value) => sum + value, 0) : Math.max(...greatest);
  return top > 0 ? 2 ** Math.ceil(Math.log2(top / 4)) : undefined;
}

function isStacked(custom: FieldSettings["custom"]): boolean {
  return ((custom?.["stacking"] as { readonly mode?: string } | undefined)?.mode ?? "none") !== "none";
}

function isLogarithmic({ custom }: FieldSettings): boolean {
  return (custom?.["scaleDistribution"] as { readonly type?: string } | undefined)?.type === "log";
}

/** The colour that a series has in the chart and in the legend. */
export function seriesColour({ settings }: PanelSeries, index: number): string {
  return settings.color?.mode === "fixed" ? colour(settings.color.fixedColor ?? "text") : paletteColour(index);
}

function lineOf(
  one: PanelSeries,
  index: number,
  { units, panel, range }: { readonly units: readonly string[]; readonly panel: PanelJson; readonly range: TimeRange },
): SeriesOption {
  const { custom = {} } = one.settings;
  const stacked = isStacked(custom);
  const bars = custom["drawStyle"] === "bars";
  const color = seriesColour(one, index);
  const fill = Number(custom["fillOpacity"] ?? 0) / 100;
  const common = {
    name: one.name,
    yAxisIndex: Math.max(0, units.indexOf(one.settings.unit ?? "")),
    stack: stacked ? `stack-${one.settings.unit ?? ""}` : undefined,
    data: everyStep(one, range),
    itemStyle: { color },
    markLine: index === 0 ? thresholdLines(panel) : undefined,
  };
  if (bars) return { ...common, type: "bar", barWidth: "80%" };
  const dashed = (custom["lineStyle"] as { readonly fill?: string } | undefined)?.fill === "dash";
  return {
    ...common,
    type: "line",
    step: String(custom["lineInterpolation"] ?? "").startsWith("step") ? "end" : undefined,
    showSymbol: custom["drawStyle"] === "points",
    lineStyle: { color, width: Number(custom["lineWidth"] ?? 1.5), type: dashed ? "dashed" : "solid" },
    areaStyle: fill > 0 ? { color, opacity: fill } : undefined,
  };
}

/** A value, or none, at every step: a gap stays a gap, and what is stacked is stacked at the same times. */
function everyStep({ points }: PanelSeries, { start, end, step }: TimeRange): [number, number | null][] {
  const values = new Map(points);
  const steps = Array.from({ length: Math.floor((end - start) / step) + 1 }, (_, index) => start + index * step);
  return steps.map((time) => {
    const value = values.get(time);
    return [time * 1000, value !== undefined && Number.isFinite(value) ? value : null];
  });
}

function thresholdLines({ fieldConfig }: PanelJson): Extract<SeriesOption, { type?: "line" }>["markLine"] {
  const { thresholds, custom } = fieldConfig?.defaults ?? {};
  const mode = (custom?.["thresholdsStyle"] as { readonly mode?: string } | undefined)?.mode ?? "off";
  const steps = (thresholds?.steps ?? []).filter(({ value }) => value !== null);
  if (mode === "off" || steps.length === 0) return undefined;
  return {
    silent: true,
    symbol: "none",
    label: { show: false },
    data: steps.map(({ value, color }) => ({
      yAxis: value ?? 0,
      lineStyle: { color: colour(color), type: "dashed", width: 1 },
    })),
  };
}

/** As Grafana titles them. */
function calculationName(calculation: string): string {
  if (calculation === "lastNotNull") return "Last *";
  return `${calculation.charAt(0).toUpperCase()}${calculation.slice(1)}`;
}

function legendOf(
  series: readonly PanelSeries[],
  { table, calcs, room }: { readonly table: boolean; readonly calcs: readonly string[]; readonly room: number },
): string {
  const shown = series.slice(0, series.length > room ? room - 1 : room);
  const more = series.length > shown.length ? `<div class="more">and ${series.length - shown.length} more</div>` : "";
  const mark = (one: PanelSeries, index: number): string =>
    `<span class="mark" style="background:${seriesColour(one, index)}"></span>${html(one.name)}`;
  const value = (one: PanelSeries, calculation: string): string =>
    formatValue(reduced(one, calculation), one.settings.unit, one.settings.decimals);
  if (!table) {
    const entries = shown.map((one, index) => {
      const values = calcs
        .map((calculation) => `<i>${calculationName(calculation)}: ${html(value(one, calculation))}</i>`)
        .join("");
      return `<span class="entry">${mark(one, index)}${values}</span>`;
    });
    return entries.join("") + more;
  }
  const head = ["Name", ...calcs.map(calculationName)].map((name) => `<th>${html(name)}</th>`).join("");
  const rows = shown.map((one, index) => {
    const cells = calcs.map((calculation) => `<td>${html(value(one, calculation))}</td>`).join("");
    return `<tr><td>${mark(one, index)}</td>${cells}</tr>`;
  });
  return `<table><tr>${head}</tr>${rows.join("")}</table>${more}`;
}
