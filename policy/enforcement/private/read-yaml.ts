import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, visit } from "yaml";
import type { Document } from "yaml";
import { PolicyInputError } from "../policy-input-error";
import type { PolicyProblem } from "../policy-input-error";
import { reasonOf } from "../reason-of";

/** Keys of maps as text, positions in lists as numbers. */
export type ValuePath = readonly PropertyKey[];

/** A file that was read. */
export interface SourceText {
  /** What it says: plain data. */
  readonly value: unknown;
  /** File and line of the value at a path, or of the nearest key around it: `waivers.yaml:4`. */
  whereIs(path: ValuePath): string;
}

/**
 * Reads YAML. Duplicate keys, aliases, tags and several documents are refused, so that a value stands in one place and the
 * line in a message is the line to mend. A file that says nothing gives undefined.
 *
 * @throws PolicyInputError with everything that keeps it from being read
 */
export function readYaml(text: string, file: string): SourceText {
  const lines = new LineCounter();
  const whereAt = (offset: number): string => `${file}:${Math.max(1, lines.linePos(offset).line)}`;
  try {
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: "error" });
    const problems = [
      ...[...document.errors, ...document.warnings].map(({ pos, code, message }) => ({
        where: whereAt(pos[0]),
        message:
          code === "MULTIPLE_DOCS" ? "must hold one YAML document, not several" : `must be valid YAML: ${message}`,
      })),
      ...aliases(document, whereAt),
    ];
    if (problems.length > 0) throw new PolicyInputError(problems);
    const value = (document.toJS() as unknown) ?? undefined;
    return { value, whereIs: (path) => whereAt(offsetOf(document, path)) };
  } catch (error) {
    if (error instanceof PolicyInputError) throw error;
    throw new PolicyInputError([{ where: file, message: `must be YAML that can be read: ${reasonOf(error)}` }]);
  }
}

function aliases(document: Document, whereAt: (offset: number) => string): readonly PolicyProblem[] {
  const found: PolicyProblem[] = [];
  visit(document, {
    Alias: (_key, { source, range }) => {
      found.push({ where: whereAt(range?.[0] ?? 0), message: `must be written out, not be the alias *${source}` });
    },
  });
  return found;
}

function offsetOf(document: Document, path: ValuePath): number {
  let node: unknown = document.contents;
  let offset = 0;
  for (const segment of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(segment));
      if (!pair) break;
      offset = (isScalar(pair.key) ? pair.key.range?.[0] : undefined) ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      const item: unknown = node.items[Number(segment)];
      if (item === undefined || isAlias(item)) break;
      offset = (item as { range?: readonly number[] }).range?.[0] ?? offset;
      node = item;
    } else break;
  }
  return offset;
}
