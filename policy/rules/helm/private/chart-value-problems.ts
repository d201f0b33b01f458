import type { Chart, ChartValueType } from "../../../../catalog";
import { nearestName } from "../../../../catalog";
import type { Value } from "../../../engine/value";

/** What a chart does not take of the values it is given. */
export interface ChartValueProblem {
  /** Path of the value. */
  readonly path: string;
  /** The rule, starting with a verb, and the nearest key that the chart has. */
  readonly rule: string;
}

/** A key of a chart's values with the keys below it. */
interface KnownKey {
  /** Type, where the chart takes a value here. */
  type?: ChartValueType;
  readonly below: Map<string, KnownKey>;
}

/** Keys that a chart does not have, and values of another type than it takes. */
export function chartValueProblems(chart: Chart, values: Value): readonly ChartValueProblem[] {
  return problemsOf(values, knownKeys(chart));
}

function problemsOf(value: Value, known: KnownKey): readonly ChartValueProblem[] {
  if (value.absent || value.unknown) return [];
  const problem = typeProblem(value, known.type ?? "map");
  if (problem !== undefined) return [problem];
  if (Array.isArray(value.literal)) return [];
  return value.keys.flatMap((key) => {
    const child = value.at([key]);
    const below = known.below.get(key);
    if (below) return problemsOf(child, below);
    if (child.absent || known.type === "map" || known.type === "any") return [];
    const nearest = nearestName(key, known.below.keys());
    const hint = nearest === undefined ? "" : `, such as \`${nearest}\``;
    return [{ path: child.path, rule: `must be a key of the chart${hint}` }];
  });
}

const TYPE_TEXTS: Readonly<Record<ChartValueType, string>> = {
  string: "text",
  number: "a number",
  bool: "true or false",
  list: "a list",
  map: "a map",
  any: "anything",
};

function typeProblem(value: Value, type: ChartValueType): ChartValueProblem | undefined {
  return hasType(value.literal, type) ? undefined : { path: value.path, rule: `must be ${TYPE_TEXTS[type]}` };
}

function hasType(literal: unknown, type: ChartValueType): boolean {
  switch (type) {
    case "any":
      return true;
    case "string":
      return ["string", "number", "boolean"].includes(typeof literal);
    case "number":
      return typeof literal === "number";
    case "bool":
      return typeof literal === "boolean";
    case "list":
      return Array.isArray(literal);
    case "map":
      return typeof literal === "object" && !Array.isArray(literal);
  }
}

const cache = new WeakMap<Chart, KnownKey>();

function knownKeys(chart: Chart): KnownKey {
  const found = cache.get(chart);
  if (found) return found;
  const root: KnownKey = { below: new Map() };
  for (const [path, type] of Object.entries(chart.values)) {
    let at = root;
    for (const key of path.split(/(?<!\\)\./).map((part) => part.replaceAll("\\.", "."))) {
      const next: KnownKey = at.below.get(key) ?? { below: new Map() };
      at.below.set(key, next);
      at = next;
    }
    at.type = type;
  }
  cache.set(chart, root);
  return root;
}
