import type {
  AggregateExpression,
  BinaryExpression,
  CallExpression,
  PromqlExpression,
  SelectorExpression,
} from "./promql-expression";

/** Labels of the series that an expression yields. */
export interface LabelSet {
  /** Names that may occur; undefined: any. */
  readonly names: readonly string[] | undefined;
  /** True where the names are all that a series has or may lack; false where they only bound it from above. */
  readonly exact: boolean;
}

/** Labels of the series that a selector finds. */
export type SelectorLabels = (selector: SelectorExpression) => LabelSet;

/** Nothing is known of the labels. */
export const ANY_LABELS: LabelSet = { names: undefined, exact: false };
/** A number, or a series without labels. */
export const NO_LABELS: LabelSet = { names: [], exact: true };

/** Labels of what an expression yields, given those of what its selectors find. */
export function labelsOf(expression: PromqlExpression, selectorLabels: SelectorLabels): LabelSet {
  const inner = (part: PromqlExpression): LabelSet => labelsOf(part, selectorLabels);
  switch (expression.kind) {
    case "selector":
      return selectorLabels(expression);
    case "range":
      return inner(expression.inner);
    case "aggregate":
      return aggregateLabels(expression, inner);
    case "call":
      return callLabels(expression, inner);
    case "binary":
      return binaryLabels(expression, inner);
    default:
      return NO_LABELS;
  }
}

/** True for what yields one number and no series. */
export function isScalar(expression: PromqlExpression): boolean {
  if (expression.kind === "number") return true;
  if (expression.kind === "binary") return isScalar(expression.left) && isScalar(expression.right);
  return expression.kind === "call" && SCALAR_FUNCTIONS.has(expression.name);
}

type Inner = (part: PromqlExpression) => LabelSet;

function aggregateLabels({ operator, grouping, parameters, inner: part }: AggregateExpression, inner: Inner): LabelSet {
  const before = inner(part);
  if (KEEPING_AGGREGATES.has(operator)) return before;
  const added = operator === "count_values" ? parameters.flatMap(textOf) : [];
  if (grouping?.mode === "without") return plus(minus(before, grouping.labels), added);
  return plus({ names: grouping?.labels ?? [], exact: true }, added);
}

function callLabels({ name, arguments: given }: CallExpression, inner: Inner): LabelSet {
  if (SCALAR_FUNCTIONS.has(name) || name === "vector") return NO_LABELS;
  if (name === "absent" || name === "absent_over_time") return absentLabels(given[0]);
  const vector = given.find((argument) => argument.kind !== "string" && !isScalar(argument));
  if (vector === undefined) return NO_LABELS;
  const before = inner(vector);
  if (name === "info") return ANY_LABELS;
  if (name === "histogram_quantile" || name === "histogram_fraction") return minus(before, ["le"]);
  if (name === "histogram_quantiles") return plus(minus(before, ["le"]), given.flatMap(textOf).slice(0, 1));
  if (name === "label_replace" || name === "label_join") return plus(before, given.flatMap(textOf).slice(0, 1));
  return before;
}

/** What is not there has the labels that were asked for. */
function absentLabels(given: PromqlExpression | undefined): LabelSet {
  const selector = given?.kind === "range" ? given.inner : given;
  if (selector?.kind !== "selector") return NO_LABELS;
  const equal = selector.matchers.filter(({ operator }) => operator === "=").map(({ label }) => label);
  return { names: equal.filter((label) => equal.indexOf(label) === equal.lastIndexOf(label)), exact: true };
}

function binaryLabels({ operator, matching, left, right }: BinaryExpression, inner: Inner): LabelSet {
  if (isScalar(left)) return isScalar(right) ? NO_LABELS : inner(right);
  const [ofLeft, ofRight] = [inner(left), inner(right)];
  if (isScalar(right) || operator === "and" || operator === "unless") return ofLeft;
  if (operator === "or") return either(ofLeft, ofRight);
  if (matching?.group) return plus(matching.group.side === "left" ? ofLeft : ofRight, matching.group.labels);
  if (matching?.mode === "on") return { names: matching.labels, exact: true };
  const both = narrower(ofLeft, ofRight);
  return matching ? minus(both, matching.labels) : both;
}

/** Series of both sides have the same labels where they meet. */
function narrower(left: LabelSet, right: LabelSet): LabelSet {
  if (left.exact) return left;
  return right.exact || left.names === undefined ? right : left;
}

function either(left: LabelSet, right: LabelSet): LabelSet {
  if (left.names === undefined || right.names === undefined) return ANY_LABELS;
  return { names: unique([...left.names, ...right.names]), exact: left.exact && right.exact };
}

function plus({ names, exact }: LabelSet, added: readonly string[]): LabelSet {
  return { names: names && unique([...names, ...added]), exact };
}

function minus({ names, exact }: LabelSet, dropped: readonly string[]): LabelSet {
  return { names: names?.filter((name) => !dropped.includes(name)), exact };
}

function textOf(argument: PromqlExpression): readonly string[] {
  return argument.kind === "string" ? [argument.value] : [];
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}

const SCALAR_FUNCTIONS = new Set(["scalar", "time", "pi"]);
const KEEPING_AGGREGATES = new Set(["topk", "bottomk", "limitk", "limit_ratio"]);
