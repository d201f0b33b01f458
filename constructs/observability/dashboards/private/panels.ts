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
import { ask, byName, byStep, plan, refId, thresholds } from "./panel-parts";
import type { PanelSpec, PanelQuery, PlannedPanel, Step, StepColor } from "./panel-spec";

/** A number that is read at once. */
export interface StatSpec extends Omit<PanelSpec, "width"> {
  /** PromQL that yields one number. */
  readonly expression: string;
  /** What is said where there is no number; undefined: "no data". */
  readonly noValue?: string;
  /** Whether the course of the shown time is behind the number. */
  readonly course?: boolean;
  /** Name of the number, with its labels, where colours depend on it; undefined: the title. */
  readonly legend?: string;
  /** Colours by value for some names alone: what is good for one service is not for another. */
  readonly stepsByName?: Readonly<Record<string, readonly Step[]>>;
}

/** Lines over time. */
export interface GraphSpec extends PanelSpec {
  /** What is asked, and how the series are named. */
  readonly queries: readonly PanelQuery[];
  /** Whether series are put on top of one another, as parts of a whole. */
  readonly stacked?: boolean;
  /** Whether a line is drawn at each step, for limits. */
  readonly limits?: boolean;
  /** Whether the space below lines stays empty: for lines that cross, or that lie close together. */
  readonly bare?: boolean;
  /** Where the legend stands; undefined: below, which has room for four series. */
  readonly legend?: "right";
  /** Colours of series whose names say how things are, by a regular expression that the whole name matches. */
  readonly colors?: Readonly<Record<string, StepColor>>;
  /** What is said where there are no series, where that is good news; undefined: "No data". */
  readonly noValue?: string;
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
  const { expression, noValue, course = true, legend = options.title, stepsByName = {} } = options;
  const builder = new StatBuilder()
    .colorMode(BigValueColorMode.Background)
    .graphMode(course ? BigValueGraphMode.Area : BigValueGraphMode.None)
    .textMode(BigValueTextMode.Value)
    .reduceOptions(lastValue())
    .colorScheme(byStep());
  if (noValue !== undefined) builder.noValue(noValue);
  for (const [name, steps] of Object.entries(stepsByName)) {
    builder.overrideByName(name, [{ id: "thresholds", value: thresholds(steps).build() }]);
  }
  ask(builder, [{ expression, legend }], course ? "range" : "instant");
  return plan(builder, { ...options, width: STAT_WIDTH }, 4);
}

/** Lines over time, with a legend that says the last and, where there is room, the greatest value. */
export function graph(options: GraphSpec): PlannedPanel {
  const { queries, stacked = false, limits = false, bare = false, legend, noValue } = options;
  const builder = new GraphBuilder()
    .lineWidth(stacked ? 1 : 2)
    .fillOpacity(stacked ? 40 : bare ? 0 : 8)
    .gradientMode(GraphGradientMode.None)
    .showPoints(VisibilityMode.Never)
    .stacking(new StackingConfigBuilder().mode(stacked ? StackingMode.Normal : StackingMode.None).group("A"))
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending))
    .legend(
      new VizLegendOptionsBuilder()
        .displayMode(LegendDisplayMode.Table)
        .placement(legend === "right" ? LegendPlacement.Right : LegendPlacement.Bottom)
        .showLegend(true)
        .calcs(legend === "right" ? ["lastNotNull"] : ["lastNotNull", "max"]),
    )
    .colorScheme(byName());
  if (limits) {
    builder.thresholdsStyle(new GraphThresholdsStyleConfigBuilder().mode(GraphThresholdsStyleMode.Dashed));
  }
  if (noValue !== undefined) builder.noValue(noValue);
  tellApart(builder, options);
  ask(builder, queries, "range");
  return plan(builder, options, 8);
}

/** Colours of series that have one of their own, and dashes of what others are measured by. */
function tellApart(builder: GraphBuilder, { queries, colors = {} }: GraphSpec): void {
  for (const [name, color] of Object.entries(colors)) {
    builder.overrideByRegexp(`/^(?:${name})$/`, [{ id: "color", value: { mode: "fixed", fixedColor: color } }]);
  }
  queries.forEach(({ measure = false }, index) => {
    if (!measure) return;
    builder.overrideByQuery(refId(index), [
      { id: "custom.lineStyle", value: { fill: "dash", dash: [8, 6] } },
      { id: "custom.fillOpacity", value: 0 },
    ]);
  });
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
