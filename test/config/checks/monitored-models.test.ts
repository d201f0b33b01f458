import { refusal, withChange } from "../environment-fixture";

const AT = "dev.yaml:17 observability.models.ranker";
const withModel = (model: string) =>
  withChange(
    "",
    `observability: {models: {ranker: {schedule: "0 4 * * *", image: "registry.example.com/model-monitor:1.0.0", reference: {store: datasets, prefix: a/}, current: {store: datasets, prefix: b/}, ${model}}}}\n`,
  );

test("a model is watched with a column alone", () => {
  expect(refusal(withModel("columns: {numerical: [price]}"))).toBe("");
  expect(refusal(withModel("columns: {categorical: [country]}, timeZone: Europe/Berlin"))).toBe("");
});

test("it may belong to a team that there is", () => {
  const teams = "teams: {search: {namespaces: [search]}}\n";
  expect(refusal(`${withModel("columns: {numerical: [price]}, team: search")}${teams}`)).toBe("");
  expect(refusal(`${withModel("columns: {numerical: [price]}, team: ranking")}${teams}`)).toBe(
    `${AT}.team: must be a team of teams, got "ranking"; allowed: search`,
  );
});

test("its quality is judged by metrics of its task, from target and prediction", () => {
  const judged = "columns: {numerical: [price], target: sold, prediction: guess}, thresholds: {quality: {f1: 0.8}}";
  expect(refusal(withModel(`task: classification, ${judged}`))).toBe("");
  expect(refusal(withModel(`task: regression, ${judged}`))).toBe(
    `${AT}.thresholds.quality.f1: must be a metric of quality of task regression, got "f1"; allowed: mae, rmse, r2, mape`,
  );
});

test.each([
  ["nothing to look at", "columns: {}", `${AT}.columns: must name a numerical or categorical column`],
  [
    "quality without the truth",
    "task: classification, columns: {numerical: [a], prediction: b}, thresholds: {quality: {f1: 0.8}}",
    `${AT}.columns.target: must be named: quality is judged by target and prediction`,
  ],
  [
    "quality without a task",
    "columns: {numerical: [a], target: c, prediction: b}, thresholds: {quality: {f1: 0.8}}",
    `${AT}.thresholds.quality.f1: must be a metric of quality of task none, got "f1"; allowed: none`,
  ],
  [
    "a trigger that there is not",
    "columns: {numerical: [a]}, retrain: nightly",
    `${AT}.retrain: must be a trigger of observability.retraining, got "nightly"; allowed: none yet`,
  ],
  [
    "a team that there is not",
    "columns: {numerical: [a]}, team: ranking",
    `${AT}.team: must be a team of teams, got "ranking"; allowed: none yet`,
  ],
  [
    "a clock of nowhere",
    "columns: {numerical: [a]}, timeZone: '+01:00'",
    `${AT}.timeZone: must be an IANA time zone, got "+01:00"; allowed: for example Europe/Berlin, America/New_York, UTC`,
  ],
])("it is refused with %s", (_what, model, message) => {
  expect(refusal(withModel(model))).toBe(message);
});
