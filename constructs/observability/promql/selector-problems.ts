import { EXTERNAL_LABELS } from "../../../catalog";
import type { PromqlExpression } from "./promql-expression";
import { type QueryProblem, withNearest } from "./query-problem";
import type { SeriesCatalogue } from "./series-catalogue";

/** Series that a selector names and labels that it filters by, where they do not exist. */
export function selectorProblems(expression: PromqlExpression, catalogue: SeriesCatalogue): readonly QueryProblem[] {
  if (expression.kind !== "selector") return [];
  const { metric, matchers } = expression;
  if (metric === undefined) {
    const got = matchers.map(({ label, operator, value }) => `${label}${operator}${JSON.stringify(value)}`).join(",");
    return [{ rule: "must name its series, not a pattern, so that they can be looked up", got: `{${got}}` }];
  }
  const series = catalogue.tryFind(metric);
  if (series === undefined) return [{ rule: withNearest(UNKNOWN_SERIES, metric, catalogue.names()), got: metric }];
  if (series.raw !== undefined && series.raw.part === undefined) {
    return [{ rule: `must name \`${metric}_bucket\`, \`_sum\` or \`_count\` of a histogram`, got: metric }];
  }
  const names = series.labels.names;
  return matchers.flatMap(({ label }) =>
    labelProblem(label, names, `must filter \`${metric}\` by a label that it has`),
  );
}

/**
 * A label that is none of those that there can be.
 *
 * @param names what there can be; undefined: any
 * @param rule what the label should be
 */
export function labelProblem(
  label: string,
  names: readonly string[] | undefined,
  rule: string,
): readonly QueryProblem[] {
  if (names === undefined || names.includes(label)) return [];
  if (EXTERNAL_LABELS.includes(label)) {
    return [
      { rule: `${rule}: Prometheus adds its external labels to what it sends, not to what it stores`, got: label },
    ];
  }
  return [{ rule: withNearest(rule, label, names), got: label }];
}

const UNKNOWN_SERIES = "must name series that an exporter yields or a rule records";
