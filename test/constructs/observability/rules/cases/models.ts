import type { RecordingCase } from "../recording-case";
import type { RuleCase } from "../rule-case";

const PUSHED = 'job="model-monitor",model="ranker"';
/** A namespace of the team whose model it is, by which Alertmanager finds the team. */
const OWNER = { namespace: "training" };
const ranker = [{ model: "ranker", ...OWNER }];
const retrained = [{ model: "ranker", ...OWNER, retrain: "ranker-training", severity: "warning" }];

function situation(alert: string, what: string, series: RuleCase["series"], fires: RuleCase["fires"]): RuleCase {
  return { alert, what, series, atMinutes: 15, fires };
}

const share = (value: number): RuleCase["series"] => ({ [`flightdeck_model_drift_share{${PUSHED}}`]: `${value}x20` });
const column = (value: number): RuleCase["series"] => ({
  [`flightdeck_model_column_drifted{${PUSHED},column="age"}`]: `${value}x20`,
});
const missing = (value: number): RuleCase["series"] => ({
  [`flightdeck_model_missing_share{${PUSHED},column="age"}`]: `${value}x20`,
  [`flightdeck_model_missing_share{${PUSHED},column="income"}`]: "0x20",
});
const failures = (value: number, check = "range"): RuleCase["series"] => ({
  [`flightdeck_model_validation_failures{${PUSHED},check="${check}"}`]: `${value}x20`,
});
const rows = (value: number): RuleCase["series"] => ({
  [`flightdeck_model_rows{${PUSHED},dataset="current"}`]: `${value}x20`,
  [`flightdeck_model_rows{${PUSHED},dataset="reference"}`]: "400x20",
});
const quality = (metric: string, value: number, model = "ranker"): RuleCase["series"] => ({
  [`flightdeck_model_quality{job="model-monitor",model="${model}",metric="${metric}"}`]: `${value}x20`,
});
const times = (run: string, success: string): RuleCase["series"] => ({
  [`flightdeck_model_last_run_timestamp_seconds{${PUSHED}}`]: run,
  [`flightdeck_model_last_success_timestamp_seconds{${PUSHED}}`]: success,
});

function unmeasured(what: string, measured: RuleCase["series"], atMinutes: number, fires: RuleCase["fires"]): RuleCase {
  const longer = Object.entries(measured).map(([name, values]) => [name, values.replace("x20", "x50")] as const);
  const series = {
    [`flightdeck_model_last_success_timestamp_seconds{${PUSHED}}`]: "600x50",
    ...Object.fromEntries(longer),
  };
  return { alert: "ModelQualityUnmeasured", what, series, atMinutes, intervalMinutes: 10, fires };
}

