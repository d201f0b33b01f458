import { takeInventory } from "../../sandbox/deploy";
import type { DeployOutcome } from "../../sandbox/deploy";
import { formatDuration } from "../duration";

/** What a report is about. */
export interface OutcomeReportOptions {
  readonly verb: "deploy" | "destroy";
  /** `<project>/<stage>` */
  readonly environment: string;
  readonly outcome: DeployOutcome;
  /** Milliseconds it took. */
  readonly elapsed: number;
}

/** The lines that end a deploy or a destroy: what there is now, and what to try next. */
export function outcomeReport(options: OutcomeReportOptions): string[] {
  const { outcome, environment, verb } = options;
  if (outcome.status === "failed") return failure(options);
  if (outcome.status === "interrupted") {
    const again = `npx flightdeck sandbox ${verb} ${environment}`;
    return ["", `Stopped. ${reached(outcome)} To go on: ${again}`];
  }
  return verb === "deploy" ? deployed(options) : destroyed(options);
}

function deployed({ outcome, environment, elapsed }: OutcomeReportOptions): string[] {
  const run = outcome.stacks.filter(({ status }) => status !== "left out");
  const unchanged = run.every(({ status }) => status === "unchanged");
  const inventory = takeInventory(
    outcome.outputFolder,
    run.map(({ id }) => id),
  );
  const took = formatDuration(elapsed);
  const charts = run.flatMap(({ layer, chartsLeftOut = [] }) => chartsLeftOut.map((chart) => `${layer}: ${chart}`));
  const but = charts.length === 0 ? "" : `, but for ${charts.length} ${charts.length === 1 ? "chart" : "charts"}`;
  return [
    "",
    unchanged
      ? `${environment} is as configured${but}: no changes (${took}).`
      : `${environment} is deployed${but} (${took}).`,
    `It has ${inventory.map(({ kind, count }) => `${count} ${kind}`).join(", ")}.`,
    ...(charts.length > 0 ? ["Charts not deployed:", ...charts.map((chart) => `  ${chart}`)] : []),
    ...(run.length < outcome.stacks.length ? [reached(outcome)] : []),
    "",
    "Next:",
    "  npx flightdeck sandbox status",
    `  npx flightdeck sandbox kubeconfig ${environment} > kubeconfig`,
    `  npx flightdeck sandbox destroy ${environment}`,
  ];
}

function destroyed({ environment, outcome, elapsed }: OutcomeReportOptions): string[] {
  const layers = outcome.stacks.map(({ layer }) => layer).join(", ");
  return ["", `${environment} is destroyed: ${layers} (${formatDuration(elapsed)}).`];
}

function failure({ outcome, verb, environment, elapsed }: OutcomeReportOptions): string[] {
  const errors = outcome.errors.flatMap(({ stack, text }) => ["", ...(stack ? [`${stack}:`] : []), text]);
  return [
    ...errors,
    "",
    `${environment}: ${verb} failed (${formatDuration(elapsed)}). ${reached(outcome)}`,
    `Everything that was printed: ${outcome.logFile}`,
  ];
}

function reached({ stacks }: DeployOutcome): string {
  return `${stacks.map(({ layer, status }) => `${layer}: ${status}`).join(", ")}.`;
}
