import { ERROR_METRICS } from "../../../catalog";
import { either } from "./private/serving-engines";
import type { AlertRule, RecordingRule, RuleGroup } from "./rule";
import type { ModelThresholds, RuleSettings } from "./rule-settings";

/** Models whose data and quality are watched: drift, missing values, checks, quality, and whether anybody still looks. */
export function modelRules({ models }: RuleSettings): readonly RuleGroup[] {
  if (models.length === 0) return [];
  const judged = models.some((model) => Object.keys(model.quality ?? {}).length > 0);
  const ofQuality = judged ? [quality(models), unmeasured()] : [];
  const alerts = [drift(models), columnDrift(), missing(), checks(), rows(), ...ofQuality, stale(models), failed()];
  return [
    { name: "model-thresholds", recording: models.flatMap(thresholds), alerts: [] },
    { name: "models", recording: [], alerts: alerts.map((alert) => owned(alert, models)) },
  ];
}

const DASHBOARD = { name: "model-drift", variables: { model: "model" } } as const;
/** Rules of the data by the thresholds of `ModelTooFewRows` and `ModelMissingValues`, which tell of them. */
const TOLD_OF = "rows|missing";
/** Minutes that the metrics of one run may take to arrive. */
const PUSH_MINUTES = 10;
/** Minutes without a metric of quality before anybody is told: a second run by hand may still bring it. */
const UNMEASURED_MINUTES = 6 * 60;

function thresholds(model: ModelThresholds): readonly RecordingRule[] {
  const { model: name, maxDriftShare, maxMissingShare, minRows, maxAgeHours, retrain, ownerNamespace } = model;
  const one = (record: string, value: number, about: string, labels: Readonly<Record<string, string>> = {}) => ({
    record,
    expression: `vector(${value})`,
    labels: { model: name, ...labels },
    about,
  });
  return [
    one("model:drift_threshold:ratio", maxDriftShare, "Share of columns of a model that may drift, 0 to 1."),
    one("model:missing_threshold:ratio", maxMissingShare, "Share of missing values that a column may have, 0 to 1."),
    one("model:rows_threshold:count", minRows, "Rows that a run of the monitor must have got."),
    one("model:age_threshold:seconds", maxAgeHours * 3600, "Seconds within which a run of the monitor must succeed."),
    one(
      "model:retraining:info",
      1,
      "1; the label `retrain` names what retrains the model, where something does.",
      retrain === undefined ? {} : { retrain },
    ),
    one(
      "model:owner:info",
      1,
      "1; the label `namespace` is one of the team whose model it is, where it is a team's.",
      ownerNamespace === undefined ? {} : { namespace: ownerNamespace },
    ),
    ...Object.entries(model.quality ?? {}).map(([metric, value]) =>
      one("model:quality_threshold:value", value, "Least value of a metric of quality, greatest of an error.", {
        metric,
      }),
    ),
  ];
}

/** The trigger's name comes from a series and not from the rule, which is one for all models. */
function retraining(expression: string, models: readonly ModelThresholds[]): string {
  const label = models.some(({ retrain }) => retrain !== undefined) ? "retrain" : "";
  return `(${expression})\n* on (model) group_left (${label}) model:retraining:info`;
}

/** Routes of teams go by `namespace`; the job's own, which is the platform's, has been aggregated away. */
function owned(rule: AlertRule, models: readonly ModelThresholds[]): AlertRule {
  const some = models.some(({ ownerNamespace }) => ownerNamespace !== undefined);
  const label = some ? "namespace" : "";
  return { ...rule, expression: `(${rule.expression})\n* on (model) group_left (${label}) model:owner:info` };
}

function drift(models: readonly ModelThresholds[]): AlertRule {
  return {
    alert: "ModelDrift",
    severity: "warning",
    area: "models",
    expression: retraining(DRIFTED, models),
    summary: "{{ $value | humanizePercentage }} of the columns of {{ $labels.model }} have drifted",
    description:
      "What the model is asked is no longer what it was trained on, so its answers get worse even where nothing fails. Where a trigger is set, a training run is asked for.",
    dashboard: DASHBOARD,
  };
}

const DRIFTED = "max by (model) (flightdeck_model_drift_share) > on (model) model:drift_threshold:ratio";

function columnDrift(): AlertRule {
  const drifted = "max by (model, column) (flightdeck_model_column_drifted) == 1";
  return {
    alert: "ModelColumnDrift",
    severity: "info",
    area: "models",
    expression: `${drifted}\nunless on (model) (${DRIFTED})`,
    summary: "Column {{ $labels.column }} of {{ $labels.model }} has drifted",
    description:
      "So few columns have drifted that the model is not taken for drifted. One that matters can be enough: look at what feeds it.",
    dashboard: DASHBOARD,
  };
}

