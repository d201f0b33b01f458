import { Unresolved } from "../unresolved";
import { escapeTemplate, piecesOf } from "./template-text";

/**
 * What `jsonencode` makes of a value. An expression in it stands there as a text, `"${…}"`, even if its value will be a list:
 * what reads the text back finds the expression and not the text.
 */
export function encodeJson(value: unknown): string | Unresolved {
  const references = new Set<string>();
  const text = write(value, references);
  return holdsUnresolved(value) ? new Unresolved([...references], text) : JSON.stringify(value);
}

function write(value: unknown, references: Set<string>): string {
  if (value instanceof Unresolved) {
    value.references.forEach((reference) => references.add(reference));
    return `"${piecesOf(value.toString())
      .map((piece) => ("expression" in piece ? piece.expression : escapeTemplate(inString(piece.text))))
      .join("")}"`;
  }
  if (Array.isArray(value)) return `[${value.map((item) => write(item, references)).join(",")}]`;
  if (typeof value !== "object" || value === null) return escapeTemplate(JSON.stringify(value));
  const entries = Object.entries(value).map(([key, item]) => {
    return `${escapeTemplate(JSON.stringify(key))}:${write(item, references)}`;
  });
  return `{${entries.join(",")}}`;
}

function inString(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function holdsUnresolved(value: unknown): boolean {
  if (value instanceof Unresolved) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(holdsUnresolved);
}
