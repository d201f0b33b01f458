import { InputError } from "./input-error";
import { findJsonFault } from "./terraform/json-fault";

/**
 * Parses JSON. A mark of byte order before it does not count.
 *
 * @param file its name in messages
 * @throws {InputError} with line and column of the first fault, or when objects and lists are more than 200 levels deep in each
 *   other: what Terraform writes is a few dozen levels deep, and all that reads a value goes down into it
 */
export function parseJson(text: string, file: string): unknown {
  const value = parse(text.startsWith("\uFEFF") ? text.slice(1) : text, file);
  if (isTooDeep(value)) throw new InputError([`${file}: must be nested at most ${DEEPEST} levels deep`]);
  return value;
}

const DEEPEST = 200;

function parse(json: string, file: string): unknown {
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

/** Looks level by level, since going down into what is too deep is what must not happen. */
function isTooDeep(value: unknown): boolean {
  let level = isNest(value) ? [value] : [];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth === DEEPEST) return true;
    level = level.flatMap((nest) => Object.values(nest).filter(isNest));
  }
  return false;
}

function isNest(value: unknown): value is object {
  return typeof value === "object" && value !== null;
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
