import { join } from "node:path";
import { runCommand } from "../../toolchain/run-command";
import { type NamedSeries, writeOpenMetrics } from "./open-metrics";
import type { PrometheusApi, QueriedSeries, TimeRange } from "./prometheus-api";
import { PrometheusServer } from "./prometheus-server";
import { type EvaluatedRule, rulesByLevel } from "./rules-by-level";

const BLOCKS_TIMEOUT_MS = 10 * 60_000;
const BLOCK_SECONDS = 7200;
const LANES = 4;

/** What past data is made with. */
export interface BackfillOptions {
  readonly programs: { readonly prometheus: string; readonly promtool: string };
  /** Folder for the data of Prometheus and for what is written on the way. */
  readonly folder: string;
  readonly configuration: string;
  readonly range: TimeRange;
}

/** Folder of the data of Prometheus. */
export function dataFolder({ folder }: Pick<BackfillOptions, "folder">): string {
  return join(folder, "data");
}

/**
 * Puts series into the data of a Prometheus that does not run, each block's samples in a file of their own: promtool reads
 * a whole file again for every block in it.
 *
 * @throws Error with what promtool says
 */
export async function backfillSeries(
  name: string,
  series: readonly NamedSeries[],
  options: BackfillOptions,
): Promise<void> {
  const { start, end } = options.range;
  const file = join(options.folder, `${name}.om`);
  for (let block = start - (start % BLOCK_SECONDS); block <= end; block += BLOCK_SECONDS) {
    const part = series.flatMap((one) => {
      const points = one.points.filter(([time]) => time >= block && time < block + BLOCK_SECONDS);
      return points.length === 0 ? [] : [{ ...one, points }];
    });
    if (part.length > 0) await makeBlocks(file, part, options);
  }
}

async function makeBlocks(file: string, series: readonly NamedSeries[], options: BackfillOptions): Promise<void> {
  await writeOpenMetrics(file, series);
  const args = ["tsdb", "create-blocks-from", "openmetrics", "-q", file, dataFolder(options)];
  const { status, stderr, stdout } = await runCommand(options.programs.promtool, args, {
    env: {},
    timeoutMs: BLOCKS_TIMEOUT_MS,
  });
  if (status !== 0) throw new Error(`promtool cannot make blocks of ${file}: ${(stderr || stdout).trim()}`);
}

/**
 * Evaluates rules over the whole range, as if Prometheus had run all the time, level by level: what a level yields is
 * there for the next. Alerts become `ALERTS`, as Prometheus writes it.
 */
export async function backfillRules(rules: readonly EvaluatedRule[], options: BackfillOptions): Promise<void> {
  for (const [level, some] of rulesByLevel(rules).entries()) {
    const { configuration } = options;
    const data = dataFolder(options);
    const server = await PrometheusServer.start({ program: options.programs.prometheus, configuration, data });
    const series: NamedSeries[] = [];
    try {
      const waiting = [...some];
      const lane = async (): Promise<void> => {
        for (let rule = waiting.shift(); rule !== undefined; rule = waiting.shift()) {
          series.push(...(await evaluate(rule, server.api, options.range)));
        }
      };
      await Promise.all(Array.from({ length: LANES }, lane));
    } finally {
      await server.stop();
    }
    await backfillSeries(`rules-${level}`, merged(series), options);
  }
}

/** Several rules may write the same series, each at other times: where they meet, one of them counts. */
function merged(series: readonly NamedSeries[]): readonly NamedSeries[] {
  const all = new Map<string, { one: NamedSeries; points: Map<number, number> }>();
  for (const one of series) {
    const key = `${one.name}${JSON.stringify(Object.entries(one.labels).sort())}`;
    const known = all.get(key) ?? { one, points: new Map<number, number>() };
    for (const [time, value] of one.points) known.points.set(time, value);
    all.set(key, known);
  }
  return [...all.values()].map(({ one, points }) => ({ ...one, points: [...points].sort(([a], [b]) => a - b) }));
}

async function evaluate(rule: EvaluatedRule, api: PrometheusApi, range: TimeRange): Promise<NamedSeries[]> {
  const found = await api.range(rule.expr, range);
  if (rule.record !== undefined) {
    const name = rule.record;
    return found.map((one) => ({ name, labels: labelsOf(one, rule), points: one.points }));
  }
  return found.flatMap((one) => alerts(one, rule, range));
}

function labelsOf(
  { labels: { __name__: _name, ...labels } }: QueriedSeries,
  rule: EvaluatedRule,
): NamedSeries["labels"] {
  return { ...labels, ...rule.labels };
}

/** When an expression has held for long enough without a gap, its alert fires. */
function alerts(one: QueriedSeries, rule: EvaluatedRule, { step }: TimeRange): NamedSeries[] {
  const states: Record<"pending" | "firing", [number, number][]> = { pending: [], firing: [] };
  const waits = seconds(rule.for ?? "0s");
  let since = Number.NEGATIVE_INFINITY;
  let before = Number.NEGATIVE_INFINITY;
  for (const [time] of one.points) {
    if (time - before > step) since = time;
    before = time;
    states[time - since >= waits ? "firing" : "pending"].push([time, 1]);
  }
  return (["pending", "firing"] as const)
    .filter((state) => states[state].length > 0)
    .map((alertstate) => ({
      name: "ALERTS",
      labels: { alertname: rule.alert ?? "", alertstate, ...labelsOf(one, rule) },
      points: states[alertstate],
    }));
}

/** Seconds of a duration such as `1h30m`. */
export function seconds(duration: string): number {
  const units: Readonly<Record<string, number>> = {
    ms: 0.001,
    s: 1,
    m: 60,
    h: 3600,
    d: 86_400,
    w: 604_800,
    y: 31_536_000,
  };
  const parts = [...duration.matchAll(/(\d+)(ms|[smhdwy])/g)];
  return parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * (units[unit ?? ""] ?? 0), 0);
}
