import { ExpressionParser } from "./expression-parser";
import type { Node, TemplateNode } from "./node";
import { Scanner } from "./scanner";

/**
 * Reads a template of Terraform's: a string of its JSON syntax, where `${…}` are expressions and `$${` is the text `${`.
 *
 * @throws {TemplateError} when Terraform could not read it either, or it is nested more than 150 levels deep
 */
export function parseTemplate(source: string): TemplateNode {
  return new TemplateParser(new Scanner(source)).read(false);
}

/** A template while it is read. */
interface Draft {
  readonly parts: Node[];
  directives: boolean;
  /** Text since the last expression. */
  text: string;
  textFrom: number;
  /** Whether white space at the beginning of the text goes, because of `~}` before it. */
  trimmed: boolean;
}

class TemplateParser {
  private readonly expressions: ExpressionParser;
  /** Names that the directives around define. */
  private readonly names: string[] = [];

  constructor(private readonly scanner: Scanner) {
    this.expressions = new ExpressionParser(scanner, () => this.scanner.nested(() => this.read(true)), this.names);
  }

  /** Reads to the end of the text, or to the quote that ends it. */
  read(quoted: boolean): TemplateNode {
    const { scanner } = this;
    const from = scanner.position;
    const draft: Draft = { parts: [], directives: false, text: "", textFrom: from, trimmed: false };
    const special = quoted ? /["\\]|[$%]\{/g : /[$%]\{/g;
    for (;;) {
      special.lastIndex = scanner.position;
      const found = special.exec(scanner.source);
      if (found === null && quoted) scanner.refuse("a quote that ends the text");
      const start = scanner.position;
      draft.text += scanner.source.slice(start, found?.index);
      scanner.position = found === null ? scanner.source.length : found.index + found[0].length;
      if (found === null || found[0] === '"') break;
      if (found[0] === "\\") draft.text += this.escaped();
      else if (found.index > start && scanner.source[found.index - 1] === found[0][0]) draft.text += "{";
      else this.piece(draft, found[0] === "%{", found.index);
    }
    endText(draft, scanner.position);
    return { kind: "template", parts: draft.parts, directives: draft.directives, from, to: scanner.position };
  }

  private piece(draft: Draft, directive: boolean, from: number): void {
    const { scanner } = this;
    if (scanner.sees("~")) {
      scanner.position++;
      draft.text = trimmedEnd(draft.text);
    }
    endText(draft, from);
    const children = directive ? this.directive() : undefined;
    const expression = children === undefined ? this.expressions.read() : undefined;
    const trimmed = scanner.takes("~");
    scanner.expect("}");
    const to = scanner.position;
    if (expression !== undefined) draft.parts.push({ kind: "interpolation", expression, from, to });
    else draft.parts.push({ kind: "opaque", children: children ?? [], from, to });
    draft.directives ||= directive;
    draft.trimmed = trimmed;
    draft.textFrom = to;
  }

  /** `if`, `else`, `endif`, `for` and `endfor`, which are read as they come: their order is Terraform's affair. */
  private directive(): readonly Node[] {
    const { scanner, expressions } = this;
    const children: Node[] = [];
    scanner.space();
    const word = scanner.match(/[a-z]+/y);
    if (word === "if") children.push(expressions.read());
    else if (word === "for") {
      const { names, source } = expressions.forIntroduction();
      children.push(source);
      this.names.push(BORDER, ...names);
    } else if (word === "endfor") {
      while (this.names.length > 0 && this.names.pop() !== BORDER);
    } else if (word !== "else" && word !== "endif") scanner.refuse("`if`, `else`, `endif`, `for` or `endfor`");
    return children;
  }

  /** What a backslash and the characters behind it stand for. */
  private escaped(): string {
    const { scanner } = this;
    const code = scanner.match(/u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}/y);
    if (code !== undefined) return characterOf(code) ?? scanner.refuse("the code of a character");
    const character = scanner.match(/[nrt"\\]/y) ?? scanner.refuse("an escape sequence");
    return ESCAPES.get(character) ?? character;
  }
}

/** Between the names of one loop and those of the loop around it. */
const BORDER = "";

/** Escape sequences that stand for another character than themselves. */
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
]);

function characterOf(code: string): string | undefined {
  const number = Number.parseInt(code.slice(1), 16);
  return number > 0x10ffff ? undefined : String.fromCodePoint(number);
}

function endText(draft: Draft, to: number): void {
  const value = draft.trimmed ? trimmedStart(draft.text) : draft.text;
  if (value !== "") draft.parts.push({ kind: "literal", value, from: draft.textFrom, to });
  draft.text = "";
  draft.trimmed = false;
}

/** Terraform trims one line: the white space before it, or its end, stays. */
function trimmedEnd(text: string): string {
  const line = text.lastIndexOf("\n", text.length - 2) + 1;
  return text.slice(0, line) + text.slice(line).trimEnd();
}

function trimmedStart(text: string): string {
  const end = text.indexOf("\n") + 1 || text.length;
  return text.slice(0, end).trimStart() + text.slice(end);
}
