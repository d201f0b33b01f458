import { InputError } from "./input-error";
import { findJsonFault } from "./terraform/json-fault";

/**
 * Parses JSON. A mark of byte order before it does not count.
 *
 * @param file its name in messages
 * @throws {InputError} with line and column of the first fault
 */
export function parseJson(text: string, file: string): unknown {
  const json = text.startsWith("\uFEFF") ? text.slice(1) : text;
  try {
    return JSON.parse(json) as unknown;
  } catch {
    const { offset, expected } = findJsonFault(json);
    const { line, column } = placeOf(json, offset);
    throw new InputError([
      `${file}:${line}:${column}: must be JSON: expected ${expected}, got ${glimpse(json, offset)}`,
    ]);
  }
}

/** Line and column, both from 1. */
function placeOf(text: string, offset: number): { readonly line: number; readonly column: number } {
  let line = 1;
  let start = 0;
  for (let end = text.indexOf("\n"); end !== -1 && end < offset; end = text.indexOf("\n", start)) {
    line++;
    start = end + 1;
  }
  return { line, column: offset - start + 1 };
}

const LONGEST_GLIMPSE = 20;

function glimpse(text: string, offset: number): string {
  if (offset >= text.length) return "the end of the text";
  return JSON.stringify(text.slice(offset, offset + LONGEST_GLIMPSE).split("\n", 1)[0]);
}
