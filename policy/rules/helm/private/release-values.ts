import { parseDocument } from "yaml";
import { tryPiecesOf } from "../../../engine/expressions/template-text";
import type { Resource } from "../../../engine/subject";
import { Unresolved } from "../../../engine/unresolved";
import { Value } from "../../../engine/value";
import type { Verdict } from "../../../engine/verdict";
import { unknown } from "../../../engine/verdict";

type Fields = Record<string, unknown>;

/** The values that a release hands to its chart. */
export interface ReleaseValues {
  /** All documents and settings, the later ones over the earlier; what Terraform hides is unknown. */
  readonly root: Value;
  /** False when a whole document is hidden, so that what is not in `root` may still be given. */
  readonly complete: boolean;
}

const cache = new WeakMap<Resource, ReleaseValues>();

/** Reads the values of a release: `values`, then `set`, `set_list` and `set_sensitive`, as Helm lays them over one another. */
export function releaseValues(release: Resource): ReleaseValues {
  const found = cache.get(release) ?? read(release);
  cache.set(release, found);
  return found;
}

/** Judges a value of the chart; what is absent while a whole document is hidden is unknown. */
export function judgeValue(release: Resource, path: string, judge: (value: Value) => Verdict): Verdict {
  const { root, complete } = releaseValues(release);
  const value = root.at(path);
  if (!value.absent || complete) return judge(value);
  return unknown(`\`${value.path}\` may stand in values that are known only after apply`, { attribute: value.path });
}

function read(release: Resource): ReleaseValues {
  const documents = release.each("values").map((document) => readDocument(document));
  const settings = ["set", "set_list", "set_sensitive"].flatMap((block) => release.each(block));
  const merged = documents.reduce<Fields>((below, above) => merge(below, above ?? {}), {});
  for (const setting of settings) assign(merged, setting);
  return {
    root: new Value(release.stack, "values", merged),
    complete: !documents.includes(undefined) && !settings.some((setting) => setting.at("name").literal === undefined),
  };
}

/** One document; undefined when nothing of it can be read. */
function readDocument(document: Value): Fields | undefined {
  const { text } = document;
  if (text === undefined) return document.absent ? {} : undefined;
  const parts = document.unknown ? mask(text) : { masked: text, expressions: [] };
  if (parts === undefined) return undefined;
  const { masked, expressions } = parts;
  // A directive may add or leave out whole lines.
  if (expressions.some((expression) => expression.startsWith("%{"))) return undefined;
  const parsed = parseDocument(masked, { version: "1.1", merge: true, uniqueKeys: false, logLevel: "silent" });
  if (parsed.errors.length > 0) return undefined;
  const content = unmask(parsed.toJS({ maxAliasCount: -1 }), expressions);
  return isFields(content) ? content : content === null ? {} : undefined;
}

/** Of the private use area: no document has it. */
const MARK = "\uE000";
const MARKED = new RegExp(`${MARK}(\\d+)${MARK}`, "g");

/** Takes expressions of Terraform out of a template, since quotes and braces in them are none of the document's. */
function mask(template: string): { readonly masked: string; readonly expressions: readonly string[] } | undefined {
  const expressions: string[] = [];
  const masked = tryPiecesOf(template)?.map((piece) =>
    "text" in piece ? piece.text : `${MARK}${expressions.push(piece.expression) - 1}${MARK}`,
  );
  return masked && { masked: masked.join(""), expressions };
}

function unmask(content: unknown, expressions: readonly string[]): unknown {
  if (typeof content === "string") {
    const inside = [...content.matchAll(MARKED)].map(([, index]) => expressions[Number(index)] ?? "");
    if (inside.length === 0) return content;
    const text = content.replace(MARKED, (_, index: string) => expressions[Number(index)] ?? "");
    return new Unresolved(inside.map(referenceOf), text);
  }
  if (Array.isArray(content)) return content.map((item) => unmask(item, expressions));
  if (!isFields(content)) return content;
  return Object.fromEntries(Object.entries(content).map(([key, value]) => [key, unmask(value, expressions)]));
}

function referenceOf(expression: string): string {
  return expression.slice(2, -1).trim();
}

/** Maps are merged, everything else is replaced, and `null` takes away, as Helm has it. */
function merge(below: Fields, above: Fields): Fields {
  const merged = { ...below };
  for (const [key, value] of Object.entries(above)) {
    const under = merged[key];
    merged[key] = isFields(under) && isFields(value) ? merge(under, value) : value;
  }
  return merged;
}

/** Lays one `set` over the values: its name is a path with dots, `\.` for a dot in a key, and `[0]` for an element. */
function assign(root: Fields, setting: Value): void {
  const name = setting.at("name").literal;
  if (typeof name !== "string") return;
  const keys = name.split(/(?<!\\)[.[]/).map((key) => key.replace(/\]$/, "").replaceAll("\\.", "."));
  const last = keys.pop() ?? "";
  let at: Fields = root;
  for (const key of keys) {
    const next = at[key];
    const below: Fields = Array.isArray(next) ? (next as unknown as Fields) : isFields(next) ? { ...next } : {};
    at[key] = below;
    at = below;
  }
  at[last] = contentOf(setting.at("value"), setting.at("type").literal === "string");
}

function contentOf(value: Value, asText: boolean): unknown {
  if (value.unknown) return new Unresolved(value.references, value.text);
  const { literal } = value;
  if (asText || typeof literal !== "string") return literal;
  return value.boolean ?? value.number ?? (literal === "null" ? undefined : literal);
}

function isFields(content: unknown): content is Fields {
  return typeof content === "object" && content !== null && !Array.isArray(content) && !(content instanceof Unresolved);
}
