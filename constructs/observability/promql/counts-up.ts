import type { PromqlExpression, SelectorExpression } from "./promql-expression";

/**
 * True where an expression yields counters still: rates may be taken of what a rule records from it. Sums and greatest values of
 * counters are such, and counters that a join gives more labels.
 *
 * @param isCounter whether a selector finds counters
 */
export function countsUp(expression: PromqlExpression, isCounter: (selector: SelectorExpression) => boolean): boolean {
  const inner = (part: PromqlExpression | undefined): boolean => part !== undefined && countsUp(part, isCounter);
  switch (expression.kind) {
    case "selector":
      return isCounter(expression);
    case "aggregate":
      return COUNTING_AGGREGATES.has(expression.operator) && inner(expression.inner);
    case "call":
      return RELABELLING.has(expression.name) && inner(expression.arguments[0]);
    case "binary": {
      const { operator, matching, left, right } = expression;
      if (operator === "or" || operator === "+") return inner(left) && inner(right);
      if (operator === "and" || operator === "unless") return inner(left);
      return operator === "*" && matching?.group !== undefined && inner(matching.group.side === "left" ? left : right);
    }
    default:
      return false;
  }
}

const COUNTING_AGGREGATES = new Set(["sum", "max", "min"]);
const RELABELLING = new Set(["label_replace", "label_join"]);
