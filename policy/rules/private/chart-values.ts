import { parse } from "yaml";
import type { Resource } from "../../engine/subject";
import { Unresolved } from "../../engine/unresolved";
import { Value } from "../../engine/value";

/** The name of a release's chart, without the path or address before it. */
export function chartOf(release: Resource): string | undefined {
  return release.at("chart").text?.split("/").at(-1);
}

/**
 * The values that a `helm_release` gives its chart: all its `values` over one another, then its `set` blocks. Defaults of the
 * chart are not among them. Unknown as a whole when one of the texts cannot be read before apply.
 */
export function chartValuesOf(release: Resource): Value {
  const known = READ.get(release);
  if (known !== undefined) return known;
  const values = readValues(release);
  READ.set(release, values);
  return values;
}

/** Values by release: several rules ask for the same, and YAML is slow to read. */
const READ = new WeakMap<Resource, Value>();

function readValues(release: Resource): Value {
  let merged: unknown = {};
  for (const text of release.each("values")) {
    const read = readYamlText(text);
    if (read === undefined) return new Value(release.stack, "values", new Unresolved(text.references, text.text));
    merged = merge(merged, read);
  }
  for (const set of release.each("set")) {
    const name = set.at("name").text;
    if (name !== undefined) merged = merge(merged, nest(name.split("."), set.at("value").literal));
  }
  return new Value(release.stack, "values", merged);
}

/**
 * Reads a text that holds JSON or YAML. Texts in it with a `${…}` become unresolved.
 *
 * @returns undefined when it is unknown as a whole, or no JSON or YAML
 */
export function readYamlText(value: Value): unknown {
  const { text } = value;
  if (text === undefined || /^\$\{[^}]*\}$/.test(text)) return undefined;
  try {
    return resolve(parse(text), value.references);
  } catch {
    return undefined;
  }
}

function resolve(content: unknown, references: readonly string[]): unknown {
  if (typeof content === "string" && content.includes("${")) return new Unresolved(references, content);
  if (Array.isArray(content)) return content.map((item) => resolve(item, references));
  if (!isRecord(content)) return content;
  return Object.fromEntries(Object.entries(content).map(([key, item]) => [key, resolve(item, references)]));
}

function merge(below: unknown, above: unknown): unknown {
  if (!isRecord(below) || !isRecord(above)) return above ?? below;
  const keys = new Set([...Object.keys(below), ...Object.keys(above)]);
  return Object.fromEntries([...keys].map((key) => [key, key in above ? merge(below[key], above[key]) : below[key]]));
}

function nest(names: readonly string[], content: unknown): unknown {
  return names.reduceRight<unknown>((inner, name) => ({ [name]: inner }), content);
}

function isRecord(content: unknown): content is Readonly<Record<string, unknown>> {
  return typeof content === "object" && content !== null && !Array.isArray(content) && !(content instanceof Unresolved);
}
