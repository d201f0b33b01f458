import type { DashboardJson, VariableJson } from "./dashboard-json";
import type { PrometheusApi, TimeRange } from "./prometheus-api";
import { seconds } from "./backfill";

/** What variables stand for: what is shown of it, and what is put into queries. */
export type VariableValues = ReadonlyMap<string, { readonly shown: string; readonly values: readonly string[] }>;

const LABEL_VALUES = /^label_values\((?:(.*),)?\s*([a-zA-Z_]\w*)\s*\)$/s;
const QUERY_RESULT = /^query_result\((.*)\)$/s;

/** The choices that a dashboard opens with: what it says itself, all values where it allows that, else the first. */
export async function resolveVariables(
  { templating }: DashboardJson,
  api: PrometheusApi,
  range: TimeRange,
): Promise<VariableValues> {
  const resolved = new Map<string, { shown: string; values: readonly string[] }>();
  for (const variable of templating?.list ?? []) {
    if (variable.type === "datasource" || variable.type === "adhoc") continue;
    const choices = await choicesOf(variable, resolved, api, range);
    resolved.set(variable.name, chosen(variable, choices));
  }
  return resolved;
}

async function choicesOf(
  variable: VariableJson,
  known: VariableValues,
  api: PrometheusApi,
  range: TimeRange,
): Promise<readonly string[]> {
  const query = typeof variable.query === "string" ? variable.query : (variable.query?.query ?? "");
  if (variable.type !== "query") return query.split(",").map((choice) => choice.trim());
  const text = interpolate(variable.definition ?? query, known, range).trim();
  const labels = LABEL_VALUES.exec(text);
  if (labels) {
    const [, selector, label = ""] = labels;
    return filtered(variable, await api.labelValues(label, selector ? [selector] : [], range));
  }
  const [, expression = text] = QUERY_RESULT.exec(text) ?? [];
  const series = await api.instant(expression, range.end);
  return filtered(variable, [...new Set(series.map(({ labels: found }) => JSON.stringify(found)))].sort());
}

function filtered({ regex }: VariableJson, choices: readonly string[]): readonly string[] {
  if (!regex) return choices;
  const pattern = new RegExp(regex.replace(/^\/(.*)\/\w*$/, "$1"));
  return [...new Set(choices.flatMap((choice) => pattern.exec(choice)?.slice(-1) ?? []))];
}

function chosen(
  { current, includeAll, allValue, type }: VariableJson,
  choices: readonly string[],
): { shown: string; values: readonly string[] } {
  const said = [current?.value ?? []].flat().filter((value) => value !== "");
  const wanted = said.filter((value) => value !== "$__all" && value !== "All");
  if (wanted.length > 0 && (type !== "query" || wanted.every((value) => choices.includes(value)))) {
    return { shown: wanted.join(" + "), values: wanted };
  }
  if (includeAll) return { shown: "All", values: allValue ? [allValue] : choices };
  const [first = ""] = choices;
  return { shown: first, values: [first] };
}

/** Puts values into a query: one as it is, several as a regular expression; Grafana's own variables too. */
export function interpolate(text: string, values: VariableValues, range: TimeRange): string {
  const length = Math.round(range.end - range.start);
  const rate = Math.max(range.step + 60, 240);
  const own: Readonly<Record<string, string>> = {
    __rate_interval: `${rate}s`,
    __interval: `${range.step}s`,
    __interval_ms: String(range.step * 1000),
    __range: `${length}s`,
    __range_s: String(length),
    __range_ms: String(length * 1000),
  };
  return text.replace(/\$\{(\w+)(?::\w+)?\}|\[\[(\w+)\]\]|\$(\w+)/g, (whole, ...groups: (string | undefined)[]) => {
    const name = groups.slice(0, 3).find((group) => group !== undefined) ?? "";
    const ownValue = own[name];
    if (ownValue !== undefined) return ownValue;
    const found = values.get(name)?.values;
    if (found === undefined) return whole;
    return found.length === 1 ? (found[0] ?? "") : `(${found.join("|")})`;
  });
}

/** The time that a dashboard opens with, `now-6h` until the given moment; steps so that a panel has some 300 points. */
export function rangeOf({ time }: DashboardJson, now: number, longest: number): TimeRange {
  const [, ago = "6h"] = /^now-(.+)$/.exec(time?.from ?? "") ?? [];
  const length = Math.min(seconds(ago), longest);
  const step = Math.max(60, Math.ceil(length / 300 / 60) * 60);
  return { start: now - length, end: now, step };
}
