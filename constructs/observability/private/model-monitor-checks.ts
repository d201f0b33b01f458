import { ERROR_METRICS, isTimeZone, QUALITY_METRICS, type QualityMetric } from "../../../catalog";
import type { PropChecks } from "../../core/prop-checks";
import { isPrefix, PREFIX_RULE } from "../../storage/prefix";
import type { ColumnRule, MonitoredData } from "../model-monitor-options";
import { CATEGORICAL_METHODS, NUMERICAL_METHODS } from "./model-monitor-methods";
import { columnNames, comparedColumns, type MonitorSettings } from "./model-monitor-settings";

/** Kubernetes appends 11 characters to the 52 that a CronJob may have; 14 of these are `model-monitor-`. */
const LONGEST_MODEL = 38;
const MODEL = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const NAMESPACE = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const NAMESPACE_RULE = "must be a DNS label: 1 to 63 lower-case letters, digits and hyphens";
/** With more columns the series of one model are too many to look at. */
const MOST_COLUMNS = 200;
const PARTITION = /^(?!\/)([^*?${}]|\{(date|yesterday|date-\d{1,4})\})+$/;
const PARTITION_RULE =
  "must not start with a slash nor have * ? $ or braces, but those of {date}, {yesterday} and {date-N}";
/** A quarter of a year. */
const LONGEST_AGE_HOURS = 92 * 24;
const SHARE = "must be a number from 0 to 1";

/** Adds the rules for a monitor, those for its workload excepted. */
export function checkMonitor(checks: PropChecks, settings: MonitorSettings): void {
  const { model, ownerNamespace, timeZone, reports, reportPrefix, timeoutSeconds } = settings;
  const name = `must be lower-case letters and digits in words joined by single hyphens, at most ${LONGEST_MODEL} characters`;
  checks.require(MODEL.test(model) && model.length <= LONGEST_MODEL, "model", name, model);
  const owner = ownerNamespace === undefined || NAMESPACE.test(ownerNamespace);
  checks.require(owner, "ownerNamespace", NAMESPACE_RULE, ownerNamespace);
  checks.require(isTimeZone(timeZone), "timeZone", "must be an IANA time zone such as Europe/Berlin", timeZone);
  checkData(checks, "reference", settings.reference);
  checkData(checks, "current", settings.current);
  checks.require(isPrefix(reportPrefix), "reports.prefix", PREFIX_RULE, reports.prefix);
  checkWhole(checks, "timeoutSeconds", timeoutSeconds, 60);
  checkColumns(checks, settings);
  checkValidation(checks, settings);
  checkDrift(checks, settings);
  checkQuality(checks, settings);
  checkThresholds(checks, settings);
}

function checkData(checks: PropChecks, prop: string, { prefix, partition, maxRows }: MonitoredData): void {
  checks.require(isPrefix(prefix), `${prop}.prefix`, PREFIX_RULE, prefix);
  const dated = partition === undefined || PARTITION.test(partition);
  checks.require(dated, `${prop}.partition`, PARTITION_RULE, partition);
  checkWhole(checks, `${prop}.maxRows`, maxRows, 1000, 1_000_000);
}

function checkColumns(checks: PropChecks, settings: MonitorSettings): void {
  const { columns, task } = settings;
  const { numerical, categorical, timestamps, target, prediction, probability } = columns;
  const all = columnNames(settings);
  const few = `must name 1 to ${MOST_COLUMNS} columns`;
  checks.require(all.length <= MOST_COLUMNS, "columns", few, `${all.length} columns`);
  const some = "must name at least one column to compare: a feature or the prediction";
  checks.require(Object.keys(comparedColumns(settings)).length > 0, "columns", some, all);
  checks.require(!all.includes(""), "columns", "must not name a column without a name", all);
  const features = [...numerical, ...categorical, ...timestamps];
  const twice = features.filter((name, index) => features.indexOf(name) !== index);
  checks.require(twice.length === 0, "columns", "must name each feature once, as one kind", twice);
  const answers = [target, prediction, probability].filter((name) => name !== undefined);
  const own = "must name different columns as target, prediction and probability";
  checks.require(new Set(answers).size === answers.length, "columns", own, answers);
  const other = { classification: numerical, regression: categorical, none: [] }[task.kind];
  const wrong = other.filter((name) => name === target || name === prediction);
  const kind = `must have target and prediction among those of the other kind, or nowhere, since the task is ${task.kind}`;
  checks.require(wrong.length === 0, "columns", kind, wrong);
}

function checkValidation(checks: PropChecks, settings: MonitorSettings): void {
  const { columns = {}, maxInvalidShare } = settings.validation;
  checkNumber(checks, "validation.maxInvalidShare", maxInvalidShare, SHARE, 0, 1);
  for (const [name, rule] of Object.entries(columns)) {
    const prop = `validation.columns["${name}"]`;
    checkKnown(checks, prop, name, columnNames(settings));
    checkRule(checks, prop, rule);
  }
}

