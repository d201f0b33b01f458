import { resolveTemplate, referencesWithin } from "./expressions/evaluate";
import { isScalar } from "./expressions/functions";
import { EMPTY_SCOPE } from "./expressions/scope";
import { TemplateError } from "./expressions/template-error";
import { escapeTemplate, piecesOf } from "./expressions/template-text";
import type { TemplatePiece } from "./expressions/template-text";
import { Unresolved } from "./unresolved";
import { Value } from "./value";

/** Lists and objects in each other; JSON that goes deeper counts as malformed. */
const DEEPEST = 200;

/**
 * What a text of JSON says, such as a policy, a template of CloudFormation or the values of a chart. Expressions may stand in
 * it, in texts and in place of whole values: they are `Unresolved` in the result.
 *
 * @returns undefined when it is no text, no JSON, or known only later as a whole
 */
export function readJsonText(value: Value): Value | undefined {
  const { literal, text } = value;
  const content = typeof literal === "string" ? parse(literal) : text === undefined ? undefined : readTemplate(text);
  const isKnown = content !== undefined && !(content instanceof Unresolved);
  return isKnown ? new Value(value.stack, value.path, content) : undefined;
}

function readTemplate(template: string): unknown {
  try {
    // `jsonencode(…)` becomes the text that it makes.
    const made = resolveTemplate(template, EMPTY_SCOPE);
    if (made instanceof Unresolved) return new MaskedJson(piecesOf(made.text ?? template)).read();
    return typeof made === "string" ? parse(made) : undefined;
  } catch (error) {
    if (error instanceof TemplateError) return undefined;
    throw error;
  }
}

function parse(text: string): unknown {
  try {
    const content = JSON.parse(text) as unknown;
    return isTooDeep(content) ? undefined : content;
  } catch {
    return undefined;
  }
}

function isTooDeep(content: unknown): boolean {
  const open = [{ content, depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next.content !== "object" || next.content === null) continue;
    if (next.depth === DEEPEST) return true;
    for (const inner of Object.values(next.content)) open.push({ content: inner, depth: next.depth + 1 });
  }
  return false;
}

/** JSON in which numbered masks stand for expressions, since quotes and braces of these would break it. */
class MaskedJson {
  private readonly expressions: string[] = [];
  /** What expressions come to, by their text. */
  private readonly values = new Map<string, unknown>();
  private readonly mask: string;
  private quoted = false;

  constructor(private readonly pieces: readonly TemplatePiece[]) {
    this.mask = unusedCharacter(pieces);
  }

  read(): unknown {
    const text = this.pieces.map((piece) => ("text" in piece ? this.text(piece.text) : this.masked(piece.expression)));
    const content = parse(text.join(""));
    return content === undefined ? undefined : this.filled(content);
  }

  private text(text: string): string {
    for (const [found] of text.matchAll(/\\.|"/gs)) if (found === '"') this.quoted = !this.quoted;
    return text;
  }

  private masked(expression: string): string {
    this.expressions.push(expression);
    const masked = `${this.mask}${this.expressions.length - 1}${this.mask}`;
    return this.quoted ? masked : `"${masked}"`;
  }

  private filled(content: unknown): unknown {
    if (typeof content === "string") return this.filledText(content);
    if (typeof content !== "object" || content === null) return content;
    if (Array.isArray(content)) return content.map((item) => this.filled(item));
    return Object.fromEntries(
      Object.entries(content).map(([key, item]) => [String(this.filledText(key)), this.filled(item)]),
    );
  }

  /** Texts and expressions take turns between the masks. */
  private filledText(masked: string): unknown {
    if (!masked.includes(this.mask)) return masked;
    const parts = masked
      .split(this.mask)
      .map((part, index) => (index % 2 === 0 ? part : this.expression(Number(part))));
    const [before, only, after] = parts;
    if (parts.length === 3 && before === "" && after === "") return only;
    if (parts.every(isScalar)) return parts.join("");
    const texts = parts.map((part) => (part instanceof Unresolved ? part.toString() : escapeTemplate(String(part))));
    return new Unresolved(referencesWithin(parts), texts.join(""));
  }

  private expression(index: number): unknown {
    const text = this.expressions[index] ?? "";
    if (!this.values.has(text)) this.values.set(text, resolveTemplate(text, EMPTY_SCOPE));
    return this.values.get(text);
  }
}

/** The first character of the private use area that the texts do not use. */
function unusedCharacter(pieces: readonly TemplatePiece[]): string {
  const used = new Set(
    pieces.flatMap((piece) => ("text" in piece ? (piece.text.match(/[\uE000-\uF8FF]/g) ?? []) : [])),
  );
  for (let code = 0xe000; code < 0xf8ff; code++) {
    const character = String.fromCharCode(code);
    if (!used.has(character)) return character;
  }
  return "\uF8FF";
}
