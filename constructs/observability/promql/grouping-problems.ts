import { type LabelSet, labelsOf } from "./label-flow";
import type { BinaryExpression, PromqlExpression } from "./promql-expression";
import type { QueryProblem } from "./query-problem";
import { labelProblem } from "./selector-problems";
import type { SeriesCatalogue } from "./series-catalogue";

/** Labels that are grouped or matched by though what stands there cannot have them. */
export function groupingProblems(expression: PromqlExpression, catalogue: SeriesCatalogue): readonly QueryProblem[] {
  const labels = (part: PromqlExpression): LabelSet => labelsOf(part, catalogue.selectorLabels);
  if (expression.kind === "binary") return matchingProblems(expression, labels);
  if (expression.kind !== "aggregate" || expression.grouping === undefined) return [];
  const { mode, labels: grouped } = expression.grouping;
  const { names } = labels(expression.inner);
  return grouped.flatMap((label) => labelProblem(label, names, `must keep in \`${mode}\` what the inner query yields`));
}

function matchingProblems(
  { matching, left, right }: BinaryExpression,
  labels: (part: PromqlExpression) => LabelSet,
): readonly QueryProblem[] {
  if (matching === undefined) return [];
  const { mode, labels: matched, group } = matching;
  const [ofLeft, ofRight] = [labels(left).names, labels(right).names];
  const either = ofLeft && ofRight && [...ofLeft, ...ofRight];
  const sides = mode === "on" ? [ofLeft, ofRight] : [either];
  const one = group?.side === "left" ? ofRight : ofLeft;
  return [
    ...matched.flatMap((label) =>
      sides.flatMap((names) => labelProblem(label, names, `must match in \`${mode}\` by labels of both sides`)),
    ),
    ...(group?.labels ?? []).flatMap((label) =>
      labelProblem(label, one, `must take in \`group_${group?.side}\` what the other side has`),
    ),
  ];
}
