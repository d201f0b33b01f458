import { nearestName } from "../../../catalog";

/** What is wrong with a query. */
export interface QueryProblem {
  /** The rule it breaks, starting with a verb: "must name a series that exists, such as \"up\"". */
  readonly rule: string;
  /** What of the query breaks it. */
  readonly got: string;
}

/** A rule with the name that was most likely meant, where one is near. */
export function withNearest(rule: string, name: string, candidates: Iterable<string>): string {
  const nearest = nearestName(name, candidates);
  return nearest === undefined ? rule : `${rule} (perhaps ${JSON.stringify(nearest)})`;
}
