/** How a matcher compares. */
export type MatchOperator = "=" | "!=" | "=~" | "!~";

/** One condition on a label. */
export interface LabelMatcher {
  /** Name of the label. */
  readonly label: string;
  /** How it is compared. */
  readonly operator: MatchOperator;
  /** With what, after escapes are undone. */
  readonly value: string;
}

/** `metric{label="value"}`. */
export interface SelectorExpression {
  readonly kind: "selector";
  /** Name of the series; undefined: the selector names none, or names it by a regular expression. */
  readonly metric: string | undefined;
  /** Conditions on its labels; that on its name is among them where `metric` is undefined. */
  readonly matchers: readonly LabelMatcher[];
}

/** `inner[5m]` and `inner[1h:5m]`: samples of a time. */
export interface RangeExpression {
  readonly kind: "range";
  readonly inner: PromqlExpression;
}

/** `sum by (label) (inner)` and its like. */
export interface AggregateExpression {
  readonly kind: "aggregate";
  /** `sum`, `topk`, … */
  readonly operator: string;
  /** Labels that are kept or dropped; undefined: none is kept. */
  readonly grouping: { readonly mode: "by" | "without"; readonly labels: readonly string[] } | undefined;
  /** What stands before the last argument: the 5 of `topk(5, x)`. */
  readonly parameters: readonly PromqlExpression[];
  readonly inner: PromqlExpression;
}

/** `function(argument, …)`. */
export interface CallExpression {
  readonly kind: "call";
  readonly name: string;
  readonly arguments: readonly PromqlExpression[];
}

/** How two vectors find each other. */
export interface VectorMatching {
  /** `on`: by these labels alone; `ignoring`: by all but these. */
  readonly mode: "on" | "ignoring";
  readonly labels: readonly string[];
  /** Side that may have many series for one of the other, and labels it takes from there. */
  readonly group: { readonly side: "left" | "right"; readonly labels: readonly string[] } | undefined;
}

/** `left operator right`. */
export interface BinaryExpression {
  readonly kind: "binary";
  /** `+`, `>`, `and`, … */
  readonly operator: string;
  /** True for a comparison that yields 0 and 1 instead of leaving out. */
  readonly bool: boolean;
  readonly matching: VectorMatching | undefined;
  readonly left: PromqlExpression;
  readonly right: PromqlExpression;
}

/** A number. */
export interface NumberExpression {
  readonly kind: "number";
}

/** A text: an argument of a function. */
export interface StringExpression {
  readonly kind: "string";
  /** The text after escapes are undone. */
  readonly value: string;
}

/** A query as data. Parentheses, signs, `offset` and `@` change neither series nor labels and are left out. */
export type PromqlExpression =
  | SelectorExpression
  | RangeExpression
  | AggregateExpression
  | CallExpression
  | BinaryExpression
  | NumberExpression
  | StringExpression;

/** Expressions directly inside one. */
export function innerExpressions(expression: PromqlExpression): readonly PromqlExpression[] {
  switch (expression.kind) {
    case "range":
      return [expression.inner];
    case "aggregate":
      return [...expression.parameters, expression.inner];
    case "call":
      return expression.arguments;
    case "binary":
      return [expression.left, expression.right];
    default:
      return [];
  }
}

/** An expression and all inside it, outer ones first. */
export function allExpressions(expression: PromqlExpression): readonly PromqlExpression[] {
  return [expression, ...innerExpressions(expression).flatMap(allExpressions)];
}

/** Selectors of an expression, from left to right. */
export function selectorsOf(expression: PromqlExpression): readonly SelectorExpression[] {
  return allExpressions(expression).filter((part) => part.kind === "selector");
}
