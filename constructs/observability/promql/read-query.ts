import { ANY_LABELS, labelsOf, type SelectorLabels } from "./label-flow";
import { parsePromql } from "./parse-promql";
import { allExpressions, type PromqlExpression, selectorsOf } from "./promql-expression";

/** Series that a query asks for. */
export interface QuerySelector {
  /** Name of the series; undefined: the selector names none. */
  readonly metric: string | undefined;
  /** Names of the labels it is filtered by. */
  readonly labels: readonly string[];
}

/** What a query reads and yields. */
export interface QueryReading {
  /** What it asks for, from left to right. */
  readonly selectors: readonly QuerySelector[];
  /** Labels named after `by`, `without`, `on`, `ignoring`, `group_left` and `group_right`, each once. */
  readonly groupingLabels: readonly string[];
  /** All labels that its series can have; undefined: the query alone does not say. */
  readonly outputLabels: readonly string[] | undefined;
  /** The query as data. */
  readonly expression: PromqlExpression;
}

/**
 * Reads a query.
 *
 * @param query PromQL without variables of Grafana: see `withoutVariables`
 * @param selectorLabels labels of what a selector finds; by default nothing is known of them
 * @throws PromqlSyntaxError `INVALID_PROMQL`, with line, column and the text there
 */
export function readQuery(query: string, selectorLabels: SelectorLabels = () => ANY_LABELS): QueryReading {
  const expression = parsePromql(query);
  const { names, exact } = labelsOf(expression, selectorLabels);
  return {
    selectors: selectorsOf(expression).map(({ metric, matchers }) => ({
      metric,
      labels: [...new Set(matchers.map(({ label }) => label))],
    })),
    groupingLabels: [...new Set(allExpressions(expression).flatMap(groupingLabels))],
    outputLabels: exact ? names : undefined,
    expression,
  };
}

function groupingLabels(expression: PromqlExpression): readonly string[] {
  if (expression.kind === "aggregate") return expression.grouping?.labels ?? [];
  if (expression.kind !== "binary" || expression.matching === undefined) return [];
  return [...expression.matching.labels, ...(expression.matching.group?.labels ?? [])];
}
