import { ERROR_METRICS } from "../../../catalog";
import { type AlertsShown, firingCount, firingTable } from "./private/alerts";
import { compose } from "./private/compose";
import { line } from "./private/line";
import type { PlannedPanel, Section } from "./private/panel-spec";
import { bars, graph, type GraphSpec, stat, timeline } from "./private/panels";
import { anyIs, PLAIN, rising } from "./private/steps";
import { table } from "./private/tables";
import { variable } from "./private/variables";
import type { DashboardSettings, PlatformDashboard } from "./platform-dashboard";

const MODEL = 'model="$model"';
const ALERTS: AlertsShown = { areas: ["models"], matchers: ['model=~"$model|"'] };

/** Model drift: does a model still see the data it was made for, is it still good, and when was that last looked at? */
export function modelDriftDashboard(settings: DashboardSettings): PlatformDashboard {
  return compose(settings, {
    name: "model-drift",
    title: "Model drift and quality",
    folder: "Models",
    description: "Does a model still see the data it was made for, is it still good, and when was that last looked at?",
    variables: [
      variable({
        ...{ name: "model", label: "Model", description: "The monitored model.", several: false },
        ...{ series: "model:drift_threshold:ratio", values: "model" },
      }),
    ],
    alerts: ALERTS,
    from: "now-30d",
    sections: [
      { panels: line([firingCount(ALERTS), ...now(settings)]) },
      { panels: [firingTable(settings, ALERTS, [{ label: "column", title: "Column" }], { width: 12 }), allModels()] },
      drift(),
      data(),
      ...(settings.models.some(({ quality }) => quality !== undefined) ? [quality()] : []),
    ],
  });
}

function now({ models }: DashboardSettings): PlannedPanel[] {
  const ages = models.map(({ model, maxAgeHours }) => [model, rising(1800 * maxAgeHours, 3600 * maxAgeHours)] as const);
  return [
    stat({
      title: "Drift against its limit",
      description: "Share of columns that drifted, divided by the share that may. From 100 % on the alert fires.",
      ...{ unit: "percentunit", decimals: 0, min: 0, steps: rising(0.75, 1), noValue: "no run yet" },
      expression: `max(flightdeck_model_drift_share{${MODEL}}) / max(model:drift_threshold:ratio{${MODEL}})`,
    }),
    stat({
      title: "Columns drifted",
      description: "Columns whose values are spread otherwise than those the model was trained with.",
      ...{ unit: "none", decimals: 0, steps: anyIs("yellow"), noValue: "no run yet" },
      expression: `sum(flightdeck_model_column_drifted{${MODEL}})`,
    }),
    stat({
      title: "Failed checks of the data",
      description: "Expectations of the data that the last run found broken.",
      ...{ unit: "none", decimals: 0, steps: anyIs("red"), noValue: "no run yet" },
      expression: `sum(flightdeck_model_validation_failures{${MODEL}})`,
    }),
    stat({
      title: "Last good run",
      description:
        "How long ago the monitoring job last succeeded. While it fails, all below is of then. From red on the alert fires.",
      ...{ unit: "s", decimals: 0, steps: PLAIN, noValue: "never" },
      expression: `time() - max by (model) (flightdeck_model_last_success_timestamp_seconds{${MODEL}})`,
      ...{ legend: "{{model}}", stepsByName: Object.fromEntries(ages) },
    }),
  ];
}

function allModels(): PlannedPanel {
  const link = { title: "This model", url: "/d/model-drift?var-model=${__value.raw}" };
  return table({
    title: "All models",
    description:
      "Every monitored model: how far it drifted, and how long ago that was last looked at, in how many rows.",
    ...{ width: 12, height: 5 },
    labels: [{ label: "model", title: "Model", links: [link] }],
    values: [
      {
        ...{ title: "Columns drifted", unit: "percentunit", decimals: 0 },
        expression: "max by (model) (flightdeck_model_drift_share)",
      },
      {
        ...{ title: "Limit", unit: "percentunit", decimals: 0 },
        expression: "max by (model) (model:drift_threshold:ratio)",
      },
      {
        ...{ title: "Last good run", unit: "s", decimals: 0 },
        expression: "time() - max by (model) (flightdeck_model_last_success_timestamp_seconds)",
      },
      {
        ...{ title: "Rows", unit: "short" },
        expression: 'max by (model) (flightdeck_model_rows{dataset="current"})',
      },
      {
        ...{ title: "Compared with", unit: "short" },
        expression: 'max by (model) (flightdeck_model_rows{dataset="reference"})',
      },
    ],
    noRows: "No model has been looked at yet",
  });
}

