import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  Scalar,
  visit,
  type Document,
  type YAMLError,
} from "yaml";
import type { ConfigProblem } from "./config-error";
import type { ValuePath } from "./value-path";

/** A YAML file as plain data, with the line of every value in it. */
export interface YamlSource {
  /** What the file says; empty values (`key:`) are left out, those written out as `null` or `~` are null. */
  readonly value: unknown;
  /** Line of the value at a path, or of the nearest key around it; from 1. */
  lineOf(path: ValuePath): number;
}

/** The parsed file, or everything that keeps it from being read as YAML. */
export type YamlResult = { readonly source: YamlSource } | { readonly problems: readonly ConfigProblem[] };

const DEEPEST = 40;
const TOO_DEEP = `must not be nested deeper than ${DEEPEST} levels`;

/**
 * Reads the text of a YAML file.
 *
 * Duplicate keys, aliases, tags and several documents in one file are refused: a value stands in one place, so that the line in a
 * message is the line to mend.
 */
export function parseYaml(text: string, file: string): YamlResult {
  const lines = new LineCounter();
  const lineAt = (offset: number) => Math.max(1, lines.linePos(offset).line);
  try {
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: "error" });
    const problems = [
      ...[...document.errors, ...document.warnings].map((error) => syntaxProblem(error, text, file, lineAt)),
      ...(document.errors.length === 0 ? shapeProblems(document, file, lineAt) : []),
    ];
    if (problems.length > 0) return { problems: withoutRepeats(problems) };
    markEmpty(document);
    const value = withoutEmpty(document.toJS());
    return { source: { value, lineOf: (path) => lineAt(offsetOf(document, path)) } };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { problems: [{ file, path: "", rule: `must be YAML that can be read: ${oneLine(reason)}` }] };
  }
}

function syntaxProblem(
  error: YAMLError,
  text: string,
  file: string,
  lineAt: (offset: number) => number,
): ConfigProblem {
  const [start] = error.pos;
  const place = { file, line: lineAt(start), path: "" };
  if (error.message.includes("call stack")) return { ...place, rule: TOO_DEEP };
  if (error.code === "MULTIPLE_DOCS") return { ...place, rule: "must hold one YAML document, not several" };
  if (error.code !== "DUPLICATE_KEY") return { ...place, rule: `must be valid YAML: ${oneLine(error.message)}` };
  return { ...place, rule: "must not give a key twice", got: /^[^\s:]*/.exec(text.slice(start))?.[0] };
}

function shapeProblems(document: Document, file: string, lineAt: (offset: number) => number): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  const report = (offset: number | undefined, rule: string, got?: unknown) =>
    problems.push({ file, line: lineAt(offset ?? 0), path: "", rule, got });
  visit(document, {
    Alias: (_key, node) => void report(node.range?.[0], "must be written out, not be an alias", `*${node.source}`),
    Pair: (_key, pair, path) => {
      if (path.length > DEEPEST) {
        report(undefined, TOO_DEEP);
        return visit.BREAK;
      }
      const { range, value } = pair.key as { range?: [number, number, number]; value?: unknown };
      if (typeof value !== "string")
        report(range?.[0], "must have text for a key, in quotes where it looks like a number", value);
      if (value === "__proto__") report(range?.[0], "is not a known key", value);
      return undefined;
    },
    Seq: (_key, _node, path) => {
      if (path.length <= DEEPEST) return undefined;
      report(undefined, TOO_DEEP);
      return visit.BREAK;
    },
  });
  return problems;
}

/** One unclosed bracket makes the parser complain about every bracket around it, in the same words. */
function withoutRepeats(problems: readonly ConfigProblem[]): ConfigProblem[] {
  const seen = problems.map(({ line, rule, got }) => JSON.stringify([line, rule, got]));
  return problems.filter((_problem, index) => seen.indexOf(seen[index] ?? "") === index);
}

function oneLine(message: string): string {
  return message.replace(/\s+/g, " ").trim();
}

/** `key:` with nothing behind it counts as not written, as where all lines under it are commented out; `key: null` is a choice. */
function markEmpty(document: Document): void {
  visit(document, {
    Pair: (_key, pair) => {
      const written = isScalar(pair.value)
        ? pair.value.value !== null || pair.value.source !== ""
        : pair.value !== null;
      if (!written) pair.value = new Scalar(undefined);
    },
  });
}

function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpty);
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(kept.map(([key, item]) => [key, withoutEmpty(item)]));
}

function offsetOf(document: Document, path: ValuePath): number {
  let node: unknown = document.contents;
  let offset = 0;
  for (const segment of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => String(isScalar(key) ? key.value : key) === String(segment));
      if (pair === undefined) break;
      if (isScalar(pair.key)) offset = pair.key.range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      const item: unknown = node.items[Number(segment)];
      if (item === undefined || isAlias(item)) break;
      offset = (item as { range?: [number, number, number] }).range?.[0] ?? offset;
      node = item;
    } else break;
  }
  return offset;
}
