/** A rule as Prometheus reads it. */
export interface EvaluatedRule {
  readonly record?: string;
  readonly alert?: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels?: Readonly<Record<string, string>>;
}

const NAMES = /[a-zA-Z_:][\w:]*/g;
const QUOTED = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g;

/**
 * Rules in the order in which they can be evaluated over a past stretch of time: those of a level rest on raw series and
 * on levels before it only.
 *
 * @throws Error when rules rest on one another in a circle
 */
export function rulesByLevel<Rule extends EvaluatedRule>(rules: readonly Rule[]): Rule[][] {
  const recorded = new Set(rules.flatMap(({ record }) => record ?? []));
  const levels: Rule[][] = [];
  const done = new Set<string>();
  let left = [...rules];
  while (left.length > 0) {
    const ready = left.filter((rule) => namesIn(rule).every((name) => !recorded.has(name) || done.has(name)));
    if (ready.length === 0) {
      throw new Error(`Rules rest on one another: ${left.map(({ record, alert }) => record ?? alert).join(", ")}`);
    }
    left = left.filter((rule) => !ready.includes(rule));
    // A series may be recorded by several rules; it is there when all of them are.
    const unfinished = new Set(left.map(({ record }) => record));
    for (const { record } of ready) if (record !== undefined && !unfinished.has(record)) done.add(record);
    levels.push(ready);
  }
  return levels;
}

/** Names in an expression that may be those of series; a rule does not wait for what it records itself. */
function namesIn({ expr, record }: EvaluatedRule): string[] {
  const names: readonly string[] = expr.replace(QUOTED, "").match(NAMES) ?? [];
  return names.filter((name) => name !== record);
}
