import { type DashboardJson, type PanelJson, panelsOf } from "./dashboard-json";
import { html } from "./draw/chart";
import { drawPanel } from "./draw/panel";
import { askPanel } from "./panel-data";
import type { PrometheusApi, TimeRange } from "./prometheus-api";
import { THEME } from "./colours";
import { interpolate, rangeOf, resolveVariables } from "./variables";
import type { VariableValues } from "./variables";

const WIDTH = 1600;
const COLUMNS = 24;
const ROW = 30;
const GAP = 8;
const TITLE = 30;
const PADDING = 8;
const HEAD = 56;

/** A dashboard as a page, and what is to be said about it. */
export interface DashboardPage {
  readonly html: string;
  readonly height: number;
  readonly panels: number;
  /** Titles of panels that show nothing. */
  readonly empty: readonly string[];
  /** What was left out, and queries that yield nothing, each after the title of its panel. */
  readonly notes: readonly string[];
}

/** Asks Prometheus for all that a dashboard shows at a moment, and draws it as Grafana would: one page without scripts. */
export async function dashboardPage(
  dashboard: DashboardJson,
  api: PrometheusApi,
  { now, longest }: { readonly now: number; readonly longest: number },
): Promise<DashboardPage> {
  const range = rangeOf(dashboard, now, longest);
  const values = await resolveVariables(dashboard, api, range);
  const panels = panelsOf(dashboard);
  const drawn = await Promise.all(panels.map((panel) => place(panel, api, { values, range })));
  const height = HEAD + Math.max(0, ...panels.map(({ gridPos }) => gridPos.y + gridPos.h)) * (ROW + GAP) + GAP;
  const head = `<header><b>${html(dashboard.title)}</b>${choices(dashboard, values)}<i>${times(range)}</i></header>`;
  return {
    html: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${html(dashboard.title)}</title><style>${STYLE}</style></head><body style="height:${height}px">${head}${drawn.map((one) => one.html).join("\n")}</body></html>\n`,
    height,
    panels: panels.filter(({ type }) => type !== "row").length,
    empty: drawn.flatMap((one) => (one.empty ? [one.title] : [])),
    notes: drawn.flatMap(({ title, notes }) => notes.map((note) => `${title}: ${note}`)),
  };
}

async function place(
  panel: PanelJson,
  api: PrometheusApi,
  context: { readonly values: VariableValues; readonly range: TimeRange },
): Promise<{ html: string; title: string; empty: boolean; notes: readonly string[] }> {
  const column = (WIDTH - GAP) / COLUMNS;
  const { x, y, w, h } = panel.gridPos;
  const box = {
    left: GAP + x * column,
    top: HEAD + y * (ROW + GAP),
    width: w * column - GAP,
    height: h * (ROW + GAP) - GAP,
  };
  const title = interpolate(panel.title ?? "", context.values, context.range);
  const at = `left:${box.left}px;top:${box.top}px;width:${box.width}px;height:${box.height}px`;
  if (panel.type === "row") {
    return { html: `<div class="row" style="${at}">${html(title)}</div>`, title, empty: false, notes: [] };
  }
  const data = await askPanel(panel, api, context);
  const size = { width: box.width - 2 * PADDING - 2, height: box.height - TITLE - PADDING - 2 };
  const drawn = drawPanel(panel, data, size);
  const about = panel.description ? `<span title="${html(panel.description)}" class="about">i</span>` : "";
  const inside = `<div class="inside" style="width:${size.width}px;height:${size.height}px">${drawn.html}</div>`;
  return { ...drawn, title, html: `<section style="${at}"><h2>${html(title)} ${about}</h2>${inside}</section>` };
}

function choices({ templating }: DashboardJson, values: VariableValues): string {
  const shown = (templating?.list ?? []).filter(
    ({ name, hide }) => values.has(name) && hide !== 2 && hide !== "hideVariable",
  );
  return shown
    .map(({ name, label }) => `<span>${html(label ?? name)} <em>${html(values.get(name)?.shown ?? "")}</em></span>`)
    .join("");
}

function times({ start, end }: TimeRange): string {
  const text = (time: number): string => new Date(time * 1000).toISOString().slice(0, 16).replace("T", " ");
  return `${text(start)} to ${text(end)} UTC, generated data`;
}

const STYLE = `
*{box-sizing:border-box}
body{margin:0;position:relative;width:${WIDTH}px;background:${THEME.page};color:${THEME.text};font:13px Inter,"DejaVu Sans",Arial,sans-serif}
header{position:absolute;left:${GAP}px;right:${GAP}px;top:0;height:${HEAD - GAP}px;display:flex;align-items:center;gap:16px}
header b{font-size:18px}header em{background:${THEME.panel};border:1px solid ${THEME.border};padding:3px 8px;font-style:normal;border-radius:2px}
header i{margin-left:auto;color:${THEME.faint};font-style:normal}
section{position:absolute;background:${THEME.panel};border:1px solid ${THEME.border};border-radius:2px;overflow:hidden}
h2{margin:0;padding:7px ${PADDING}px;height:${TITLE}px;font-size:13px;font-weight:600;white-space:nowrap}h2 span{color:${THEME.faint};font-weight:400}
.about{display:inline-block;width:13px;height:13px;border:1px solid ${THEME.faint};border-radius:50%;font-size:9px;line-height:11px;text-align:center;vertical-align:1px}
.inside{position:absolute;left:${PADDING}px;top:${TITLE}px;overflow:hidden}
.row{position:absolute;font-size:15px;font-weight:600;padding-top:6px}
.nothing{height:100%;display:flex;align-items:center;justify-content:center;color:${THEME.faint};font-size:16px}
.words{white-space:pre-wrap;font-size:13px}
.legend{position:absolute;overflow:hidden;font-size:11px;color:${THEME.text}}
.legend table{width:100%;border-collapse:collapse}.legend td,.legend th{padding:1px 6px;text-align:right;height:20px;font-weight:400;white-space:nowrap}
.legend td:first-child,.legend th:first-child{text-align:left;overflow:hidden;text-overflow:ellipsis;max-width:0;width:70%}.legend th{color:#6e9fff}
.entry{display:inline-block;margin-right:14px;height:20px;line-height:20px;white-space:nowrap}.entry i{font-style:normal;color:${THEME.faint};margin-left:6px}
.mark{display:inline-block;width:14px;height:4px;border-radius:2px;margin-right:6px;vertical-align:middle}
.more{color:${THEME.faint};font-size:11px;padding:2px 6px}
.stat{position:absolute;overflow:hidden;border-radius:2px}.stat-text{position:absolute;inset:0;display:flex;flex-direction:column;align-items:center;justify-content:center;font-weight:600;white-space:nowrap;text-align:center}
.stat-name{font-size:13px;font-weight:400;color:inherit;opacity:.85}.spark{position:absolute;left:0;right:0;bottom:0;line-height:0}
.bar{display:flex;align-items:center;gap:10px}.bar-name{width:40%;font-size:11px;text-align:right;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.bar-track{flex:1;height:62%;background:${THEME.grid};border-radius:2px}.bar-fill{height:100%;border-radius:2px}.bar-text{width:96px;font-weight:600;white-space:nowrap}
.columns{display:flex;align-items:flex-end}.column{flex:1;display:flex;flex-direction:column;align-items:center;min-width:0}.column-name{font-size:11px;height:20px;overflow:hidden}.column-text{font-weight:600}
.table{width:100%;border-collapse:collapse;font-size:12px}.table th{color:#6e9fff;text-align:left;font-weight:600}.table td,.table th{height:27px;padding:0 8px;border-bottom:1px solid ${THEME.grid};white-space:nowrap}
.cell-gauge{display:inline-block;width:120px;height:12px;background:${THEME.grid};margin-right:8px;vertical-align:middle}.cell-gauge span{display:block;height:100%}
.states{display:flex;margin-bottom:3px}.states>span{width:152px;margin-right:8px;text-align:right;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}.states>div{position:relative;background:${THEME.grid}}
.state{position:absolute;top:0;bottom:0;text-align:center;overflow:hidden;color:#fff;font-size:11px}.state-times{display:flex;justify-content:space-between;color:${THEME.faint};font-size:11px}
`;
