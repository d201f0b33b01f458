import data from "./chart-controllers.json";

/** Where a chart says how many pods of one of its controllers run. */
export interface ChartController {
  /** Path in the chart's values, such as `webhook.replicaCount`. */
  readonly path: string;
  /** What the chart takes when nothing is said. */
  readonly default: number;
}

const CONTROLLERS: Readonly<Record<string, readonly ChartController[]>> = data.controllers;

/** The controllers of a chart of which several can run at once; none for a chart that has no such, or is not known. */
export function chartControllers(chart: string): readonly ChartController[] {
  return Object.hasOwn(CONTROLLERS, chart) ? (CONTROLLERS[chart] ?? []) : [];
}
