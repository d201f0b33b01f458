import type { BinaryNode, Node, ReferenceNode, Step, TemplateNode } from "./node";
import type { Scanner } from "./scanner";

const IDENTIFIER = /[\p{L}_][\p{L}\p{N}_-]*/uy;
/** Names as nearly all are, which are found faster. */
const PLAIN_IDENTIFIER = /[A-Za-z_][\w-]*/y;
const LAST_ASCII = 0x7f;
const NUMBER = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const OPERATOR = /\|\||&&|==|!=|<=|>=|[<>+\-*/%]/y;

/** Operators by how tightly they bind. */
const PRECEDENCE: ReadonlyMap<string, number> = new Map([
  ["||", 0],
  ["&&", 1],
  ["==", 2],
  ["!=", 2],
  ["<", 3],
  [">", 3],
  ["<=", 3],
  [">=", 3],
  ["+", 4],
  ["-", 4],
  ["*", 5],
  ["/", 5],
  ["%", 5],
]);

const CONSTANTS: ReadonlyMap<string, boolean | null> = new Map([
  ["true", true],
  ["false", false],
  ["null", null],
]);

/** Reads expressions: the part of HCL's native syntax that may stand between `${` and `}`, heredocs left out. */
export class ExpressionParser {
  /**
   * @param quoted reads a template behind its opening quote, to behind its closing one
   * @param names names that loops around define; shared with the reader of directives
   */
  constructor(
    private readonly scanner: Scanner,
    private readonly quoted: () => TemplateNode,
    private readonly names: string[],
  ) {}

  /** Reads one expression. @throws {TemplateError} */
  read(): Node {
    return this.scanner.nested(() => {
      const condition = this.binary(0);
      if (!this.scanner.takes("?")) return condition;
      const then = this.read();
      this.scanner.expect(":");
      const otherwise = this.read();
      return { kind: "conditional", condition, then, otherwise, from: condition.from, to: otherwise.to };
    });
  }

  /** What follows `for`: the names it defines, which count from here on, and what it runs over. @throws {TemplateError} */
  forIntroduction(): { readonly names: readonly string[]; readonly source: Node } {
    const names = [this.identifier()];
    if (this.scanner.takes(",")) names.push(this.identifier());
    if (this.identifier() !== "in") this.scanner.refuse("`in`");
    return { names, source: this.read() };
  }

  /** Operators of at least this precedence, by climbing: each operand is read once, whatever its depth. */
  private binary(least: number): Node {
    let left = this.unary();
    for (let level = this.nextLevel(); level >= least; level = this.nextLevel()) {
      const rest: BinaryNode["rest"][number][] = [];
      for (let next = level; next === level; next = this.nextLevel()) {
        const operator = this.scanner.match(OPERATOR) ?? this.scanner.refuse("an operator");
        rest.push({ operator, operand: this.binary(level + 1) });
      }
      left = { kind: "binary", first: left, rest, from: left.from, to: rest.at(-1)?.operand.to ?? left.to };
    }
    return left;
  }

  /** Precedence of the operator that comes next; -1 when none does. */
  private nextLevel(): number {
    this.scanner.space();
    const before = this.scanner.position;
    const found = this.scanner.match(OPERATOR);
    this.scanner.position = before;
    return found === undefined ? -1 : (PRECEDENCE.get(found) ?? -1);
  }

  private unary(): Node {
    this.scanner.space();
    const from = this.scanner.position;
    const operator = this.scanner.match(/[!-]/y);
    if (operator !== "!" && operator !== "-") return this.access();
    const operand = this.scanner.nested(() => this.unary());
    return { kind: "unary", operator, operand, from, to: operand.to };
  }

  private access(): Node {
    const target = this.primary();
    const steps = this.steps();
    const to = this.scanner.position;
    if (target.kind === "reference") return { ...target, steps, to };
    return steps.length === 0 ? target : { kind: "access", target, steps, from: target.from, to };
  }

  private steps(): readonly Step[] {
    const { scanner } = this;
    const steps: Step[] = [];
    for (;;) {
      const before = scanner.position;
      scanner.space();
      if (scanner.sees(".") && !scanner.sees("...")) steps.push(this.named());
      else if (scanner.takes("[")) steps.push(this.index());
      else {
        scanner.position = before;
        return steps;
      }
    }
  }

  private named(): Step {
    this.scanner.expect(".");
    if (this.scanner.takes("*")) return { splat: true };
    const number = this.scanner.match(/\d+/y);
    return number === undefined ? { name: this.identifier() } : { index: Number(number) };
  }