function drift(): Section {
  return {
    heading: "Drift",
    panels: [
      graph({
        title: "Share of columns that drifted",
        description:
          "One value for each run. Above the limit the alert fires, and retraining starts where the model asks for it.",
        ...{ unit: "percentunit", width: 12, min: 0, max: 1, colors: { drifted: "orange", limit: "red" } },
        queries: [
          { expression: `max by (model) (flightdeck_model_drift_share{${MODEL}})`, legend: "drifted" },
          { expression: `max by (model) (model:drift_threshold:ratio{${MODEL}})`, legend: "limit", measure: true },
        ],
      }),
      table({
        title: "Columns, most drifted first",
        description:
          "How far the values of each column are from those the model was trained with, by the method of the column's type.",
        width: 12,
        labels: [{ label: "column", title: "Column" }],
        values: [
          {
            ...{ title: "Score", unit: "none", decimals: 3 },
            expression: `max by (column) (flightdeck_model_column_drift_score{${MODEL}})`,
          },
          {
            ...{ title: "Drifted", unit: "bool_yes_no", steps: anyIs("yellow") },
            expression: `max by (column) (flightdeck_model_column_drifted{${MODEL}})`,
          },
          {
            ...{ title: "Missing", unit: "percentunit", decimals: 1 },
            expression: `max by (column) (flightdeck_model_missing_share{${MODEL}})`,
          },
        ],
        sortBy: "Drifted",
        noRows: "No run yet",
      }),
      drifted(),
    ],
  };
}

function drifted(): PlannedPanel {
  return timeline({
    title: "When columns drifted",
    description:
      "A line for each column. Many at the same moment: something upstream changed. One after the other: the world did.",
    width: 24,
    height: 7,
    queries: [{ expression: `max by (column) (flightdeck_model_column_drifted{${MODEL}})`, legend: "{{column}}" }],
    states: { 0: { text: "as trained", color: "green" }, 1: { text: "drifted", color: "orange" } },
  });
}

function data(): Section {
  const missing = `max by (model, column) (flightdeck_model_missing_share{${MODEL}})`;
  return {
    heading: "Data",
    panels: [
      bars({
        title: "Missing values against their limit, by column",
        description: "Share of rows without a value, divided by the share that may be. From 100 % on the alert fires.",
        ...{ unit: "percentunit", decimals: 0, width: 8, min: 0, max: 1, steps: rising(0.5, 1) },
        queries: [
          {
            expression: `sort_desc(topk(20, ${missing} / on (model) group_left () model:missing_threshold:ratio))`,
            legend: "{{column}}",
          },
        ],
      }),
      graph({
        title: "Rows looked at",
        description:
          "Rows of each run; dashed: the least that a verdict can be trusted with, below which the alert fires.",
        ...{ unit: "none", decimals: 0, width: 8, min: 0, colors: { least: "red" } },
        queries: [
          { expression: `max(flightdeck_model_rows{${MODEL}, dataset="current"})`, legend: "rows" },
          { expression: `max(model:rows_threshold:count{${MODEL}})`, legend: "least", measure: true },
        ],
      }),
      graph({
        title: "Failed checks, by check",
        description: "Expectations of the data that runs found broken.",
        ...{ unit: "none", decimals: 0, width: 8, min: 0, stacked: true },
        queries: [
          { expression: `max by (check) (flightdeck_model_validation_failures{${MODEL}})`, legend: "{{check}}" },
        ],
      }),
    ],
  };
}

/** Scores and errors have scales of their own: an error may be of any size, and less of it is better. */
function quality(): Section {
  const against = (matcher: string, limit: string): Pick<GraphSpec, "queries"> => ({
    queries: [
      { expression: `max by (metric) (flightdeck_model_quality{${MODEL}, ${matcher}})`, legend: "{{metric}}" },
      {
        expression: `max by (metric) (model:quality_threshold:value{${MODEL}, ${matcher}})`,
        ...{ legend: `{{metric}} ${limit}`, measure: true },
      },
    ],
  });
  const common = { unit: "none", decimals: 3, width: 12, height: 7, bare: true } as const;
  return {
    heading: "Quality",
    panels: [
      graph({
        title: "Scores against their least value",
        description:
          "How often the model is right where the truth is known by now. Below its dashed line the alert fires.",
        ...{ ...common, noValue: "No score is measured" },
        ...against(`metric!~"${ERRORS}"`, "least"),
      }),
      graph({
        title: "Errors against their greatest value",
        description: "How far off the model is where the truth is known by now. Above its dashed line the alert fires.",
        ...{ ...common, min: 0, noValue: "No error is measured" },
        ...against(`metric=~"${ERRORS}"`, "most"),
      }),
    ],
  };
}

const ERRORS = ERROR_METRICS.join("|");
