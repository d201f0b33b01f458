import { readFileSync } from "node:fs";
import { join } from "node:path";
import index from "./charts/index.json";
import { UnknownNameError } from "./unknown-name-error";

/** Name of a chart of the catalogue. */
export type ChartName = keyof typeof index.charts;

/**
 * What a value of a chart holds. `map` takes any keys, such as labels or what Kubernetes itself defines; `any` takes
 * everything: the chart's default is null, or the chart takes more than one type.
 */
export type ChartValueType = "string" | "number" | "bool" | "list" | "map" | "any";

/** A chart inside a chart. */
export interface ChartDependency {
  /** Name of the inner chart. */
  readonly name: string;
  /** Its version, as the outer chart asks for it. */
  readonly version: string;
  /** Key under which its values stand; undefined: its name. */
  readonly alias?: string;
  /** Values that switch it on, joined by commas. */
  readonly condition?: string;
}

/** A Helm chart at the one version that the platform uses. */
export interface Chart {
  /** Name of the chart in its repository. */
  readonly name: string;
  /** Version of the chart, spelled as its repository does: some charts have a leading `v`. */
  readonly version: string;
  /** Version of what the chart installs; undefined: the chart does not say. */
  readonly appVersion?: string;
  /** Where its maintainers publish it: `https://…`, or `oci://…` without the name of the chart. */
  readonly repository: string;
  /** Oldest Kubernetes that it takes, such as `1.25`; undefined: the chart does not say. */
  readonly oldestKubernetes?: string;
  /** Day or month of the facts, `YYYY-MM-DD` or `YYYY-MM`. */
  readonly asOf: string;
  /** Charts inside it. */
  readonly dependencies: readonly ChartDependency[];
  /** Custom resources that it can serve, as `<group>/<kind>/<version>`. */
  readonly crds: readonly string[];
  /** Kinds of objects that it makes. */
  readonly kinds: readonly string[];
  /** Paths of values without which it never renders. */
  readonly required: readonly string[];
  /** Type of each value by its path; dots inside a key are escaped with a backslash. Maps that hold listed keys are not listed. */
  readonly values: Readonly<Record<string, ChartValueType>>;
}

type IndexEntry = Pick<Chart, "version" | "appVersion" | "repository" | "oldestKubernetes" | "asOf">;
type ChartFacts = Pick<Chart, "dependencies" | "crds" | "kinds" | "required" | "values">;

const ENTRIES: Readonly<Record<string, IndexEntry>> = index.charts;
const loaded = new Map<string, Chart>();

/** Names of all charts known. */
export function chartNames(): readonly ChartName[] {
  return Object.keys(ENTRIES) as ChartName[];
}

/** The chart of that name, or `undefined`. */
export function tryFindChart(name: string): Chart | undefined {
  const entry = Object.hasOwn(ENTRIES, name) ? ENTRIES[name] : undefined;
  if (entry === undefined) return undefined;
  const chart = loaded.get(name) ?? { name, ...entry, ...readFacts(name) };
  loaded.set(name, chart);
  return chart;
}

/**
 * The chart of that name.
 *
 * @throws UnknownNameError when the catalogue has none
 */
export function findChart(name: string): Chart {
  const found = tryFindChart(name);
  if (found !== undefined) return found;
  throw new UnknownNameError("chart", name, chartNames());
}

/** One chart has thousands of keys, all together more than a program wants to read that uses three of them. */
function readFacts(name: string): ChartFacts {
  return JSON.parse(readFileSync(join(__dirname, "charts", `${name}.json`), "utf8")) as ChartFacts;
}
