import { colour, inkOn, mappingOf, THEME, valueColour } from "../colours";
import type { PanelJson } from "../dashboard-json";
import { calculationOf, type PanelData, type PanelSeries, reduced } from "../panel-data";
import { formatValue } from "../units";
import { chartSvg, html, type Size } from "./chart";

interface SingleValue {
  readonly one: PanelSeries;
  readonly value: number;
  readonly text: string;
  readonly color: string;
}

/** What each series comes to, as its text and its colour. */
export function singleValues(panel: PanelJson, { series, range }: PanelData): readonly SingleValue[] {
  const calculation = calculationOf(panel);
  return series.map((one, index) => {
    const value = reduced(one, calculation);
    const text =
      mappingOf(value, one.settings)?.text ?? formatValue(value, one.settings.unit, one.settings.decimals, range.end);
    return { one, value, text, color: valueColour(value, one.settings, index) };
  });
}

/** Big numbers, with what they were before behind them. */
export function drawStat(panel: PanelJson, data: PanelData, size: Size): string {
  const values = singleValues(panel, data);
  const {
    colorMode = "value",
    graphMode = "area",
    textMode = "auto",
  } = (panel.options ?? {}) as Readonly<Record<string, string>>;
  const wide = size.width / values.length > 90 || size.width > size.height * 2;
  const cell = wide
    ? { width: size.width / values.length, height: size.height }
    : { width: size.width, height: size.height / values.length };
  const named = textMode === "value_and_name" || textMode === "name" || (textMode === "auto" && values.length > 1);
  const cells = values.map(({ one, text, color }, index) => {
    const left = wide ? index * cell.width : 0;
    const top = wide ? 0 : index * cell.height;
    const spark = graphMode === "area" && one.points.length > 1 ? sparkline(one, color, cell) : "";
    const font = Math.min(44, cell.height * 0.38, (cell.width * 1.5) / Math.max(3, text.length));
    const background = colorMode.startsWith("background") ? `background:${color};` : "";
    const ink = colorMode.startsWith("background") ? inkOn(color) : colorMode === "none" ? THEME.text : color;
    const name = named ? `<div class="stat-name">${html(one.name)}</div>` : "";
    const place = `left:${left}px;top:${top}px;width:${cell.width}px;height:${cell.height}px`;
    return `<div class="stat" style="${background}${place}">${spark}<div class="stat-text" style="color:${ink};font-size:${font}px">${name}${html(text)}</div></div>`;
  });
  return cells.join("");
}

function sparkline({ points }: PanelSeries, color: string, size: Size): string {
  const height = size.height * 0.45;
  const svg = chartSvg(
    {
      grid: { left: 0, right: 0, top: 2, bottom: 0 },
      xAxis: { type: "value", show: false, min: "dataMin", max: "dataMax" },
      yAxis: { type: "value", show: false, scale: true },
      series: [
        {
          type: "line",
          showSymbol: false,
          data: points.map(([time, value]) => [time, Number.isFinite(value) ? value : null]),
          lineStyle: { color, width: 1 },
          areaStyle: { color, opacity: 0.2 },
        },
      ],
    },
    { width: Math.max(1, size.width), height: Math.max(1, height) },
  );
  return `<div class="spark">${svg}</div>`;
}

/** Half circles with the thresholds around them. */
export function drawGauge(panel: PanelJson, data: PanelData, size: Size): string {
  const values = singleValues(panel, data);
  const width = size.width / Math.max(1, values.length);
  return values
    .map(({ one, value, text, color }, index) => {
      const { min = 0, max = 100, thresholds } = one.settings;
      const steps = thresholds?.steps ?? [];
      const ring = steps.map((step, at): [number, string] => {
        const next = steps[at + 1]?.value ?? max;
        return [Math.min(1, Math.max(0, (next - min) / (max - min))), colour(step.color)];
      });
      const svg = chartSvg(
        gaugeOption({ value, text, color, min, max, ring, name: values.length > 1 ? one.name : "" }),
        {
          width,
          height: size.height,
        },
      );
      return `<div class="stat" style="left:${index * width}px;top:0;width:${width}px;height:${size.height}px">${svg}</div>`;
    })
    .join("");
}

function gaugeOption(gauge: {
  readonly value: number;
  readonly text: string;
  readonly color: string;
  readonly min: number;
  readonly max: number;
  readonly ring: [number, string][];
  readonly name: string;
}): Parameters<typeof chartSvg>[0] {
  const { value, text, color, min, max, ring, name } = gauge;
  const common = { type: "gauge", min, max, startAngle: 205, endAngle: -25 } as const;
  const center = ["50%", "62%"];
  const none = { axisTick: { show: false }, splitLine: { show: false }, axisLabel: { show: false } } as const;
  return {
    series: [
      {
        ...common,
        ...none,
        center,
        radius: "98%",
        pointer: { show: false },
        axisLine: { lineStyle: { width: 4, color: ring } },
        detail: { show: false },
      },
      {
        ...common,
        ...none,
        center,
        radius: "91%",
        pointer: { show: false },
        progress: { show: true, width: 16, itemStyle: { color } },
        axisLine: { lineStyle: { width: 16, color: [[1, THEME.grid]] } },
        title: { color: THEME.text, fontSize: 12, offsetCenter: [0, "38%"] },
        detail: { formatter: () => text, color, fontSize: 22, offsetCenter: [0, "4%"] },
        data: [{ value: Math.min(max, Math.max(min, value)), name }],
      },
    ],
  };
}

/** A bar for each series, with its value. */
export function drawBarGauge(panel: PanelJson, data: PanelData, size: Size): string {
  const values = singleValues(panel, data);
  const greatest = Math.max(...values.map(({ value }) => value).filter(Number.isFinite), 0);
  const vertical = panel.options?.["orientation"] === "vertical";
  const shares = values.map(({ one, value }) => {
    const { min = 0, max = greatest || 1 } = one.settings;
    return Math.min(1, Math.max(0.005, (value - min) / (max - min || 1)));
  });
  if (vertical) {
    const bars = values.map(({ one, text, color }, index) => {
      const height = Math.max(2, (size.height - 44) * (shares[index] ?? 0));
      return `<div class="column"><div class="column-text" style="color:${color}">${html(text)}</div><div style="background:${color};height:${height}px;width:70%"></div><div class="column-name">${html(one.name)}</div></div>`;
    });
    return `<div class="columns" style="height:${size.height}px">${bars.join("")}</div>`;
  }
  const height = Math.min(44, size.height / Math.max(1, values.length));
  const bars = values.map(({ one, text, color }, index) => {
    const fill = `<div class="bar-fill" style="background:${color};width:${(shares[index] ?? 0) * 100}%"></div>`;
    return `<div class="bar" style="height:${height}px"><div class="bar-name">${html(one.name)}</div><div class="bar-track">${fill}</div><div class="bar-text" style="color:${color}">${html(text)}</div></div>`;
  });
  return bars.join("");
}
