import { type Chart, type ChartValueType, nearestName } from "../../../catalog";
import type { PropProblem } from "../../core/errors";
import { isReference } from "./values-json";

/** A key of a chart's values with the keys below it. */
interface KnownKey {
  /** Type, where the chart takes a value here; undefined: only the keys below. */
  type?: ChartValueType;
  readonly below: Map<string, KnownKey>;
}

/** Keys that the chart does not have, values of another type than it takes, and values that are missing. */
export function chartValueProblems(chart: Chart, values: Readonly<Record<string, unknown>>): PropProblem[] {
  return new ValueChecker(chart).problemsOf(values);
}

class ValueChecker {
  private readonly problems: PropProblem[] = [];
  private readonly title: string;
  private readonly root: KnownKey;

  constructor(private readonly chart: Chart) {
    this.title = `chart ${chart.name} ${chart.version}`;
    this.root = knownKeys(chart);
  }

  problemsOf(values: Readonly<Record<string, unknown>>): PropProblem[] {
    this.checkMap(values, this.root, []);
    for (const required of this.chart.required) {
      const given = splitPath(required).reduce<unknown>(
        (value, key) => (isMap(value) ? value[key] : undefined),
        values,
      );
      if (given === undefined || given === null || given === "") {
        const rule = `must be given: ${this.title} does not render without it`;
        this.problems.push({ prop: `values.${required}`, rule, got: given });
      }
    }
    return this.problems;
  }

  private checkMap(map: Readonly<Record<string, unknown>>, known: KnownKey, path: readonly string[]): void {
    for (const [key, value] of Object.entries(map)) {
      if (value === undefined) continue;
      const found = known.below.get(key);
      if (found !== undefined) {
        this.checkValue(value, found, [...path, key]);
      } else if (known.type !== "map" && known.type !== "any") {
        this.reportUnknown(key, known, path);
      }
    }
  }

  private checkValue(value: unknown, known: KnownKey, path: readonly string[]): void {
    // With null, Helm takes the chart's default away, whatever its type.
    if (value === null) return;
    const type = known.type ?? "map";
    if (!hasType(value, type)) {
      this.problems.push({
        prop: propOf(path),
        rule: `must be ${TYPE_TEXTS[type]} in ${this.title}`,
        got: shown(value),
      });
    } else if (isMap(value) && !isReference(value)) {
      this.checkMap(value, known, path);
    }
  }

  private reportUnknown(key: string, known: KnownKey, path: readonly string[]): void {
    const nearest = this.nearestTo(key, known, path);
    const hint = nearest === undefined ? "" : `, such as \`${nearest}\``;
    this.problems.push({ prop: propOf([...path, key]), rule: `must be a key of ${this.title}${hint}`, got: key });
  }

  /** The most likely key: a similar one beside it, the same at another place, or the path that is most alike. */
  private nearestTo(key: string, known: KnownKey, path: readonly string[]): string | undefined {
    const sibling = nearestName(key, known.below.keys());
    if (sibling !== undefined) return joinPath([...path, sibling]);
    const wanted = joinPath([...path, key]);
    const everywhere = pathsBelow(this.root);
    const namesakes = everywhere.filter((candidate) => splitPath(candidate).at(-1) === key);
    return nearestName(wanted, namesakes) ?? namesakes[0] ?? nearestName(wanted, everywhere);
  }
}

const TYPE_TEXTS: Readonly<Record<ChartValueType, string>> = {
  string: "text",
  number: "a number",
  bool: "true or false",
  list: "a list",
  map: "a map",
  any: "anything",
};

function hasType(value: unknown, type: ChartValueType): boolean {
  switch (type) {
    case "any":
      return true;
    case "string":
      return typeof value === "string" || isReference(value);
    case "number":
      return typeof value === "number";
    case "bool":
      return typeof value === "boolean";
    case "list":
      return Array.isArray(value);
    case "map":
      return isMap(value) && !isReference(value);
  }
}

function knownKeys(chart: Chart): KnownKey {
  const root: KnownKey = { below: new Map() };
  for (const [path, type] of Object.entries(chart.values)) {
    let at = root;
    for (const key of splitPath(path)) {
      const next = at.below.get(key) ?? { below: new Map<string, KnownKey>() };
      at.below.set(key, next);
      at = next;
    }
    at.type = type;
  }
  return root;
}

function pathsBelow(known: KnownKey, path: readonly string[] = []): string[] {
  return [...known.below].flatMap(([key, below]) => [joinPath([...path, key]), ...pathsBelow(below, [...path, key])]);
}

/** Splits a path of the catalogue into keys: their dots are escaped there. */
function splitPath(path: string): string[] {
  return path.split(/(?<!\\)\./).map((key) => key.replaceAll("\\.", "."));
}

function joinPath(keys: readonly string[]): string {
  return keys.map((key) => key.replaceAll(".", "\\.")).join(".");
}

function propOf(path: readonly string[]): string {
  return `values.${joinPath(path)}`;
}

/** What a problem says of a value: never text, which may be a secret at a wrong place. */
function shown(value: unknown): unknown {
  if (isReference(value)) return "text that is known only after apply";
  if (typeof value === "string") return `text of ${value.length} characters`;
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return isMap(value) ? `a map of ${Object.keys(value).join(", ") || "nothing"}` : value;
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
