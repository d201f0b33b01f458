import type { SyntaxNode } from "@lezer/common";
import { parser } from "@prometheus-io/lezer-promql";
import type {
  AggregateExpression,
  BinaryExpression,
  LabelMatcher,
  MatchOperator,
  PromqlExpression,
  SelectorExpression,
  VectorMatching,
} from "./promql-expression";
import { PromqlSyntaxError } from "./promql-syntax-error";

/**
 * A query as data.
 *
 * @throws PromqlSyntaxError `INVALID_PROMQL`, with the place
 * @see https://prometheus.io/docs/prometheus/latest/querying/basics/
 */
export function parsePromql(query: string): PromqlExpression {
  const tree = parser.parse(query);
  const cursor = tree.cursor();
  do {
    if (cursor.type.isError) throw new PromqlSyntaxError(query, placeOfError(query, cursor.from));
  } while (cursor.next());
  const top = tree.topNode.getChild("Expr");
  if (top === null) throw new PromqlSyntaxError(query, 0);
  return new PromqlReader(query).expression(top);
}

/** The parser puts an error before the blanks that lead to it. */
function placeOfError(query: string, from: number): number {
  const rest = query.slice(from);
  return from + (rest.length - rest.trimStart().length);
}

/** Turns the tree of the parser into expressions. */
class PromqlReader {
  constructor(private readonly query: string) {}

  expression(node: SyntaxNode): PromqlExpression {
    switch (node.name) {
      case "VectorSelector":
        return this.selector(node);
      case "MatrixSelector":
      case "SubqueryExpr":
        return { kind: "range", inner: this.inner(node) };
      case "AggregateExpr":
        return this.aggregate(node);
      case "FunctionCall":
        return { kind: "call", name: this.textOf(node, "FunctionIdentifier"), arguments: this.bodyOf(node) };
      case "BinaryExpr":
        return this.binary(node);
      case "NumberDurationLiteral":
        return { kind: "number" };
      case "StringLiteral":
        return { kind: "string", value: this.string(node) };
      default:
        return this.inner(node);
    }
  }

  private inner(node: SyntaxNode): PromqlExpression {
    return this.expression(node.getChild("Expr") ?? this.fail(node));
  }

  private selector(node: SyntaxNode): SelectorExpression {
    const identifier = node.getChild("Identifier");
    const list = node.getChild("LabelMatchers");
    const matchers = [
      ...(list?.getChildren("UnquotedLabelMatcher") ?? []).map((matcher) => this.matcher(matcher, "LabelName")),
      ...(list?.getChildren("QuotedLabelMatcher") ?? []).map((matcher) => this.matcher(matcher, "QuotedLabelName")),
    ];
    const byMatcher = matchers.find(({ label, operator }) => label === NAME_LABEL && operator === "=")?.value;
    const quoted = list?.getChild("QuotedLabelName");
    const metric = identifier ? this.text(identifier) : quoted ? this.name(quoted) : byMatcher;
    if (metric === undefined && matchers.every(takesNothing)) this.fail(node, "a selector must name something");
    const others = matchers.filter(({ label }) => label !== NAME_LABEL);
    return { kind: "selector", metric, matchers: metric === undefined ? matchers : others };
  }

  private matcher(node: SyntaxNode, nameNode: string): LabelMatcher {
    const label = this.name(node.getChild(nameNode) ?? this.fail(node));
    const operator = this.textOf(node, "MatchOp") as MatchOperator;
    const value = this.string(node.getChild("StringLiteral") ?? this.fail(node));
    if (operator.endsWith("~") && !isPattern(value)) this.fail(node, "a regular expression must be one");
    return { label, operator, value };
  }

