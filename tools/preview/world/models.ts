import { around, ramp } from "./noise";
import type { Moment, Sink } from "./sink";
import type { Faults, Target } from "./target";

/** How far each column has moved, and by when in hours before now. */
const COLUMNS = {
  session_length: { method: "wasserstein", most: 0.34, from: 15, to: 2 },
  device: { method: "jensenshannon", most: 0.21, from: 11, to: 1 },
  country: { method: "jensenshannon", most: 0.14, from: 8, to: 0 },
  hour_of_day: { method: "wasserstein", most: 0.04, from: 24, to: 0 },
  price_shown: { method: "wasserstein", most: 0.12, from: 5, to: 0 },
  clicks_7d: { method: "wasserstein", most: 0.07, from: 20, to: 0 },
} as const;
const DRIFTED_FROM = 0.1;
const RUN_SECONDS = 130;

/** What the jobs that watch models have pushed last. */
export function modelTargets(): readonly Target[] {
  return [{ job: "model-monitor", labels: { instance: "" }, tell: tellModels }];
}

function tellModels(sink: Sink, now: Moment, faults: Faults): void {
  tellRanker(sink, now, faults);
  tellTravelTime(sink, now);
}

function tellRanker(sink: Sink, now: Moment, { driftShare }: Faults): void {
  const model = "ranker";
  const moment = lastRun(now);
  let drifted = 0;
  for (const [column, { method, most, from, to }] of Object.entries(COLUMNS)) {
    const score = around(0.02 + most * ramp(moment, from, to), 0.06, column, moment);
    drifted += score > DRIFTED_FROM ? 1 : 0;
    sink.gauge("flightdeck_model_column_drift_score", { model, column, method }, score);
    sink.gauge("flightdeck_model_column_drifted", { model, column }, score > DRIFTED_FROM ? 1 : 0);
    sink.gauge("flightdeck_model_missing_share", { model, column }, around(0.012, 0.5, `${column}/missing`, moment));
  }
  sink.gauge("flightdeck_model_drift_share", { model }, driftShare ?? drifted / Object.keys(COLUMNS).length);
  sink.gauge("flightdeck_model_rows", { model, dataset: "current" }, Math.round(around(18_000, 0.1, "rows", moment)));
  sink.gauge("flightdeck_model_rows", { model, dataset: "reference" }, 250_000);
  for (const check of ["type", "range", "allowed"]) {
    sink.gauge("flightdeck_model_validation_failures", { model, check }, 0);
  }
  const fall = ramp(moment, 12, 0);
  sink.gauge("flightdeck_model_quality", { model, metric: "f1" }, around(0.86 - 0.045 * fall, 0.004, "f1", moment));
  tellRun(sink, model, moment);
}

/** A model of numbers whose data stay as they were. */
function tellTravelTime(sink: Sink, now: Moment): void {
  const model = "travel-time";
  const moment = lastRun(now);
  sink.gauge("flightdeck_model_drift_share", { model }, 0);
  sink.gauge(
    "flightdeck_model_rows",
    { model, dataset: "current" },
    Math.round(around(4_000, 0.1, "travel-time/rows", moment)),
  );
  sink.gauge("flightdeck_model_rows", { model, dataset: "reference" }, 60_000);
  const error = around(1.4 + 0.4 * ramp(moment, 12, 0), 0.01, "mae", moment);
  sink.gauge("flightdeck_model_quality", { model, metric: "mae" }, error);
  tellRun(sink, model, moment);
}

/** A run every hour, which takes some two minutes: until the next one the push gateway says the same. */
function lastRun(now: Moment): Moment {
  const behind = (now.time - RUN_SECONDS) % 3600;
  return { ...now, time: now.time - behind, hoursAgo: now.hoursAgo + behind / 3600 };
}

function tellRun(sink: Sink, model: string, moment: Moment): void {
  const seconds = around(RUN_SECONDS, 0.1, `${model}/run`, moment);
  sink.gauge("flightdeck_model_last_run_timestamp_seconds", { model }, moment.time);
  sink.gauge("flightdeck_model_last_success_timestamp_seconds", { model }, moment.time);
  sink.gauge("flightdeck_model_run_duration_seconds", { model }, seconds);
  sink.gauge("push_time_seconds", { job: "model-monitor", model }, moment.time);
}
