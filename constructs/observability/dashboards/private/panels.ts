import { PanelBuilder as BarGaugeBuilder } from "@grafana/grafana-foundation-sdk/bargauge";
import {
  BarGaugeDisplayMode,
  BarGaugeNamePlacement,
  BarGaugeValueMode,
  BigValueColorMode,
  BigValueGraphMode,
  BigValueTextMode,
  GraphGradientMode,
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
  LegendDisplayMode,
  LegendPlacement,
  ReduceDataOptionsBuilder,
  SortOrder,
  StackingConfigBuilder,
  StackingMode,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizOrientation,
  VizTooltipOptionsBuilder,
} from "@grafana/grafana-foundation-sdk/common";
import { MappingType, type ValueMapping } from "@grafana/grafana-foundation-sdk/dashboard";
import { PanelBuilder as StatBuilder } from "@grafana/grafana-foundation-sdk/stat";
import { PanelBuilder as TimelineBuilder } from "@grafana/grafana-foundation-sdk/statetimeline";
import { PanelBuilder as GraphBuilder } from "@grafana/grafana-foundation-sdk/timeseries";
import { ask, byName, byStep, plan } from "./panel-parts";
import type { PanelSpec, PanelQuery, PlannedPanel, StepColor } from "./panel-spec";

/** A number that is read at once. */
export interface StatSpec extends Omit<PanelSpec, "width"> {
  /** PromQL that yields one number. */
  readonly expression: string;
  /** What is said where there is no number; undefined: "no data". */
  readonly noValue?: string;
  /** Whether the course of the shown time is behind the number. */
  readonly course?: boolean;
}

/** Lines over time. */
export interface GraphSpec extends PanelSpec {
  /** What is asked, and how the series are named. */
  readonly queries: readonly PanelQuery[];
  /** Whether series are put on top of one another, as parts of a whole. */
  readonly stacked?: boolean;
  /** Whether a line is drawn at each step, for limits. */
  readonly limits?: boolean;
}

/** A bar for each series, for now. */
export interface BarsSpec extends PanelSpec {
  /** What is asked, and how the series are named. */
  readonly queries: readonly PanelQuery[];
}

/** States over time, a line for each series. */
export interface TimelineSpec extends Omit<PanelSpec, "unit" | "steps"> {
  /** What is asked, and how the series are named. */
  readonly queries: readonly PanelQuery[];
  /** What each value is called, and its colour. */
  readonly states: Readonly<Record<number, { readonly text: string; readonly color: StepColor }>>;
}

/** Columns of a number that stands alone: `line` gives several the same share of a line. */
const STAT_WIDTH = 4;

/** A large number in the colour of its step. */
export function stat(options: StatSpec): PlannedPanel {
  const { expression, noValue, course = true } = options;
  const builder = new StatBuilder()
    .colorMode(BigValueColorMode.Background)
    .graphMode(course ? BigValueGraphMode.Area : BigValueGraphMode.None)
    .textMode(BigValueTextMode.Value)
    .reduceOptions(lastValue())
    .colorScheme(byStep());
  if (noValue !== undefined) builder.noValue(noValue);
  ask(builder, [{ expression, legend: options.title }], course ? "range" : "instant");
  return plan(builder, { ...options, width: STAT_WIDTH }, 4);
}

/** Lines over time, with a legend that says the last and the greatest value. */
export function graph(options: GraphSpec): PlannedPanel {
  const { queries, stacked = false, limits = false } = options;
  const builder = new GraphBuilder()
    .lineWidth(stacked ? 1 : 2)
    .fillOpacity(stacked ? 40 : 8)
    .gradientMode(GraphGradientMode.None)
    .showPoints(VisibilityMode.Never)
    .stacking(new StackingConfigBuilder().mode(stacked ? StackingMode.Normal : StackingMode.None).group("A"))
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending))
    .legend(
      new VizLegendOptionsBuilder()
        .displayMode(LegendDisplayMode.Table)
        .placement(LegendPlacement.Bottom)
        .showLegend(true)
        .calcs(["lastNotNull", "max"]),
    )
    .colorScheme(byName());
  if (limits) {
    builder.thresholdsStyle(new GraphThresholdsStyleConfigBuilder().mode(GraphThresholdsStyleMode.Dashed));
  }
  ask(builder, queries, "range");
  return plan(builder, options, 8);
}

/** A bar for each series, the colour by its value. */
export function bars(options: BarsSpec): PlannedPanel {
  const builder = new BarGaugeBuilder()
    .displayMode(BarGaugeDisplayMode.Basic)
    .valueMode(BarGaugeValueMode.Color)
    .namePlacement(BarGaugeNamePlacement.Left)
    .orientation(VizOrientation.Horizontal)
    .showUnfilled(true)
    .reduceOptions(lastValue())
    .colorScheme(byStep());
  ask(builder, options.queries, "instant");
  return plan(builder, options, 8);
}

/** States over time. */
export function timeline(options: TimelineSpec): PlannedPanel {
  const { states, ...rest } = options;
  const mapping: ValueMapping = {
    type: MappingType.ValueToText,
    options: Object.fromEntries(Object.entries(states).map(([value, state]) => [value, { ...state }])),
  };
  const builder = new TimelineBuilder()
    .mergeValues(true)
    .showValue(VisibilityMode.Never)
    .rowHeight(0.8)
    .fillOpacity(80)
    .lineWidth(0)
    .mappings([mapping])
    .legend(
      new VizLegendOptionsBuilder()
        .displayMode(LegendDisplayMode.List)
        .placement(LegendPlacement.Bottom)
        .showLegend(true)
        .calcs([]),
    )
    .colorScheme(byStep());
  ask(builder, options.queries, "range");
  return plan(builder, { ...rest, unit: "none" }, 8);
}

function lastValue(): ReduceDataOptionsBuilder {
  return new ReduceDataOptionsBuilder().values(false).calcs(["lastNotNull"]).fields("");
}
