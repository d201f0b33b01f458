import type { TerraformJson } from "../../engine/rule";

type Body = Readonly<Record<string, unknown>>;

/** How many labels a block has; one that is not here has none. */
const LABELS: Readonly<Record<string, number>> = {
  resource: 2,
  data: 2,
  variable: 1,
  output: 1,
  module: 1,
  provider: 1,
  backend: 1,
};

/** Arguments that are maps wherever they occur; JSON writes a map and a nested block alike. */
const MAPS =
  /^(tags|tags_all|labels|annotations|default_tags|variables|config|values|locals|.*_(tags|labels|attributes))$/;

const INDENT = "  ";

/**
 * Terraform's JSON as a reader of Terraform knows it. It is there to be read: whether an object is a nested block or a map is
 * known to the provider only, and guessed here from its name.
 */
export function hcl(json: TerraformJson): string {
  return Object.entries(json)
    .filter(([type]) => type !== "//")
    .flatMap(([type, body]) => labelled([type], body, LABELS[type] ?? 0))
    .join("\n\n");
}

/** Blocks with their labels before them: one for each name below the type. */
function labelled(head: readonly string[], body: unknown, labels: number): readonly string[] {
  if (Array.isArray(body)) return (body as unknown[]).flatMap((one) => labelled(head, one, labels));
  if (labels > 0 && isBody(body))
    return Object.entries(body).flatMap(([label, inner]) =>
      labelled([...head, JSON.stringify(label)], inner, labels - 1),
    );
  return [block(head.join(" "), isBody(body) ? body : {}, "")];
}

function block(head: string, body: Body, indent: string): string {
  const entries = Object.entries(body)
    .filter(([name]) => name !== "//")
    .flatMap(([name, value]) => argument(name, value, indent + INDENT));
  return entries.length === 0
    ? `${indent}${head} {}`
    : [`${indent}${head} {`, ...aligned(entries), `${indent}}`].join("\n");
}

/** An argument, or a nested block that has no name to align. */
interface Entry {
  readonly name?: string;
  readonly text: string;
}

/** Equals signs of arguments that follow each other on one line each stand below each other, as `terraform fmt` has it. */
function aligned(entries: readonly Entry[]): readonly string[] {
  return entries.map(({ name, text }, index) => {
    if (name === undefined) return text;
    let [from, to] = [index, index];
    while (isShort(entries[index]) && isShort(entries[from - 1])) from--;
    while (isShort(entries[index]) && isShort(entries[to + 1])) to++;
    const width = Math.max(...entries.slice(from, to + 1).map((entry) => (entry.name ?? "").length));
    return `${name.padEnd(width)} = ${text}`;
  });
}

function isShort(entry: Entry | undefined): boolean {
  return entry?.name !== undefined && !entry.text.includes("\n");
}

function argument(name: string, value: unknown, indent: string): readonly Entry[] {
  if (value === null || value === undefined) return [];
  const blocks = MAPS.test(name) ? [] : nested(name, value);
  if (blocks.length > 0) return blocks.map(([head, body]) => ({ text: block(head, body, indent) }));
  return [{ name: `${indent}${key(name)}`, text: expression(value, indent) }];
}

/** The nested blocks that a value may stand for, with their heads; none when it is an argument. */
function nested(name: string, value: unknown): readonly (readonly [head: string, body: Body])[] {
  if (LABELS[name] !== undefined && isBody(value))
    return Object.entries(value).map(([label, body]) => [`${name} ${JSON.stringify(label)}`, isBody(body) ? body : {}]);
  if (isBody(value)) return [[name, value]];
  return Array.isArray(value) && value.every(isBody) ? value.map((body) => [name, body] as const) : [];
}

function expression(value: unknown, indent: string): string {
  if (typeof value === "string") return text(value, indent);
  const inner = indent + INDENT;
  if (Array.isArray(value)) {
    const items = (value as unknown[]).map((item) => expression(item, inner));
    const short = items.every((item) => !item.includes("\n")) && items.join(", ").length <= 80;
    return short ? `[${items.join(", ")}]` : `[\n${items.map((item) => `${inner}${item},\n`).join("")}${indent}]`;
  }
  if (!isBody(value)) return String(value);
  const entries = Object.entries(value).map(([name, item]) => ({
    name: inner + key(name),
    text: expression(item, inner),
  }));
  return entries.length === 0 ? "{}" : ["{", ...aligned(entries), `${indent}}`].join("\n");
}

/** A text that is one expression loses its quotes, and one of JSON becomes what would be encoded. */
function text(value: string, indent: string): string {
  const whole = /^\$\{([^{}]*)\}$/.exec(value)?.[1];
  if (whole !== undefined) return whole;
  const json = /^\s*[{[]/.test(value) ? parsed(value) : undefined;
  if (json !== undefined) return `jsonencode(${expression(json, indent)})`;
  if (!value.includes("\n")) return quoted(value);
  const lines = value.replace(/\n$/, "").split("\n");
  return ["<<-EOT", ...lines.map((line) => `${indent}${INDENT}${line}`), `${indent}EOT`].join("\n");
}

function quoted(value: string): string {
  return `"${value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\t", "\\t").replaceAll("\r", "\\r")}"`;
}

function parsed(value: string): unknown {
  try {
    const json: unknown = JSON.parse(value);
    return typeof json === "object" && json !== null ? json : undefined;
  } catch {
    return undefined;
  }
}

function key(name: string): string {
  return /^[A-Za-z_][\w-]*$/.test(name) ? name : quoted(name);
}

function isBody(value: unknown): value is Body {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
