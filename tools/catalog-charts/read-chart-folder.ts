import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Chart, ChartValueType } from "../../catalog";
import { ChartFactsError, oldestKubernetes, repositoryOf } from "./chart-facts";
import { type ChartFile, type ChartFiles, definitionsIn, kindsIn, readChartFiles } from "./chart-files";
import { schemaValues } from "./schema-values";
import { templateValues } from "./template-values";
import { catalogueTypes, joinPath } from "./value-shapes";

/** What the files of charts do not say. */
export interface ReadOptions {
  /** Where a chart is published; undefined: not known. */
  repositoryOf(chart: string): string | undefined;
  /** Day of the facts, `YYYY-MM-DD`. */
  readonly asOf: string;
  /** Is told of what could not be found. */
  warn(line: string): void;
}

/** Facts of a chart and of those inside it, apart from where it is published. */
interface InnerFacts {
  readonly types: Map<string, ChartValueType>;
  readonly crds: readonly string[];
  readonly kinds: readonly string[];
  readonly required: readonly (readonly string[])[];
}

/**
 * Facts of every unpacked chart in a folder, each in a folder of its own.
 *
 * @throws ChartFactsError when there is none, or one cannot be read
 */
export function readChartFolders(folder: string, options: ReadOptions): Chart[] {
  const charts = readdirSync(folder)
    .map((name) => join(folder, name))
    .filter((path) => existsSync(join(path, "Chart.yaml")))
    .sort();
  if (charts.length === 0) throw new ChartFactsError(folder, "no folder in it holds a Chart.yaml");
  return charts.map((path) => factsOf(readChartFiles(path), options));
}

function factsOf(files: ChartFiles, options: ReadOptions): Chart {
  const { name, version, appVersion, kubeVersion, dependencies = [] } = files.file;
  const address = options.repositoryOf(name);
  if (address === undefined) {
    throw new ChartFactsError(name, `where is it published? Say --repository ${name}=ADDRESS`);
  }
  const { types, crds, kinds, required } = innerFacts(files, options);
  return {
    name,
    version,
    appVersion: appVersion === undefined ? undefined : String(appVersion),
    repository: repositoryOf(address, name),
    oldestKubernetes: oldestKubernetes(name, kubeVersion),
    asOf: options.asOf,
    dependencies: dependencies.map((inner) => ({
      name: inner.name,
      version: inner.version,
      alias: inner.alias,
      condition: inner.condition,
    })),
    crds: sorted(crds),
    kinds: sorted(kinds),
    required: sorted(required.map(joinPath)),
    values: catalogueTypes(Object.fromEntries(types)),
  };
}

function innerFacts(files: ChartFiles, options: ReadOptions): InnerFacts {
  const { file, values, schema, templates, crds } = files;
  const types = new Map<string, ChartValueType>();
  addDefaults(types, values, []);
  for (const [path, type] of schemaValues(schema)) addFromSchema(types, path, type);
  const found = templateValues(templates);
  for (const path of found.printed) if (hasKeysBelow(types, path)) types.set(joinPath(path), "map");
  for (const path of found.read) if (!isKnown(types, path)) types.set(joinPath(path), "any");

  const inner = (file.dependencies ?? []).map((dependency) => addInnerChart(types, dependency, files, options));
  return {
    types,
    crds: [...definitionsIn([...crds, ...templates]), ...inner.flatMap((facts) => facts.crds)],
    kinds: [...kindsIn(templates), ...inner.flatMap((facts) => facts.kinds)],
    required: found.required,
  };
}

/** Adds the values of a chart inside, below its name. Its switch and its tags are values of the outer chart. */
function addInnerChart(
  types: Map<string, ChartValueType>,
  { name, alias = name, condition = "" }: NonNullable<ChartFile["dependencies"]>[number],
  { file, charts }: ChartFiles,
  options: ReadOptions,
): Pick<InnerFacts, "crds" | "kinds"> {
  for (const path of condition.split(",").filter((text) => text !== "")) {
    if (!isKnown(types, path.split("."))) types.set(path, "bool");
  }
  const folder = join(charts, name);
  if (!existsSync(join(folder, "Chart.yaml"))) {
    options.warn(
      `${file.name}: the chart ${name} inside it is not unpacked in charts/${name}; any value of it is taken`,
    );
    types.set(joinPath([alias]), "map");
    return { crds: [], kinds: [] };
  }
  const inner = innerFacts(readChartFiles(folder), options);
  for (const [path, type] of inner.types) {
    const below = `${joinPath([alias])}.${path}`;
    if (!types.has(below)) types.set(below, type);
  }
  return inner;
}

function addDefaults(types: Map<string, ChartValueType>, value: unknown, path: readonly string[]): void {
  if (typeof value === "object" && value !== null && !Array.isArray(value) && Object.keys(value).length > 0) {
    Object.entries(value).forEach(([key, below]) => addDefaults(types, below, [...path, key]));
  } else if (path.length > 0) {
    types.set(joinPath(path), typeOf(value));
  }
}

/** A schema knows keys that the defaults lack, and types that one default does not show. */
function addFromSchema(types: Map<string, ChartValueType>, path: readonly string[], type: ChartValueType): void {
  const place = joinPath(path);
  const known = types.get(place);
  if (known !== undefined && known !== type) types.set(place, known === "any" && type !== "map" ? type : "any");
  if (known === undefined && (hasKeysBelow(types, path) ? type === "map" : !isKnown(types, path)))
    types.set(place, type);
}

/** Whether a path, or a value that holds whatever is below it, is known. */
function isKnown(types: ReadonlyMap<string, ChartValueType>, path: readonly string[]): boolean {
  return path.some((_key, index) => types.has(joinPath(path.slice(0, index + 1)))) || hasKeysBelow(types, path);
}

function hasKeysBelow(types: ReadonlyMap<string, ChartValueType>, path: readonly string[]): boolean {
  const start = `${joinPath(path)}.`;
  return [...types.keys()].some((known) => known.startsWith(start));
}

function typeOf(value: unknown): ChartValueType {
  if (value === null || value === undefined) return "any";
  if (Array.isArray(value)) return "list";
  switch (typeof value) {
    case "string":
      return "string";
    case "number":
    case "bigint":
      return "number";
    case "boolean":
      return "bool";
    default:
      return "map";
  }
}

function sorted(names: readonly string[]): string[] {
  return [...new Set(names)].sort();
}