/** Situations of monitored models, each with the alerts it raises. */
export const cases: readonly RuleCase[] = [
  situation("ModelDrift", "31 percent of the columns drift where 30 may", share(0.31), retrained),
  situation("ModelDrift", "exactly as many columns drift as may", share(0.3), []),
  situation(
    "ModelDrift",
    "a model that nobody watches any more has left its share behind",
    { 'flightdeck_model_drift_share{job="model-monitor",model="old"}': "0.9x20" },
    [],
  ),
  situation("ModelColumnDrift", "one column drifts and the model does not", { ...column(1), ...share(0.1) }, [
    { model: "ranker", ...OWNER, column: "age", severity: "info" },
  ]),
  situation("ModelColumnDrift", "the model drifts with its columns", { ...column(1), ...share(0.4) }, []),
  situation("ModelColumnDrift", "no column drifts", { ...column(0), ...share(0) }, []),
  situation("ModelMissingValues", "6 percent of a column are missing where 5 may", missing(0.06), [
    { model: "ranker", ...OWNER, column: "age" },
  ]),
  situation("ModelMissingValues", "exactly as many values are missing as may", missing(0.05), []),
  situation("ModelValidationFailed", "one column breaks a rule", failures(1), [
    { model: "ranker", ...OWNER, check: "range" },
  ]),
  situation("ModelValidationFailed", "no column breaks a rule", failures(0), []),
  ...["rows", "missing"].map((check) =>
    situation(
      "ModelValidationFailed",
      `the rule ${check} is broken, which is an alert of its own`,
      failures(1, check),
      [],
    ),
  ),
  situation("ModelTooFewRows", "499 rows where 500 must be", rows(499), ranker),
  situation("ModelTooFewRows", "500 rows, and fewer of reference", rows(500), []),
  situation("ModelQuality", "f1 is under its least value", quality("f1", 0.79), [
    { model: "ranker", ...OWNER, metric: "f1", retrain: "ranker-training" },
  ]),
  situation("ModelQuality", "f1 is at its least value", quality("f1", 0.8), []),
  situation("ModelQuality", "the mean error is above its greatest value", quality("mae", 2.1, "eta"), [
    { model: "eta", metric: "mae" },
  ]),
  situation("ModelQuality", "the mean error is far under its greatest value", quality("mae", 0.1, "eta"), []),
  situation("ModelQuality", "a metric without a threshold is low", quality("recall", 0.1), []),
  unmeasured("no row has had a truth for seven hours", {}, 420, [
    { model: "ranker", ...OWNER, metric: "f1", severity: "warning" },
  ]),
  unmeasured("only another metric is measured", quality("recall", 0.9), 420, [
    { model: "ranker", ...OWNER, metric: "f1", severity: "warning" },
  ]),
  unmeasured("no row has had a truth for five hours", {}, 300, []),
  unmeasured("quality is measured, and bad", quality("f1", 0.1), 420, []),
  {
    alert: "ModelQualityUnmeasured",
    what: "no run has succeeded yet",
    series: {},
    atMinutes: 420,
    intervalMinutes: 10,
    fires: [],
  },
  {
    alert: "ModelMonitorStale",
    what: "the last success was 26 hours ago where 26 may be",
    series: times("0x200", "0x200"),
    atMinutes: 1580,
    intervalMinutes: 10,
    fires: ranker,
  },
  {
    alert: "ModelMonitorStale",
    what: "the last success was 25 hours ago",
    series: times("0x200", "0x200"),
    atMinutes: 1500,
    intervalMinutes: 10,
    fires: [],
  },
  {
    alert: "ModelMonitorStale",
    what: "the monitor of a model has never run since it was asked for 26 hours ago",
    series: {},
    atMinutes: 1590,
    intervalMinutes: 10,
    fires: ranker,
  },
  {
    alert: "ModelMonitorStale",
    what: "the monitor of a model that is new has not run yet",
    series: {},
    atMinutes: 1500,
    intervalMinutes: 10,
    fires: [],
  },
  {
    alert: "ModelMonitorStale",
    what: "the push gateway has forgotten a success of ten hours ago",
    series: { [`flightdeck_model_last_success_timestamp_seconds{${PUSHED}}`]: "60000x100 _x80" },
    atMinutes: 1620,
    intervalMinutes: 10,
    fires: [],
  },
  situation("ModelMonitorFailed", "the last run has not succeeded", times("600x20", "0x20"), ranker),
  situation("ModelMonitorFailed", "the last run has succeeded", times("600x20", "600x20"), []),
  situation(
    "ModelMonitorFailed",
    "no run has ever succeeded",
    { [`flightdeck_model_last_run_timestamp_seconds{${PUSHED}}`]: "600x20" },
    ranker,
  ),
];

/** Series that are recorded of monitored models. */
export const recordingCases: readonly RecordingCase[] = [
  {
    expression: "model:quality_threshold:value",
    what: "thresholds of quality, by metric",
    series: {},
    atMinutes: 1,
    samples: [
      { labels: { model: "ranker", metric: "f1" }, value: 0.8 },
      { labels: { model: "eta", metric: "mae" }, value: 2 },
    ],
  },
  {
    expression: "model:owner:info",
    what: "whose model it is, where it is a team's",
    series: {},
    atMinutes: 1,
    samples: [
      { labels: { model: "ranker", namespace: "training" }, value: 1 },
      { labels: { model: "eta" }, value: 1 },
    ],
  },
  {
    expression: "model:drift_threshold:ratio",
    what: "how many columns may drift",
    series: {},
    atMinutes: 1,
    samples: [
      { labels: { model: "ranker" }, value: 0.3 },
      { labels: { model: "eta" }, value: 0.3 },
    ],
  },
];
