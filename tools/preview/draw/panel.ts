import { html, type Size } from "./chart";
import { drawBars, drawHeatmap, drawPie, drawStates } from "./other-charts";
import { drawBarGauge, drawGauge, drawStat } from "./single-values";
import { drawTable, unknownTransformations } from "./table";
import { drawTimeSeries } from "./time-series";
import type { PanelJson } from "../dashboard-json";
import type { PanelData } from "../panel-data";

type Draw = (panel: PanelJson, data: PanelData, size: Size) => string;

const DRAWN: Readonly<Record<string, Draw>> = {
  timeseries: drawTimeSeries,
  stat: drawStat,
  gauge: drawGauge,
  bargauge: drawBarGauge,
  table: drawTable,
  "state-timeline": drawStates,
  "status-history": drawStates,
  heatmap: drawHeatmap,
  piechart: drawPie,
  barchart: drawBars,
};

/** A panel as a picture, and what is to be said about it. */
export interface DrawnPanel {
  /** HTML of the size given. */
  readonly html: string;
  /** The panel shows nothing, and does not say itself that this may be. */
  readonly empty: boolean;
  /** What was left out of the picture, and queries that yield nothing. */
  readonly notes: readonly string[];
}

/** Draws the inside of a panel. */
export function drawPanel(panel: PanelJson, data: PanelData, size: Size): DrawnPanel {
  if (panel.type === "text") {
    return {
      html: `<div class="words">${html(String(panel.options?.["content"] ?? ""))}</div>`,
      empty: false,
      notes: [],
    };
  }
  const draw = DRAWN[panel.type];
  const left = unknownTransformations(panel).map((id) => `the transformation ${id} is not drawn`);
  const notes = [...left, ...data.empty.map((query) => `yields nothing: ${query}`)];
  if (draw === undefined) {
    const text = `A panel of type ${panel.type} is not drawn here`;
    return { html: nothing(text), empty: false, notes: [...notes, text] };
  }
  if (data.series.length > 0) return { html: draw(panel, data, size), empty: false, notes };
  const said = panel.fieldConfig?.defaults?.noValue;
  return { html: nothing(said ?? "No data"), empty: said === undefined, notes };
}

function nothing(text: string): string {
  return `<div class="nothing">${html(text)}</div>`;
}
