import { metricRegister } from "../../catalog";
import { parsePromql } from "../../constructs/observability/promql/parse-promql";
import type { PromqlExpression } from "../../constructs/observability/promql/promql-expression";
import type { RecordingCase } from "../constructs/observability/rules/recording-case";
import type { RuleCase } from "../constructs/observability/rules/rule-case";

/** A rule as Prometheus reads it. */
export interface RenderedRule {
  readonly alert?: string;
  readonly record?: string;
  readonly expr: string;
  readonly for?: string;
  readonly keep_firing_for?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** A group of rules as Prometheus reads it. */
export interface RenderedGroup {
  readonly name: string;
  readonly interval?: string;
  readonly rules: readonly RenderedRule[];
}

/** A case of an alert, whose series may have a value less often than every minute. */
export type AlertCase = RuleCase & { readonly intervalMinutes?: number };

/** A case of recorded series, whose series may have a value less often than every minute, as often as rules are evaluated. */
export type RecordedCase = RecordingCase & { readonly intervalMinutes?: number };

/** One question of promtool's unit tests. */
interface ExpressionTest {
  readonly expr: string;
  readonly eval_time: string;
  readonly exp_samples: readonly { readonly labels: string; readonly value: number }[];
}

/** A unit test of promtool with the rules that it needs; both are JSON, which is YAML too. */
export interface PromtoolTest {
  readonly rules: { readonly groups: readonly RenderedGroup[] };
  readonly test: {
    readonly rule_files: readonly string[];
    readonly evaluation_interval: string;
    readonly group_eval_order: readonly string[];
    readonly tests: readonly {
      readonly name: string;
      readonly interval: string;
      readonly input_series: readonly { readonly series: string; readonly values: string }[];
      readonly promql_expr_test: readonly ExpressionTest[];
    }[];
  };
}

/** Where the rules of a test stand, beside the test. */
export const RULES_FILE = "rules.json";

const NAMES = /[a-zA-Z_:][\w:]*/g;
const QUOTED = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g;
const ALERT_NAMES = /alertname\s*=~?\s*"([^"]*)"/g;

/**
 * The rules that an expression rests on, directly or through other rules, each unchanged and in its place. What has to
 * be evaluated at every minute of every case stays small that way.
 */
export function rulesBehind(expression: string, groups: readonly RenderedGroup[]): RenderedGroup[] {
  const rules = groups.flatMap((group) => group.rules);
  const needed = new Set<RenderedRule>();
  const waiting = [expression];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const rule of rules.filter((candidate) => !needed.has(candidate) && isNamed(candidate, next ?? ""))) {
      needed.add(rule);
      waiting.push(rule.expr);
    }
  }
  const kept = groups.map((group) => ({ ...group, rules: group.rules.filter((rule) => needed.has(rule)) }));
  return kept.filter((group) => group.rules.length > 0);
}

function isNamed(rule: RenderedRule, expression: string): boolean {
  if (rule.record !== undefined) {
    const names: readonly string[] = expression.replace(QUOTED, "").match(NAMES) ?? [];
    return names.includes(rule.record);
  }
  const alerts = [...expression.matchAll(ALERT_NAMES)].flatMap(([, names = ""]) => names.split("|"));
  return alerts.includes(rule.alert ?? "");
}

/** Labels that the annotations of a rule name. */
export function annotatedLabels(rule: RenderedRule): string[] {
  const texts = Object.values(rule.annotations ?? {}).join("\n");
  const named = [...texts.matchAll(/\$labels\.(\w+)/g), ...texts.matchAll(/index \$labels "(\w+)"/g)];
  return [...new Set(named.map(([, label = ""]) => label))].sort();
}

/**
 * What is wrong with the series of cases, each with its case: a series that no rule behind the case reads, and that no exporter
 * yields either as what must make no difference; and a case that nothing should come of, none of whose series is read. A name
 * with a slip in it would be as quiet as what is meant.
 */
export function seriesProblems(
  cases: readonly AlertCase[],
  recordingCases: readonly RecordedCase[],
  groups: readonly RenderedGroup[],
): string[] {
  const asked = [
    ...cases.map((one) => ({ ...one, expression: `ALERTS{alertname="${one.alert}"}`, quiet: one.fires.length === 0 })),
    ...recordingCases.map((one) => ({ ...one, alert: one.expression, quiet: one.samples.length === 0 })),
  ];
  const exported = metricRegister();
  return asked.flatMap(({ alert, what, expression, series, quiet }) => {
    const read = metricsRead(expression, groups);
    const names = Object.keys(series);
    const unread = names.filter((name) => !read.some((metric) => metric.test(metricOf(name))));
    const unknown = unread.filter((name) => exported.tryFind(metricOf(name)) === undefined);
    return [
      ...unknown.map((name) => `${alert}: ${what}: nothing reads ${name}`),
      ...(quiet && names.length > 0 && unread.length === names.length ? [`${alert}: ${what}: no series is read`] : []),
    ];
  });
}

function metricsRead(expression: string, groups: readonly RenderedGroup[]): RegExp[] {
  const rules = rulesBehind(expression, groups).flatMap((group) => group.rules);
  const expressions = [expression, ...rules.map((rule) => rule.expr)];
  return expressions.flatMap((one) => selectedMetrics(parsePromql(one))).map((metric) => new RegExp(`^(?:${metric})$`));
}

