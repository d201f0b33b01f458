import { Unresolved } from "../unresolved";
import { encodeJson } from "./encode-json";
import { booleanOf, FUNCTIONS, isScalar, textOf } from "./functions";
import { childrenOf } from "./node";
import type { CallNode, ConditionalNode, Node, ReferenceNode, Step, TemplateNode } from "./node";
import { OPERATORS } from "./operators";
import { parseTemplate } from "./parse-template";
import type { Scope } from "./scope";
import { escapeTemplate, mayBeTemplate } from "./template-text";

/** Roots of references to what is neither a resource nor known before Terraform runs. */
const NAMELESS: ReadonlySet<string> = new Set(["count", "each", "self", "path", "terraform"]);

/**
 * What a template comes to before Terraform runs: a literal where every expression in it is plain, else an `Unresolved` with
 * its references, in whose text variables and locals are replaced as far as they are known.
 *
 * Plain are literals, variables and locals that the scope knows, operators, conditions, and functions that rearrange what is
 * there. `jsonencode` and `yamlencode` become JSON, also where parts of it are not known: see `encodeJson`.
 *
 * @throws {TemplateError} when Terraform could not read it either
 */
export function resolveTemplate(source: string, scope: Scope): unknown {
  if (!mayBeTemplate(source)) return source;
  return new Evaluator(source, scope).evaluate(parseTemplate(source));
}

class Evaluator {
  constructor(
    private readonly source: string,
    private readonly scope: Scope,
  ) {}

  evaluate(node: Node): unknown {
    switch (node.kind) {
      case "literal":
        return node.value;
      case "template":
        return this.template(node);
      case "interpolation":
        return this.evaluate(node.expression);
      case "reference":
        return this.reference(node);
      case "list":
        return node.items.map((item) => this.evaluate(item));
      case "object":
        return this.object(node);
      case "call":
        return this.call(node) ?? this.later(node);
      case "conditional":
        return this.conditional(node);
      case "binary":
      case "unary":
        return this.computed(node) ?? this.later(node);
      case "access":
        return this.follow(this.evaluate(node.target), node.steps) ?? this.later(node);
      case "opaque":
        return this.later(node);
    }
  }

  private template(node: TemplateNode): unknown {
    const [only] = node.parts;
    if (only === undefined) return "";
    if (node.parts.length === 1) return this.evaluate(only);
    if (node.directives) return this.later(node);
    return (
      concatenated(
        node.parts.map((part) => this.evaluate(part)),
        "",
      ) ?? this.later(node)
    );
  }

  private object(node: Node & { readonly kind: "object" }): unknown {
    const entries = node.entries.map(({ key, value }) => [this.evaluate(key), this.evaluate(value)] as const);
    if (!entries.every(([key]) => isScalar(key))) return this.later(node);
    return Object.fromEntries(entries.map(([key, value]) => [String(key), value]));
  }

  private conditional(node: ConditionalNode): unknown {
    const condition = booleanOf(this.evaluate(node.condition));
    if (condition === undefined) return this.later(node);
    return this.evaluate(condition ? node.then : node.otherwise);
  }

  private computed(node: Node): unknown {
    if (node.kind === "unary") return OPERATORS[`unary ${node.operator}`]?.(this.evaluate(node.operand));
    if (node.kind !== "binary") return undefined;
    return node.rest.reduce<unknown>(
      (left, { operator, operand }) =>
        left === undefined ? undefined : OPERATORS[operator]?.(left, this.evaluate(operand)),
      this.evaluate(node.first),
    );
  }

  private call(node: CallNode): unknown {
    if (node.expanded) return undefined;
    const args = node.args.map((arg) => this.evaluate(arg));
    const [first] = args;
    if (node.name === "jsonencode" || node.name === "yamlencode")
      return first === undefined || first instanceof Unresolved ? undefined : encodeJson(first);
    if (node.name === "join")
      return typeof first === "string" && Array.isArray(args[1]) ? concatenated(args[1], first) : undefined;
    return Object.hasOwn(FUNCTIONS, node.name) ? FUNCTIONS[node.name]?.(args) : undefined;
  }

  private reference(node: ReferenceNode): unknown {
    const value = this.known(node);
    return value === undefined ? this.later(node) : value;
  }

