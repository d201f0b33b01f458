import type { PropChecks } from "../../core/prop-checks";
import { labelsOf } from "../promql/label-flow";
import { parsePromql } from "../promql/parse-promql";
import { withNearest } from "../promql/query-problem";
import { checkQuery } from "../promql/query-problems";
import type { SeriesCatalogue } from "../promql/series-catalogue";
import type { AlertRule, RecordingRule, RuleGroup } from "../rules/rule";
import type { RuleLinks } from "./rule-file";
import { readTemplate } from "./rule-template";

/** Records what is wrong with the groups, each rule for itself and all together. */
export function checkGroups(checks: PropChecks, groups: readonly RuleGroup[], catalogue: SeriesCatalogue): void {
  checks.require(groups.length > 0, "groups", "must hold at least one group", groups);
  for (const group of groups) checkGroup(checks, group, catalogue);
  const once = "must be unique in the platform";
  for (const name of twice(groups.map((group) => group.name))) checks.require(false, "groups", once, name);
  const alerts = groups.flatMap((group) => group.alerts.map(({ alert }) => alert));
  for (const alert of twice(alerts)) checks.require(false, "groups", "must hold each alert once", alert);
  checkRecords(
    checks,
    groups.flatMap((group) => group.recording),
    catalogue,
  );
}

/** Records what is wrong with the addresses that alerts lead to. */
export function checkLinks(checks: PropChecks, { grafana, runbooks }: RuleLinks): void {
  const rule = "must be an address `https://…` or `http://…` without a query and without a slash at its end";
  const place = ADDRESS.test(runbooks) || FOLDER.test(runbooks);
  checks.require(place, "links.runbooks", `${rule}, or a folder of the repository such as docs/runbooks`, runbooks);
  checks.require(grafana === undefined || ADDRESS.test(grafana), "links.grafana", rule, grafana);
}

function checkGroup(checks: PropChecks, group: RuleGroup, catalogue: SeriesCatalogue): void {
  const { name, intervalSeconds = 30, recording, alerts } = group;
  const prop = `groups["${name}"]`;
  const kebab = "must be named in kebab-case, at most 63 characters";
  checks.require(KEBAB.test(name) && name.length <= 63, prop, kebab, name);
  const interval = "must be a whole number of seconds, 5 to 3600";
  const inRange = Number.isInteger(intervalSeconds) && intervalSeconds >= 5 && intervalSeconds <= 3600;
  checks.require(inRange, `${prop}.intervalSeconds`, interval, intervalSeconds);
  checks.require(recording.length + alerts.length > 0, prop, "must hold at least one rule", name);
  for (const rule of recording) checkRecording(checks, rule, `${prop}.recording["${rule.record}"]`, catalogue);
  for (const rule of alerts) checkAlert(checks, rule, `${prop}.alerts["${rule.alert}"]`, catalogue);
}

function checkRecording(checks: PropChecks, rule: RecordingRule, prop: string, catalogue: SeriesCatalogue): void {
  const named = "must be named `level:metric:operations` in lower case, as in `pool:gpus:count`";
  checks.require(RECORD.test(rule.record), prop, named, rule.record);
  checkLabels(checks, rule.labels, `${prop}.labels`);
  checkExpression(checks, rule.expression, `${prop}.expression`, catalogue);
}

function checkAlert(checks: PropChecks, rule: AlertRule, prop: string, catalogue: SeriesCatalogue): void {
  const { alert, forMinutes = 0, keepFiringForMinutes = 0, expression } = rule;
  const pascal = "must be named in PascalCase, with acronyms as words, as in `GpuXidError`";
  checks.require(PASCAL.test(alert), prop, pascal, alert);
  for (const [name, minutes] of Object.entries({ forMinutes, keepFiringForMinutes })) {
    const whole = "must be a whole number of minutes, 0 or more";
    checks.require(Number.isInteger(minutes) && minutes >= 0, `${prop}.${name}`, whole, minutes);
  }
  checkLabels(checks, rule.labels, `${prop}.labels`);
  for (const label of ["severity", "area", "alertname"].filter((own) => own in (rule.labels ?? {}))) {
    checks.require(false, `${prop}.labels`, "must leave to the rule what it says itself", label);
  }
  const names = checkExpression(checks, expression, `${prop}.expression`, catalogue);
  checkTexts(checks, rule, prop, names);
}

/** @returns labels that the expression can yield; undefined: any */
function checkExpression(
  checks: PropChecks,
  expression: string,
  prop: string,
  catalogue: SeriesCatalogue,
): readonly string[] | undefined {
  const problems = checkQuery(expression, catalogue);
  for (const { rule, got } of problems) checks.require(false, prop, rule, got);
  return problems.length > 0 ? undefined : labelsOf(parsePromql(expression), catalogue.selectorLabels).names;
}

function checkTexts(checks: PropChecks, rule: AlertRule, prop: string, names: readonly string[] | undefined): void {
  const { summary, description, labels = {}, dashboard } = rule;
  checks.require(!/[\r\n]/.test(summary), `${prop}.summary`, "must be one line", summary);
  const extra = Object.entries(labels).map(([label, text]) => [`labels["${label}"]`, text] as const);
  for (const [part, text] of [["summary", summary], ["description", description], ...extra] as const) {
    const place = `${prop}.${part}`;
    checks.require(text.trim() !== "", place, "must say something", text);
    const reading = readTemplate(text);
    for (const problem of reading.problems) checks.require(false, place, problem, text);
    for (const label of reading.labels) checkLabel(checks, place, label, names);
  }
  for (const [variable, label] of Object.entries(dashboard?.variables ?? {})) {
    checkLabel(checks, `${prop}.dashboard.variables["${variable}"]`, label, names);
  }
}

function checkLabel(checks: PropChecks, prop: string, label: string, names: readonly string[] | undefined): void {
  const known = names === undefined || names.includes(label);
  if (known) return;
  checks.require(false, prop, withNearest("must name a label that the expression yields", label, names), label);
}

function checkLabels(checks: PropChecks, labels: Readonly<Record<string, string>> = {}, prop: string): void {
  for (const label of Object.keys(labels)) {
    checks.require(LABEL.test(label), prop, "must be named by letters, digits and underscores", label);
  }
}

/** One series may be recorded by several rules, each from other things; not by two that yield the same. */
function checkRecords(checks: PropChecks, rules: readonly RecordingRule[], catalogue: SeriesCatalogue): void {
  const keys = rules.map(({ record, labels = {}, expression }) => {
    const lone = catalogue.tryFind(record)?.labels;
    const oneSeries = lone?.exact === true && lone.names?.every((name) => name in labels);
    return JSON.stringify([record, Object.entries(labels).sort(), oneSeries ? "" : expression.replace(/\s+/g, " ")]);
  });
  const records = rules.filter((_rule, index) => keys.indexOf(keys[index] ?? "") !== index).map(({ record }) => record);
  const rule = "must not record the same series twice";
  for (const record of new Set(records)) checks.require(false, "groups", rule, record);
}

function twice(names: readonly string[]): readonly string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}

const KEBAB = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const PASCAL = /^([A-Z][a-z0-9]+)+$/;
const RECORD = /^[a-z][a-z0-9_]*:[a-z][a-z0-9_]*:[a-z0-9_]+$/;
const LABEL = /^[a-zA-Z_][a-zA-Z0-9_]*$/;
const FOLDER = /^[a-z0-9_-]+(\/[a-z0-9_-]+)*$/;
const ADDRESS = /^https?:\/\/[^\s?#]*[^\s?#/]$/;