function checkRule(checks: PropChecks, prop: string, { type, min, max, allowed }: ColumnRule): void {
  checkNumber(checks, `${prop}.min`, min, "must be a finite number");
  checkNumber(checks, `${prop}.max`, max, "must be a finite number");
  const ordered = min === undefined || max === undefined || min <= max;
  checks.require(ordered, `${prop}.max`, `must be at least \`min\` (${min})`, max);
  const ranged = min !== undefined || max !== undefined;
  const numbers = "must be integer or number, or left out, where there is a range";
  const countable = type === undefined || type === "integer" || type === "number";
  checks.require(!ranged || countable, `${prop}.type`, numbers, type);
  const some = "must have at least one value, or be left out";
  checks.require(allowed === undefined || allowed.length > 0, `${prop}.allowed`, some, allowed);
}

function checkDrift(checks: PropChecks, settings: MonitorSettings): void {
  const compared = comparedColumns(settings);
  for (const [name, { method, threshold }] of Object.entries(settings.drift)) {
    const prop = `drift["${name}"]`;
    checkKnown(checks, prop, name, Object.keys(compared));
    const methods = compared[name] === "numerical" ? NUMERICAL_METHODS : CATEGORICAL_METHODS;
    const rule = `must be one of ${methods.join(", ")}, since the column is ${compared[name]}`;
    const fits = method === undefined || compared[name] === undefined || methods.includes(method);
    checks.require(fits, `${prop}.method`, rule, method);
    const positive = threshold === undefined || (Number.isFinite(threshold) && threshold > 0);
    checks.require(positive, `${prop}.threshold`, "must be a number above 0", threshold);
  }
}

function checkQuality(checks: PropChecks, { columns, task, metrics, labelledRows }: MonitorSettings): void {
  const known: readonly QualityMetric[] = QUALITY_METRICS[task.kind];
  const ofTask =
    known.length === 0
      ? "must be left out: the task has nothing to measure"
      : `must be different ones of ${known.join(", ")}, those of the task ${task.kind}`;
  const fits = metrics.every((metric) => known.includes(metric)) && new Set(metrics).size === metrics.length;
  checks.require(fits, "quality.metrics", ofTask, metrics);
  const answered = columns.target !== undefined && columns.prediction !== undefined;
  const both = "must be empty unless `columns` names target and prediction";
  checks.require(metrics.length === 0 || answered, "quality.metrics", both, metrics);
  const scored =
    columns.probability !== undefined && task.kind === "classification" && task.positiveLabel !== undefined;
  const ranked = "must not have roc_auc without `columns.probability` and `task.positiveLabel`";
  checks.require(!metrics.includes("roc_auc") || scored, "quality.metrics", ranked, metrics);
  checkWhole(checks, "quality.minRows", labelledRows, 2);
}

function checkThresholds(checks: PropChecks, { thresholds, metrics, schedule }: MonitorSettings): void {
  const { maxDriftShare, maxMissingShare, minRows, quality, maxAgeHours } = thresholds;
  checkNumber(checks, "thresholds.maxDriftShare", maxDriftShare, SHARE, 0, 1);
  checkNumber(checks, "thresholds.maxMissingShare", maxMissingShare, SHARE, 0, 1);
  checkWhole(checks, "thresholds.minRows", minRows, 1);
  const given = `must be given, since \`schedule\` (${schedule}) does not run each day`;
  checks.require(maxAgeHours !== undefined, "thresholds.maxAgeHours", given, maxAgeHours);
  const hours = `must be a number from 1 to ${LONGEST_AGE_HOURS}`;
  checkNumber(checks, "thresholds.maxAgeHours", maxAgeHours, hours, 1, LONGEST_AGE_HOURS);
  for (const [metric, value] of Object.entries(quality)) {
    const prop = `thresholds.quality.${metric}`;
    const measured = `must be of a metric that is measured (${metrics.join(", ") || "none"})`;
    checks.require((metrics as readonly string[]).includes(metric), prop, measured, metric);
    if (ERROR_METRICS.includes(metric)) checkNumber(checks, prop, value, "must be a number, 0 or more", 0);
    else if (metric === "r2") checkNumber(checks, prop, value, "must be a number of at most 1", -Infinity, 1);
    else checkNumber(checks, prop, value, SHARE, 0, 1);
  }
}

function checkKnown(checks: PropChecks, prop: string, name: string, known: readonly string[]): void {
  checks.require(known.includes(name), prop, `must be of a column that is there (${known.join(", ")})`, name);
}

function checkWhole(checks: PropChecks, prop: string, value: number | undefined, least: number, most?: number): void {
  const within = value === undefined || (Number.isInteger(value) && value >= least && value <= (most ?? Infinity));
  const rule = most === undefined ? `of ${least} or more` : `from ${least} to ${most}`;
  checks.require(within, prop, `must be a whole number ${rule}`, value);
}

function checkNumber(
  checks: PropChecks,
  prop: string,
  value: number | undefined,
  rule: string,
  least = -Infinity,
  most = Infinity,
): void {
  const within = value === undefined || (Number.isFinite(value) && value >= least && value <= most);
  checks.require(within, prop, rule, value);
}
