import { mappingOf, paletteColour, stepOf, THEME, valueColour } from "../colours";
import type { PanelJson } from "../dashboard-json";
import type { PanelData, PanelSeries } from "../panel-data";
import { formatValue } from "../units";
import { chartSvg, html, type Size } from "./chart";
import { singleValues } from "./single-values";

const NAME_WIDTH = 160;

/** Coloured stretches of time, a row for each series. */
export function drawStates(_panel: PanelJson, { series, range }: PanelData, size: Size): string {
  const height = Math.max(10, Math.min(32, (size.height - 22) / Math.max(1, series.length)));
  const width = size.width - NAME_WIDTH - 8;
  const x = (time: number): number => ((time - range.start) / (range.end - range.start)) * width;
  const rows = series.map((one, index) => {
    const blocks = stretches(one, range.step).map(({ from, to, value }) => {
      const color = valueColour(value, one.settings, index);
      const length = Math.max(1, x(to) - x(from));
      const text = length > 50 ? (mappingOf(value, one.settings)?.text ?? formatValue(value, one.settings.unit)) : "";
      return `<div class="state" style="left:${x(from)}px;width:${length}px;background:${color};line-height:${height - 3}px">${html(text)}</div>`;
    });
    return `<div class="states" style="height:${height - 3}px"><span>${html(one.name)}</span><div style="width:${width}px">${blocks.join("")}</div></div>`;
  });
  const ends = [range.start, (range.start + range.end) / 2, range.end].map(
    (time) => `<span>${new Date(time * 1000).toISOString().slice(11, 16)}</span>`,
  );
  return `${rows.join("")}<div class="state-times" style="margin-left:${NAME_WIDTH}px;width:${width}px">${ends.join("")}</div>`;
}

function stretches({ points, settings }: PanelSeries, step: number): { from: number; to: number; value: number }[] {
  const found: { from: number; to: number; value: number }[] = [];
  for (const [time, value] of points) {
    const last = found.at(-1);
    const same =
      last !== undefined &&
      time - last.to <= step &&
      mappingOf(last.value, settings) === mappingOf(value, settings) &&
      stepOf(last.value, settings) === stepOf(value, settings);
    if (same) last.to = time + step / 2;
    else found.push({ from: last && time - last.to <= step ? last.to : time, to: time + step / 2, value });
  }
  return found;
}

/** A colour for each bucket of a histogram at each moment. */
export function drawHeatmap(_panel: PanelJson, { series, range }: PanelData, size: Size): string {
  const rows = [...series].sort((a, b) => Number(a.labels["le"] ?? 0) - Number(b.labels["le"] ?? 0));
  const columns = 60;
  const span = (range.end - range.start) / columns;
  const cells = rows.flatMap(({ points }, row) => {
    const sums = new Array<number>(columns).fill(0);
    for (const [time, value] of points) {
      const column = Math.min(columns - 1, Math.floor((time - range.start) / span));
      sums[column] = (sums[column] ?? 0) + (Number.isFinite(value) ? value : 0);
    }
    return sums.map((sum, column): [number, number, number] => [column, row, sum]);
  });
  const times = Array.from({ length: columns }, (_, column) =>
    new Date((range.start + column * span) * 1000).toISOString().slice(11, 16),
  );
  const label = { color: THEME.faint, fontSize: 11 };
  return chartSvg(
    {
      grid: { left: 8, right: 8, top: 8, bottom: 4, containLabel: true },
      xAxis: { type: "category", data: times, axisLabel: label, axisTick: { show: false } },
      yAxis: { type: "category", data: rows.map(({ labels, name }) => labels["le"] ?? name), axisLabel: label },
      visualMap: {
        show: false,
        min: 0,
        max: Math.max(...cells.map(([, , sum]) => sum), 1e-9),
        inRange: { color: [THEME.panel, "#5b2a52", "#b3404f", "#f2a33c", "#fff1a8"] },
      },
      series: [{ type: "heatmap", data: cells }],
    },
    size,
  );
}

/** Shares of a whole. */
export function drawPie(panel: PanelJson, data: PanelData, size: Size): string {
  const values = singleValues(panel, data);
  const donut = panel.options?.["pieType"] === "donut";
  return chartSvg(
    {
      legend: { orient: "vertical", right: 8, top: "middle", textStyle: { color: THEME.text, fontSize: 11 } },
      series: [
        {
          type: "pie",
          radius: donut ? ["45%", "80%"] : "80%",
          center: ["35%", "50%"],
          label: { show: false },
          data: values.map(({ one, value, text }, index) => ({
            name: `${one.name}  ${text}`,
            value,
            itemStyle: { color: paletteColour(index) },
          })),
        },
      ],
    },
    size,
  );
}

/** A bar for each series, side by side. */
export function drawBars(panel: PanelJson, data: PanelData, size: Size): string {
  const values = singleValues(panel, data);
  const unit = values[0]?.one.settings.unit;
  const sideways = panel.options?.["orientation"] === "horizontal";
  const names = {
    type: "category",
    data: values.map(({ one }) => one.name),
    axisLabel: { color: THEME.faint, fontSize: 11 },
  } as const;
  const numbers = {
    type: "value",
    axisLabel: { color: THEME.faint, fontSize: 11, formatter: (value: number) => formatValue(value, unit) },
    splitLine: { lineStyle: { color: THEME.grid } },
  } as const;
  return chartSvg(
    {
      grid: { left: 8, right: 16, top: 10, bottom: 4, containLabel: true },
      xAxis: sideways ? numbers : names,
      yAxis: sideways ? names : numbers,
      series: [{ type: "bar", data: values.map(({ value, color }) => ({ value, itemStyle: { color } })) }],
    },
    size,
  );
}
