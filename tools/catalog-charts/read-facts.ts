import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Chart, ChartValueType } from "../../catalog";
import { ChartFactsError, oldestKubernetes, repositoryOf } from "./chart-facts";
import { catalogueTypes, splitPath } from "./value-shapes";

/** A file of facts about a chart, as another program found them. */
interface FactsFile {
  readonly chart: string;
  readonly version: string;
  readonly appVersion: string | null;
  readonly repository: string;
  readonly kubeVersion: string | null;
  readonly dependencies: readonly {
    readonly name: string;
    readonly version: string;
    readonly alias?: string | null;
    readonly condition?: string | null;
  }[];
  readonly crds: readonly string[];
  readonly kinds: Readonly<Record<string, number>>;
  readonly values: Readonly<Record<string, string>>;
  readonly otherPaths: readonly string[];
  readonly openMaps: readonly string[];
  readonly requiredValues: readonly string[];
  readonly stubbed: readonly string[];
  readonly variants: Readonly<Record<string, { crds?: readonly string[]; kinds?: Readonly<Record<string, number>> }>>;
}

/** Charts that need other values or none when used otherwise than their facts were found: what was set for those is not required. */
const REQUIRED_IN_ONE_MODE = new Set(["loki", "prefect-worker"]);

const TYPES: Readonly<Record<string, ChartValueType>> = {
  string: "string",
  int: "number",
  number: "number",
  bool: "bool",
  list: "list",
  map: "map",
  null: "any",
};

/** Facts of every chart in a folder with one JSON file a chart. */
export function readFactsFolder(folder: string, asOf: string): Chart[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .sort()
    .map((file) => factsOf(JSON.parse(readFileSync(join(folder, file), "utf8")) as FactsFile, asOf));
}

function factsOf(file: FactsFile, asOf: string): Chart {
  const variants = Object.values(file.variants);
  return {
    name: file.chart,
    version: file.version,
    appVersion: file.appVersion ?? undefined,
    repository: repositoryOf(file.repository, file.chart),
    oldestKubernetes: oldestKubernetes(file.chart, file.kubeVersion),
    asOf,
    dependencies: file.dependencies.map(({ name, version, alias, condition }) => ({
      name,
      version,
      alias: alias ?? undefined,
      condition: condition ?? undefined,
    })),
    crds: sorted([file, ...variants].flatMap(({ crds = [] }) => crds)),
    kinds: sorted([file, ...variants].flatMap(({ kinds = {} }) => Object.keys(kinds))),
    required: REQUIRED_IN_ONE_MODE.has(file.chart) ? [] : file.requiredValues,
    values: catalogueTypes(valueTypes(file)),
  };
}

function valueTypes(file: FactsFile): Record<string, ChartValueType> {
  const open = new Set(file.openMaps);
  const paths = Object.keys(file.values);
  const parents = new Set(paths.map((path) => splitPath(path).slice(0, -1).join(".")));
  const types: Record<string, ChartValueType> = {};
  for (const [path, found] of Object.entries(file.values)) {
    const type = TYPES[found];
    if (type === undefined) throw new ChartFactsError(file.chart, `${path} has the unknown type "${found}"`);
    if (type !== "map" || open.has(path) || !parents.has(path)) types[path] = type;
  }
  for (const path of file.otherPaths) types[path] ??= "any";
  for (const subchart of file.stubbed) types[subchart] = "map";
  return types;
}

function sorted(names: readonly string[]): string[] {
  return [...new Set(names)].sort();
}