/** Names of series that an expression selects, as regular expressions. */
function selectedMetrics(expression: PromqlExpression): string[] {
  switch (expression.kind) {
    case "selector": {
      const names = expression.matchers.filter(({ label, operator }) => label === "__name__" && operator === "=~");
      return expression.metric === undefined ? names.map(({ value }) => value) : [expression.metric];
    }
    case "range":
      return selectedMetrics(expression.inner);
    case "aggregate":
      return [...expression.parameters, expression.inner].flatMap(selectedMetrics);
    case "call":
      return expression.arguments.flatMap(selectedMetrics);
    case "binary":
      return [expression.left, expression.right].flatMap(selectedMetrics);
    default:
      return [];
  }
}

function metricOf(series: string): string {
  return /__name__="([^"]*)"/.exec(series)?.[1] ?? series.replace(/\{.*$/s, "").trim();
}

/**
 * Tests of one alert, all its cases, and the rules that it rests on. Each question ends with the case as a comment, since
 * promtool repeats the question when the answer is wrong.
 */
export function alertTest(
  alert: string,
  cases: readonly AlertCase[],
  groups: readonly RenderedGroup[],
): PromtoolTest[] {
  const rule = groups.flatMap((group) => group.rules).find((candidate) => candidate.alert === alert);
  if (rule === undefined) throw new Error(`There is no alert ${alert}`);
  const rules = rulesBehind(`ALERTS{alertname="${alert}"}`, groups);
  return byInterval(cases).map(([interval, some]) =>
    promtoolTest(
      rules,
      interval,
      some.map((one) => ({ ...one, questions: alertQuestions(rule, one) })),
    ),
  );
}

/** Tests of recorded series, those with the same interval together. */
export function recordingTests(cases: readonly RecordedCase[], groups: readonly RenderedGroup[]): PromtoolTest[] {
  return byInterval(cases).map(([interval, some]) =>
    promtoolTest(
      rulesBehind(some.map(({ expression }) => expression).join("\n"), groups),
      interval,
      some.map((one) => ({ ...one, questions: [recordingQuestion(one)] })),
    ),
  );
}

function byInterval<Case extends { readonly intervalMinutes?: number }>(
  cases: readonly Case[],
): (readonly [number, readonly Case[]])[] {
  const intervals = [...new Set(cases.map(({ intervalMinutes }) => intervalMinutes ?? 1))];
  return intervals.map((interval) => [interval, cases.filter((one) => (one.intervalMinutes ?? 1) === interval)]);
}

function promtoolTest(
  groups: readonly RenderedGroup[],
  intervalMinutes: number,
  cases: readonly (Pick<RuleCase, "what" | "series"> & { readonly questions: readonly ExpressionTest[] })[],
): PromtoolTest {
  const interval = `${intervalMinutes}m`;
  const test = {
    rule_files: [RULES_FILE],
    evaluation_interval: interval,
    group_eval_order: groups.map(({ name }) => name),
    tests: cases.map(({ what, series, questions }) => ({
      name: what,
      interval,
      input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
      promql_expr_test: questions,
    })),
  };
  return { rules: { groups }, test };
}

function alertQuestions(rule: RenderedRule, one: AlertCase): ExpressionTest[] {
  const firing = `ALERTS{alertname="${rule.alert}",alertstate="firing"}`;
  const at = `${one.atMinutes}m`;
  const ask = (expr: string, samples: ExpressionTest["exp_samples"]): ExpressionTest => ({
    expr: `${expr} # ${one.alert}: ${one.what}`,
    eval_time: at,
    exp_samples: samples,
  });
  if (one.fires.length === 0) return [ask(firing, [])];
  const keys = sharedKeys(one);
  const counts = new Map<string, number>();
  for (const labels of one.fires) {
    const text = labelSet(labels);
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  const samples = [...counts].map(([labels, value]) => ({ labels, value }));
  // What fires is asked and not the expression: that may yield nothing by then, and nothing lacks no label.
  const bare = yieldedLabels(rule).map((label) =>
    ask(`(count by (${label}) (${firing})) and on (${label}) vector(1)`, []),
  );
  return [ask(`count by (${keys.join(", ")}) (${firing})`, samples), ...bare];
}

/**
 * Labels that annotations name. `$labels` holds what the expression yields, and not what the rule adds to it, which what fires
 * has nevertheless.
 */
function yieldedLabels(rule: RenderedRule): string[] {
  const labels = annotatedLabels(rule);
  const added = labels.filter((label) =>
    ["alertname", "alertstate", ...Object.keys(rule.labels ?? {})].includes(label),
  );
  if (added.length === 0) return labels;
  throw new Error(`${rule.alert}: texts name ${added.join(", ")}, which only the rule adds`);
}

function sharedKeys({ alert, what, fires }: AlertCase): string[] {
  const [first = {}] = fires;
  const keys = Object.keys(first).sort();
  if (fires.every((labels) => Object.keys(labels).sort().join() === keys.join())) return keys;
  throw new Error(`${alert}: ${what}: all alerts of a case must be told apart by the same labels`);
}

function recordingQuestion({ expression, what, atMinutes, samples }: RecordedCase): ExpressionTest {
  return {
    // Adding nothing leaves the values and drops the name, which says what was asked and not what came.
    expr: `(${expression}\n) + 0 # ${what}`,
    eval_time: `${atMinutes}m`,
    exp_samples: samples.map(({ labels, value }) => ({ labels: labelSet(labels), value })),
  };
}

function labelSet(labels: Readonly<Record<string, string>>): string {
  return `{${Object.entries(labels)
    .map(([label, value]) => `${label}=${JSON.stringify(value)}`)
    .join(",")}}`;
}