function missing(): AlertRule {
  return {
    alert: "ModelMissingValues",
    severity: "warning",
    area: "models",
    expression:
      "max by (model, column) (flightdeck_model_missing_share) > on (model) group_left () model:missing_threshold:ratio",
    summary: "{{ $value | humanizePercentage }} of column {{ $labels.column }} of {{ $labels.model }} is missing",
    description:
      "The model is asked with values that it has to guess. Nearly always something upstream has changed or stopped.",
    dashboard: DASHBOARD,
  };
}

function checks(): AlertRule {
  return {
    alert: "ModelValidationFailed",
    severity: "warning",
    area: "models",
    expression: `max by (model, check) (flightdeck_model_validation_failures{check!~"${TOLD_OF}"}) > 0`,
    summary: "{{ $value | humanize }} columns of {{ $labels.model }} break the rule {{ $labels.check }}",
    description:
      "Data that the model is asked with breaks a rule that held when it was trained: a column is gone, or holds values of a type, a range or a category that the model has never seen.",
    dashboard: DASHBOARD,
  };
}

function rows(): AlertRule {
  return {
    alert: "ModelTooFewRows",
    severity: "warning",
    area: "models",
    expression: 'max by (model) (flightdeck_model_rows{dataset="current"}) < on (model) model:rows_threshold:count',
    summary: "The monitor of {{ $labels.model }} got only {{ $value | humanize }} rows",
    description:
      "Drift and quality of so few rows say nothing. Either the model is hardly asked, or what it is asked is no longer written down.",
    dashboard: DASHBOARD,
  };
}

function quality(models: readonly ModelThresholds[]): AlertRule {
  const errors = ERROR_METRICS.join("|");
  const of = (matcher: string): string => `max by (model, metric) (flightdeck_model_quality{${matcher}})`;
  const threshold = "on (model, metric) model:quality_threshold:value";
  const worse = either([`${of(`metric!~"${errors}"`)} < ${threshold}`, `${of(`metric=~"${errors}"`)} > ${threshold}`]);
  return {
    alert: "ModelQuality",
    severity: "warning",
    area: "models",
    expression: retraining(worse, models),
    summary: "{{ $labels.metric }} of {{ $labels.model }} is {{ $value | humanize }}, beyond its threshold",
    description:
      "Measured against what turned out to be true, the model is worse than was agreed. Where a trigger is set, a training run is asked for.",
    dashboard: DASHBOARD,
  };
}

/** Without a truth there is no quality, and `ModelQuality`, which has nothing to judge, would be quiet as if all were well. */
function unmeasured(): AlertRule {
  const looked = "flightdeck_model_last_success_timestamp_seconds";
  const threshold = `(model:quality_threshold:value and on (model) ${looked})`;
  return {
    alert: "ModelQualityUnmeasured",
    severity: "warning",
    area: "models",
    expression: `${threshold}\nunless on (model, metric) flightdeck_model_quality`,
    forMinutes: UNMEASURED_MINUTES,
    summary: "{{ $labels.metric }} of {{ $labels.model }} is not measured any more",
    description:
      "A least quality was agreed, and the last run found too few rows whose truth is known to measure it. Whether the answers are still good is not known.",
    dashboard: DASHBOARD,
  };
}

/** A model that is new has until its first deadline: before, there was no threshold either. */
function stale(models: readonly ModelThresholds[]): AlertRule {
  const success = "flightdeck_model_last_success_timestamp_seconds";
  const old = `time() - max by (model) (${success}) > on (model) model:age_threshold:seconds`;
  const never = models.map(({ model, maxAgeHours }) => {
    const age = `${Math.ceil(maxAgeHours * 60)}m`;
    const threshold = `model:age_threshold:seconds{model="${model}"} offset ${age}`;
    return `absent_over_time(${success}{model="${model}"}[${age}]) * on (model) ${threshold}`;
  });
  return {
    alert: "ModelMonitorStale",
    severity: "warning",
    area: "models",
    expression: either([old, ...never]),
    forMinutes: PUSH_MINUTES,
    summary: "{{ $labels.model }} has not been looked at for {{ $value | humanizeDuration }}",
    description:
      "All that is known of drift and quality of the model is older than it may be. No other alert of it can be trusted to fire.",
    dashboard: DASHBOARD,
  };
}

function failed(): AlertRule {
  const run = "max by (model) (flightdeck_model_last_run_timestamp_seconds)";
  const success = "max by (model) (flightdeck_model_last_success_timestamp_seconds)";
  return {
    alert: "ModelMonitorFailed",
    severity: "warning",
    area: "models",
    expression: `${run} > ${success}\nor\n(${run} unless ${success})`,
    forMinutes: PUSH_MINUTES,
    summary: "The last run of the monitor of {{ $labels.model }} failed",
    description: "Drift and quality of the model are those of an earlier run until one succeeds.",
    dashboard: DASHBOARD,
  };
}
