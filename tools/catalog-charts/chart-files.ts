import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, parseAllDocuments } from "yaml";
import type { ChartDependency } from "../../catalog";
import { ChartFactsError } from "./chart-facts";

/** What a `Chart.yaml` says. */
export interface ChartFile {
  readonly name: string;
  readonly version: string;
  readonly appVersion?: string | number;
  readonly kubeVersion?: string;
  readonly type?: string;
  readonly dependencies?: readonly ChartDependency[];
}

/** The files of one unpacked chart. */
export interface ChartFiles {
  readonly file: ChartFile;
  readonly values: Readonly<Record<string, unknown>>;
  readonly schema: unknown;
  /** Texts of the templates. */
  readonly templates: readonly string[];
  /** Texts of the files in `crds`. */
  readonly crds: readonly string[];
  /** Folder of the charts inside it. */
  readonly charts: string;
}

/**
 * Reads an unpacked chart.
 *
 * @throws ChartFactsError when its Chart.yaml lacks a name or a version
 */
export function readChartFiles(folder: string): ChartFiles {
  const file = parse(readFileSync(join(folder, "Chart.yaml"), "utf8")) as Partial<ChartFile> | null;
  const { name, version } = file ?? {};
  if (!name || !version) throw new ChartFactsError(name ?? folder, "its Chart.yaml has no name or no version");
  const schema = join(folder, "values.schema.json");
  const values = join(folder, "values.yaml");
  return {
    file: { ...file, name, version },
    values: existsSync(values) ? ((parse(readFileSync(values, "utf8")) ?? {}) as Record<string, unknown>) : {},
    schema: existsSync(schema) ? (JSON.parse(readFileSync(schema, "utf8")) as unknown) : {},
    templates: textsIn(join(folder, "templates"), /\.(ya?ml|tpl)$/),
    crds: textsIn(join(folder, "crds"), /\.ya?ml$/),
    charts: join(folder, "charts"),
  };
}

/** Definitions of custom resources in YAML texts, templates among them, as `<group>/<kind>/<version>`. */
export function definitionsIn(texts: readonly string[]): string[] {
  return texts.filter((text) => text.includes("CustomResourceDefinition")).flatMap(definitionsInText);
}

/** Kinds that templates name. */
export function kindsIn(texts: readonly string[]): string[] {
  return texts.flatMap((text) => [...text.matchAll(/^kind:\s*["']?([A-Z]\w+)/gm)].map(([, kind = ""]) => kind));
}

/** A definition, as far as it is read. */
interface Definition {
  readonly kind?: string;
  readonly spec?: {
    readonly group?: string;
    readonly names?: { readonly kind?: string };
    readonly versions?: readonly { readonly name?: string; readonly served?: boolean }[];
  };
}

function definitionsInText(text: string): string[] {
  const plain = text.replace(/^.*\{\{-?\s*(if|else|end|with|range|define|toYaml|include|-?\/\*)[^]*?\}\}.*$/gm, "");
  const documents = parseAllDocuments(plain.replace(/\{\{[^]*?\}\}/g, "x"), { logLevel: "silent" });
  return (Array.isArray(documents) ? documents : []).flatMap((document) => {
    const { kind, spec } = (document.errors.length === 0 ? (document.toJS() ?? {}) : {}) as Definition;
    if (kind !== "CustomResourceDefinition") return [];
    const versions = (spec?.versions ?? []).filter(({ served }) => served !== false);
    return versions.map(({ name }) => `${spec?.group}/${spec?.names?.kind}/${name}`);
  });
}

function textsIn(folder: string, ending: RegExp): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => ending.test(path))
    .sort()
    .map((path) => readFileSync(join(folder, path), "utf8"));
}
