import { parseTemplate, writeExpression } from "./terraform-template";

/** A value without Terraform templates, as far as these could be resolved. */
export interface ResolvedValue {
  readonly value: unknown;
  /** Expressions that could not be resolved; they stand in the value as `${…}`. */
  readonly references: readonly string[];
}

type Resolve = (expression: string) => unknown;

/** Resolves every template in a value of Terraform's JSON syntax; keys are templates too. */
export function resolveValue(value: unknown, resolve: Resolve): ResolvedValue {
  const references: string[] = [];
  const visit = (part: unknown): unknown => {
    if (typeof part === "string") return resolveText(part, resolve, references);
    if (Array.isArray(part)) return part.map(visit);
    if (part === null || typeof part !== "object") return part;
    return Object.fromEntries(Object.entries(part).map(([key, inner]) => [String(visit(key)), visit(inner)]));
  };
  return { value: visit(value), references };
}

/** A template that is one expression takes the type of its value; every other one is a string. */
function resolveText(template: string, resolve: Resolve, references: string[]): unknown {
  if (!/[$%]\{/.test(template)) return template;
  const pieces = parseTemplate(template).map((piece) => {
    if ("text" in piece) return piece.text;
    const found = resolve(piece.expression);
    if (found !== undefined) return found;
    references.push(piece.expression);
    return writeExpression(piece.expression);
  });
  return pieces.length === 1 ? pieces[0] : pieces.map(asText).join("");
}

function asText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/**
 * Resolves a template whose result is a JSON document.
 *
 * Values are put into the parsed document, not into its text: a quote in one of them cannot break it.
 *
 * @returns undefined when the text is no JSON document
 */
export function resolveJson(template: string, resolve: Resolve): ResolvedValue | undefined {
  const expressions: string[] = [];
  const text = parseTemplate(template)
    .map((piece) => {
      if ("text" in piece) return piece.text;
      expressions.push(piece.expression);
      return placeholder(expressions.length - 1);
    })
    .join("");
  const parsed = tryParse(text);
  if (parsed === undefined) return undefined;
  const references: string[] = [];
  const values = expressions.map((expression) => {
    const found = resolve(expression);
    if (found === undefined) references.push(expression);
    return found === undefined ? writeExpression(expression) : found;
  });
  return { value: fill(parsed, values), references };
}

const PLACEHOLDER = /\uE000(\d+)\uE001/g;

/** Characters of the private use area, which no Kubernetes object has a use for. */
function placeholder(index: number): string {
  return `\uE000${index}\uE001`;
}

function fill(part: unknown, values: readonly unknown[]): unknown {
  if (typeof part === "string") {
    return part.replace(PLACEHOLDER, (_match, index: string) => asText(values[Number(index)]));
  }
  if (Array.isArray(part)) return part.map((inner) => fill(inner, values));
  if (part === null || typeof part !== "object") return part;
  return Object.fromEntries(Object.entries(part).map(([key, inner]) => [fill(key, values), fill(inner, values)]));
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
