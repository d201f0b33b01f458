import { isScalar, labelsOf } from "./label-flow";
import type { BinaryExpression, CallExpression, PromqlExpression } from "./promql-expression";
import type { QueryProblem } from "./query-problem";
import type { SeriesCatalogue } from "./series-catalogue";

/** Functions and series that do not go together. */
export function usageProblems(expression: PromqlExpression, catalogue: SeriesCatalogue): readonly QueryProblem[] {
  switch (expression.kind) {
    case "call":
      return [
        ...rangeProblems(expression),
        ...rateProblems(expression, catalogue),
        ...quantileProblems(expression, catalogue),
      ];
    case "aggregate": {
      const got = expression.operator;
      return expression.inner.kind === "range" ? [{ rule: "must sum up one moment, not a window", got }] : [];
    }
    case "binary":
      return comparisonProblems(expression, catalogue);
    default:
      return [];
  }
}

function rangeProblems({ name, arguments: given }: CallExpression): readonly QueryProblem[] {
  const ranges = given.filter((argument) => argument.kind === "range").length;
  const takesRange = RANGE_FUNCTIONS.has(name) || name.endsWith("_over_time");
  if (takesRange && ranges !== 1) return [{ rule: `must give \`${name}\` a window, as in \`x[5m]\``, got: name }];
  return !takesRange && ranges > 0 ? [{ rule: `must give \`${name}\` one moment, not a window`, got: name }] : [];
}

function rateProblems({ name, arguments: given }: CallExpression, catalogue: SeriesCatalogue): readonly QueryProblem[] {
  const [range] = given;
  if (range?.kind !== "range" || range.inner.kind !== "selector" || range.inner.metric === undefined) return [];
  const { metric } = range.inner;
  const series = catalogue.tryFind(metric);
  if (series === undefined) return [];
  if (COUNTER_FUNCTIONS.has(name) && !series.counter) {
    const what = series.raw === undefined ? "recorded by a rule from what is none" : "a gauge";
    return [{ rule: `must take \`${name}\` of a counter, which this is not: it is ${what}`, got: metric }];
  }
  if (GAUGE_FUNCTIONS.has(name) && series.counter) {
    return [{ rule: `must take \`${name}\` of a gauge: a counter starts again from zero`, got: metric }];
  }
  return [];
}

function quantileProblems(call: CallExpression, catalogue: SeriesCatalogue): readonly QueryProblem[] {
  const [, buckets] = call.arguments;
  if (call.name !== "histogram_quantile" || buckets === undefined) return [];
  const { names } = labelsOf(buckets, catalogue.selectorLabels);
  if (names === undefined || names.includes("le")) return [];
  return [{ rule: "must keep the label `le` of the buckets until `histogram_quantile`", got: names.join(", ") }];
}

function comparisonProblems(
  { operator, left, right }: BinaryExpression,
  catalogue: SeriesCatalogue,
): readonly QueryProblem[] {
  if (!COMPARISONS.has(operator) || isScalar(left) === isScalar(right)) return [];
  const metric = bareCounter(isScalar(left) ? right : left, catalogue);
  if (metric === undefined) return [];
  return [{ rule: `must compare the rate or increase of a counter, not how far it has come`, got: metric }];
}

/** The counter that stands there as it is, or its sum. */
function bareCounter(expression: PromqlExpression, catalogue: SeriesCatalogue): string | undefined {
  if (expression.kind === "aggregate") {
    return VALUE_AGGREGATES.has(expression.operator) ? bareCounter(expression.inner, catalogue) : undefined;
  }
  if (expression.kind !== "selector" || expression.metric === undefined) return undefined;
  const series = catalogue.tryFind(expression.metric);
  const started = series?.raw !== undefined && series.counter && !series.raw.metric.absolute;
  return started ? expression.metric : undefined;
}

const COUNTER_FUNCTIONS = new Set(["rate", "irate", "increase", "resets"]);
const GAUGE_FUNCTIONS = new Set(["delta", "idelta", "deriv", "predict_linear"]);
const RANGE_FUNCTIONS = new Set([
  ...COUNTER_FUNCTIONS,
  ...GAUGE_FUNCTIONS,
  "changes",
  "double_exponential_smoothing",
  "holt_winters",
]);
const COMPARISONS = new Set(["==", "!=", ">", "<", ">=", "<="]);
const VALUE_AGGREGATES = new Set(["sum", "max", "min", "avg", "topk", "bottomk"]);