  private aggregate(node: SyntaxNode): AggregateExpression {
    const modifier = node.getChild("AggregateModifier");
    const all = this.bodyOf(node);
    const operator = this.textOf(node, "AggregateOp");
    const expected = PARAMETERISED.has(operator) ? 2 : 1;
    if (all.length !== expected) this.fail(node, `\`${operator}\` takes ${expected} argument(s), not ${all.length}`);
    return {
      kind: "aggregate",
      operator,
      grouping: modifier
        ? { mode: modifier.getChild("By") ? "by" : "without", labels: this.labels(modifier.getChild("GroupingLabels")) }
        : undefined,
      parameters: all.slice(0, -1),
      inner: all.at(-1) ?? this.fail(node),
    };
  }

  private binary(node: SyntaxNode): BinaryExpression {
    const [left, right] = node.getChildren("Expr");
    const operator = left?.nextSibling;
    if (!left || !right || !operator) return this.fail(node);
    const clause = node.getChild("MatchingModifierClause");
    return {
      kind: "binary",
      operator: this.text(this.afterComments(operator)),
      bool: node.getChild("BoolModifier") !== null,
      matching: clause ? this.matching(clause) : undefined,
      left: this.expression(left),
      right: this.expression(right),
    };
  }

  private afterComments(node: SyntaxNode): SyntaxNode {
    return node.name === "LineComment" && node.nextSibling ? this.afterComments(node.nextSibling) : node;
  }

  private matching(clause: SyntaxNode): VectorMatching {
    const [labels, included] = clause.getChildren("GroupingLabels");
    const side = clause.getChild("GroupLeft") ? "left" : "right";
    const grouped = clause.getChild("GroupLeft") ?? clause.getChild("GroupRight");
    return {
      mode: clause.getChild("On") ? "on" : "ignoring",
      labels: this.labels(labels),
      group: grouped ? { side, labels: this.labels(included) } : undefined,
    };
  }

  private bodyOf(node: SyntaxNode): readonly PromqlExpression[] {
    return (node.getChild("FunctionCallBody")?.getChildren("Expr") ?? []).map((child) => this.expression(child));
  }

  private labels(node: SyntaxNode | null | undefined): readonly string[] {
    const names: string[] = [];
    for (let child = node?.firstChild; child; child = child.nextSibling) {
      if (child.name === "LabelName" || child.name === "QuotedLabelName") names.push(this.name(child));
    }
    return names;
  }

  /** A name of a label or a metric, with quotes around it or without. */
  private name(node: SyntaxNode): string {
    const quoted = node.getChild("StringLiteral");
    return quoted ? this.string(quoted) : this.text(node);
  }

  private string(node: SyntaxNode): string {
    const text = this.text(node);
    const quote = text[0];
    if (text.length < 2 || text.at(-1) !== quote) this.fail(node, "a text must end with the quote it starts with");
    const body = text.slice(1, -1);
    return quote === "`" ? body : body.replace(/\\(.)/gs, (_all, escaped: string) => ESCAPES[escaped] ?? escaped);
  }

  private textOf(node: SyntaxNode, child: string): string {
    return this.text(node.getChild(child) ?? this.fail(node));
  }

  private text(node: SyntaxNode): string {
    return this.query.slice(node.from, node.to);
  }

  private fail(node: SyntaxNode, reason?: string): never {
    throw new PromqlSyntaxError(this.query, node.from, reason);
  }
}

/** Prometheus refuses a selector that everything would pass, since it would read every series. */
function takesNothing({ operator, value }: LabelMatcher): boolean {
  if (operator === "=") return value === "";
  if (operator === "!=") return value !== "";
  const matchesEmpty = new RegExp(`^(?:${withoutFlags(value)})$`).test("");
  return operator === "=~" ? matchesEmpty : !matchesEmpty;
}

function isPattern(value: string): boolean {
  try {
    return new RegExp(withoutFlags(value)) !== undefined;
  } catch {
    return false;
  }
}

/** Go takes flags at the start of a pattern, and names groups in its own way. */
function withoutFlags(pattern: string): string {
  return pattern.replace(/^\(\?[imsU]+\)/, "").replaceAll("(?P<", "(?<");
}

const NAME_LABEL = "__name__";
const PARAMETERISED = new Set(["topk", "bottomk", "quantile", "count_values", "limitk", "limit_ratio"]);
const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r" };
