import { QUALITY_METRICS } from "../../catalog";
import type { Draft, EnvironmentDraft, Finding } from "../draft";
import type { MonitoredModelConfig } from "../environment-config";
import type { ValuePath } from "../value-path";

/** Models that are watched: something to look at, and thresholds of what the task has, a team and a trigger that there are. */
export function* checkMonitoredModels({ observability, teams }: EnvironmentDraft): Generator<Finding> {
  for (const [name, model] of Object.entries(observability?.models ?? {})) {
    if (model === undefined) continue;
    const path = ["observability", "models", name];
    yield* checkModel(path, model);
    const { retrain, team } = model;
    if (team !== undefined && teams !== undefined && teams[team] === undefined) {
      const allowed = Object.keys(teams).join(", ") || "none yet";
      yield { path: [...path, "team"], rule: "must be a team of teams", got: team, allowed };
    }
    const triggers = Object.keys(observability?.retraining ?? {});
    if (retrain === undefined || triggers.includes(retrain)) continue;
    const allowed = triggers.join(", ") || "none yet";
    yield { path: [...path, "retrain"], rule: "must be a trigger of observability.retraining", got: retrain, allowed };
  }
}

function* checkModel(path: ValuePath, model: Draft<MonitoredModelConfig>): Generator<Finding> {
  const { columns, task, thresholds } = model;
  if (columns?.numerical?.length === 0 && columns.categorical?.length === 0) {
    yield { path: [...path, "columns"], rule: "must name a numerical or categorical column" };
  }
  if (task === undefined) return;
  const known: readonly string[] = QUALITY_METRICS[task];
  const wanted = Object.keys(thresholds?.quality ?? {});
  for (const metric of wanted.filter((one) => !known.includes(one))) {
    const rule = `must be a metric of quality of task ${task}`;
    yield { path: [...path, "thresholds", "quality", metric], rule, got: metric, allowed: known.join(", ") || "none" };
  }
  for (const column of ["target", "prediction"] as const) {
    if (wanted.length === 0 || columns === undefined || columns[column] !== undefined) continue;
    yield { path: [...path, "columns", column], rule: "must be named: quality is judged by target and prediction" };
  }
}
