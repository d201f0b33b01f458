import { groupingProblems } from "./grouping-problems";
import { parsePromql } from "./parse-promql";
import { allExpressions, type PromqlExpression } from "./promql-expression";
import { PromqlSyntaxError } from "./promql-syntax-error";
import type { QueryProblem } from "./query-problem";
import { selectorProblems } from "./selector-problems";
import type { SeriesCatalogue } from "./series-catalogue";
import { usageProblems } from "./usage-problems";

/**
 * What is wrong with a query: no PromQL; series or labels that do not exist; functions and metrics that do not go together, such
 * as the rate of a gauge.
 *
 * @param query PromQL without variables of Grafana: see `withoutVariables`
 * @returns all problems; none: the query asks for what exists
 */
export function checkQuery(query: string, catalogue: SeriesCatalogue): readonly QueryProblem[] {
  const expression = tryParse(query);
  if (expression instanceof PromqlSyntaxError) {
    const { line, column, text } = expression.place;
    return [{ rule: `must be PromQL, but ${expression.message}`, got: text || `${line}:${column}` }];
  }
  const problems = allExpressions(expression).flatMap((part) => [
    ...selectorProblems(part, catalogue),
    ...groupingProblems(part, catalogue),
    ...usageProblems(part, catalogue),
  ]);
  return problems.filter(
    ({ rule, got }, index) => problems.findIndex((other) => other.rule === rule && other.got === got) === index,
  );
}

/** `checkQuery` in sentences. */
export function queryProblems(query: string, catalogue: SeriesCatalogue): readonly string[] {
  return checkQuery(query, catalogue).map(({ rule, got }) => `${rule}, got ${JSON.stringify(got)}`);
}

function tryParse(query: string): PromqlExpression | PromqlSyntaxError {
  try {
    return parsePromql(query);
  } catch (error) {
    if (error instanceof PromqlSyntaxError) return error;
    throw error;
  }
}
