import { metricRegister, type MetricRegister, type MetricSeries } from "../../../catalog";
import type { RecordingRule, RuleGroup } from "../rules/rule";
import { countsUp } from "./counts-up";
import { ANY_LABELS, type LabelSet, labelsOf } from "./label-flow";
import { parsePromql } from "./parse-promql";
import type { SelectorExpression } from "./promql-expression";
import { PromqlSyntaxError } from "./promql-syntax-error";

/** A series that a query can ask for. */
export interface KnownSeries {
  /** Its labels. */
  readonly labels: LabelSet;
  /** True for what only grows, until it starts again from zero. */
  readonly counter: boolean;
  /** What an exporter says of it; undefined: rules record it. */
  readonly raw: MetricSeries | undefined;
}

/** Every series that queries of the platform can ask for: those of exporters and those that rules record. */
export class SeriesCatalogue {
  private readonly recorded = new Map<string, RecordingRule[]>();
  private readonly known = new Map<string, Omit<KnownSeries, "raw">>();

  private constructor(
    groups: readonly RuleGroup[],
    private readonly metrics: MetricRegister,
  ) {
    for (const rule of groups.flatMap((group) => group.recording)) {
      this.recorded.set(rule.record, [...(this.recorded.get(rule.record) ?? []), rule]);
    }
  }

  /**
   * The series of the catalogue of metrics, and those that the groups record.
   *
   * @param groups all groups of the platform
   * @param metrics what exporters yield, by default the catalogue of metrics
   */
  static of(groups: readonly RuleGroup[], metrics: MetricRegister = metricRegister()): SeriesCatalogue {
    return new SeriesCatalogue(groups, metrics);
  }

  /** The series of that name, or `undefined`. */
  tryFind(name: string): KnownSeries | undefined {
    if (this.recorded.has(name)) return { ...this.recordedSeries(name), raw: undefined };
    const raw = this.metrics.tryFind(name);
    if (raw === undefined) return undefined;
    const labels = raw.metric.anyLabels ? ANY_LABELS : { names: raw.labels, exact: false };
    return { raw, labels, counter: isCounter(raw) };
  }

  /** Names of all series. */
  names(): readonly string[] {
    return [...this.metrics.names(), ...this.recorded.keys()];
  }

  /** Labels of what a selector finds; nothing is known where it names no series of the catalogue. */
  readonly selectorLabels = ({ metric }: SelectorExpression): LabelSet =>
    (metric === undefined ? undefined : this.tryFind(metric)?.labels) ?? ANY_LABELS;

  /** All rules that record one series may say other labels; a series that is recorded from itself says nothing of its own. */
  private recordedSeries(name: string): Omit<KnownSeries, "raw"> {
    const known = this.known.get(name);
    if (known !== undefined) return known;
    this.known.set(name, UNKNOWN);
    const each = (this.recorded.get(name) ?? []).map((rule) => this.ruleSeries(rule));
    const names = each.every(({ labels }) => labels.names !== undefined)
      ? [...new Set(each.flatMap(({ labels }) => labels.names ?? []))]
      : undefined;
    const labels = { names, exact: each.every((series) => series.labels.exact) };
    const series = { labels, counter: each.every(({ counter }) => counter) };
    this.known.set(name, series);
    return series;
  }

  private ruleSeries({ expression: query, labels = {} }: RecordingRule): Omit<KnownSeries, "raw"> {
    try {
      const expression = parsePromql(query);
      const { names, exact } = labelsOf(expression, this.selectorLabels);
      return {
        labels: { names: names && [...new Set([...names, ...Object.keys(labels)])], exact },
        counter: countsUp(expression, ({ metric }) => metric !== undefined && this.tryFind(metric)?.counter === true),
      };
    } catch (error) {
      if (error instanceof PromqlSyntaxError) return UNKNOWN;
      throw error;
    }
  }
}

function isCounter({ metric, part }: MetricSeries): boolean {
  if (part === undefined) return false;
  return part === "value" ? metric.type === "counter" : part !== "quantile";
}

const UNKNOWN: Omit<KnownSeries, "raw"> = { labels: ANY_LABELS, counter: false };