  /** What a variable or local is at the end of the way. */
  private known({ root, steps, bound }: ReferenceNode): unknown {
    const [first] = steps;
    if (bound || (root !== "var" && root !== "local") || first === undefined || !("name" in first)) return undefined;
    const value = this.scope.value(root, first.name);
    return value === undefined ? undefined : this.follow(value, steps.slice(1));
  }

  private follow(start: unknown, steps: readonly Step[]): unknown {
    let value = start;
    for (const [index, step] of steps.entries()) {
      if (value instanceof Unresolved) return this.extended(value, steps.slice(index));
      const key = "name" in step ? step.name : this.indexOf(step);
      if (key === undefined || typeof value !== "object" || value === null || !Object.hasOwn(value, key))
        return undefined;
      value = (value as Readonly<Record<string | number, unknown>>)[key];
    }
    return value;
  }

  /** The way on from a local that is itself a reference, and nothing more. */
  private extended({ references, text }: Unresolved, steps: readonly Step[]): unknown {
    const [reference] = references;
    if (reference === undefined || text !== `\${${reference}}`) return undefined;
    const longer = `${reference}${this.written(steps)}`;
    return new Unresolved([longer], `\${${longer}}`);
  }

  /** What only Terraform knows, as it is written. */
  private later(node: Node): Unresolved {
    const text = this.source.slice(node.from, node.to);
    const whole = text.startsWith("%{") || (node.kind === "template" && !text.startsWith('"'));
    return new Unresolved([...this.referencesIn(node)], whole ? text : `\${${text}}`);
  }

  private referencesIn(node: Node): ReadonlySet<string> {
    const found = new Set<string>();
    const open: Node[] = [node];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      pushReversed(open, childrenOf(next));
      if (next.kind === "reference") this.referencesOf(next).forEach((reference) => found.add(reference));
    }
    return found;
  }

  private referencesOf(node: ReferenceNode): readonly string[] {
    const { root, steps, bound } = node;
    const iterated = this.scope.iterators.get(root);
    if (bound || iterated !== undefined || NAMELESS.has(root) || steps.length === 0) return iterated ?? [];
    const value = this.known(node) ?? this.local(node);
    return value === undefined ? [`${root}${this.written(steps)}`] : referencesWithin(value);
  }

  /** The whole of a local, for the references in it. */
  private local({ root, steps: [first] }: ReferenceNode): unknown {
    return root === "local" && first !== undefined && "name" in first ? this.scope.value(root, first.name) : undefined;
  }

  private written(steps: readonly Step[]): string {
    return steps.map((step) => ("name" in step ? `.${step.name}` : `[${indexText(this.indexOf(step))}]`)).join("");
  }

  private indexOf(step: Exclude<Step, { readonly name: string }>): string | number | undefined {
    if ("splat" in step) return undefined;
    const index = "index" in step ? step.index : this.evaluate(step.computed);
    return typeof index === "string" || typeof index === "number" ? index : undefined;
  }
}

function indexText(index: string | number | undefined): string {
  return index === undefined ? "*" : JSON.stringify(index);
}

/** Values in a row as one text; undefined when one of them is no text. */
function concatenated(values: readonly unknown[], separator: string): string | Unresolved | undefined {
  const texts = values.map((value) => (value instanceof Unresolved ? value : textOf(value)));
  if (texts.every((text) => typeof text === "string")) return texts.join(separator);
  const templates = texts.map((text) => (text instanceof Unresolved ? text.text : text && escapeTemplate(text)));
  if (templates.includes(undefined)) return undefined;
  return new Unresolved(referencesWithin(values), templates.join(escapeTemplate(separator)));
}

/** The references in a value, each once. */
export function referencesWithin(value: unknown): readonly string[] {
  const found = new Set<string>();
  const open: unknown[] = [value];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next instanceof Unresolved) next.references.forEach((reference) => found.add(reference));
    else if (typeof next === "object" && next !== null) pushReversed(open, Object.values(next));
  }
  return [...found];
}

function pushReversed<Item>(list: Item[], items: readonly Item[]): void {
  for (let index = items.length - 1; index >= 0; index--) list.push(items[index] as Item);
}