  private index(): Step {
    const { scanner } = this;
    const before = scanner.position;
    if (scanner.takes("*") && scanner.takes("]")) return { splat: true };
    scanner.position = before;
    const node = this.read();
    scanner.expect("]");
    const literal = literalOf(node);
    return typeof literal === "string" || typeof literal === "number" ? { index: literal } : { computed: node };
  }

  private primary(): Node {
    const { scanner } = this;
    scanner.space();
    const from = scanner.position;
    const number = scanner.match(NUMBER);
    if (number !== undefined) return { kind: "literal", value: Number(number), from, to: scanner.position };
    if (scanner.takes('"')) return { ...this.quoted(), from };
    if (scanner.takes("(")) return this.parenthesised();
    if (scanner.takes("[")) return this.list(from);
    if (scanner.takes("{")) return this.object(from);
    return this.word(from);
  }

  private parenthesised(): Node {
    const inner = this.read();
    this.scanner.expect(")");
    return inner.kind === "reference"
      ? { kind: "access", target: inner, steps: [], from: inner.from, to: inner.to }
      : inner;
  }

  private list(from: number): Node {
    const loop = this.loop("]", from);
    if (loop !== undefined) return loop;
    const items: Node[] = [];
    while (!this.scanner.takes("]")) {
      items.push(this.read());
      if (!this.scanner.takes(",")) {
        this.scanner.expect("]");
        break;
      }
    }
    return { kind: "list", items, from, to: this.scanner.position };
  }

  private object(from: number): Node {
    const loop = this.loop("}", from);
    if (loop !== undefined) return loop;
    const entries: { key: Node; value: Node }[] = [];
    while (!this.scanner.takes("}")) {
      const key = this.key();
      if (!this.scanner.takes("=")) this.scanner.expect(":");
      entries.push({ key, value: this.read() });
      this.scanner.takes(",");
    }
    return { kind: "object", entries, from, to: this.scanner.position };
  }

  /** A bare word names a key, whatever else it could mean. */
  private key(): Node {
    const node = this.access();
    if (node.kind !== "reference" || node.steps.length > 0) return node;
    return { kind: "literal", value: node.root, from: node.from, to: node.to };
  }

  /** `for … : …` in brackets, behind the opening one; undefined, and nothing is read, when something else stands there. */
  private loop(end: "]" | "}", from: number): Node | undefined {
    const { scanner } = this;
    const before = scanner.position;
    scanner.space();
    if (scanner.match(/for\s+(?=[\p{L}_][\p{L}\p{N}_-]*\s*(?:,|in\b))/uy) === undefined) {
      scanner.position = before;
      return undefined;
    }
    const { names, source } = this.forIntroduction();
    const around = this.names.length;
    this.names.push(...names);
    scanner.expect(":");
    const children = [source, this.read()];
    if (scanner.takes("=>")) children.push(this.read());
    scanner.takes("...");
    if (scanner.takes("if")) children.push(this.read());
    scanner.expect(end);
    this.names.length = around;
    return { kind: "opaque", children, from, to: scanner.position };
  }

  private word(from: number): Node {
    const { scanner } = this;
    let word = this.identifier();
    while (scanner.sees("::")) {
      scanner.position += 2;
      word += `::${this.identifier()}`;
    }
    if (scanner.sees("(")) return this.call(word, from);
    const constant = CONSTANTS.get(word);
    const to = scanner.position;
    if (constant !== undefined) return { kind: "literal", value: constant, from, to };
    return {
      kind: "reference",
      root: word,
      steps: [],
      bound: this.names.includes(word),
      from,
      to,
    } satisfies ReferenceNode;
  }

  private call(name: string, from: number): Node {
    const { scanner } = this;
    scanner.expect("(");
    const args: Node[] = [];
    let expanded = false;
    while (!scanner.takes(")")) {
      args.push(this.read());
      expanded ||= scanner.takes("...");
      if (!scanner.takes(",")) {
        scanner.expect(")");
        break;
      }
    }
    return { kind: "call", name, args, expanded, from, to: scanner.position };
  }

  private identifier(): string {
    this.scanner.space();
    const { scanner } = this;
    const plain = scanner.match(PLAIN_IDENTIFIER);
    if (plain !== undefined && !(scanner.source.charCodeAt(scanner.position) > LAST_ASCII)) return plain;
    scanner.position -= plain?.length ?? 0;
    return scanner.match(IDENTIFIER) ?? scanner.refuse("a name");
  }
}

/** The literal that a node is, texts without expressions included; undefined for all else. */
export function literalOf(node: Node): string | number | boolean | null | undefined {
  if (node.kind === "literal") return node.value;
  if (node.kind !== "template") return undefined;
  const [first, second] = node.parts;
  if (first === undefined) return "";
  return second === undefined && first.kind === "literal" ? first.value : undefined;
}
