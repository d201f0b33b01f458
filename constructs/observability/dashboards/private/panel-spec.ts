import type { Panel } from "@grafana/grafana-foundation-sdk/dashboard";

/** From a value on, a colour: the first has no value and holds below all others. */
export interface Step {
  readonly from: number | null;
  readonly color: StepColor;
}

/** Colours by what they say: fine, watch, act, wake somebody; blue and grey say nothing. */
export type StepColor = "green" | "yellow" | "orange" | "red" | "blue" | "text";

/** A query and how its series are named. */
export interface PanelQuery {
  /** PromQL, with variables of the dashboard. */
  readonly expression: string;
  /** Name of each series, with its labels: `{{pool}}`. */
  readonly legend: string;
  /** Whether it is what the others are measured by: a dashed line, nothing painted below it. Graphs only. */
  readonly measure?: boolean;
}

/** A way from a panel to somewhere else. */
export interface PanelLink {
  readonly title: string;
  /** Address, with variables of Grafana: `/d/gpu-fleet?var-pool=${__field.labels.pool}`. */
  readonly url: string;
}

/** What all panels have. */
export interface PanelSpec {
  /** Title, unique in the dashboard: the panel's id follows from it. */
  readonly title: string;
  /** What it shows and when to worry, for somebody who has never seen it. */
  readonly description: string;
  /** Unit of Grafana, such as `percentunit`. */
  readonly unit: string;
  /** Digits after the decimal point; undefined: as many as Grafana finds right. */
  readonly decimals?: number;
  /** Columns of 24. */
  readonly width: number;
  /** Rows of the grid, 30 pixels each; undefined: that of the kind of panel. */
  readonly height?: number;
  /** Colours by value; undefined: none. */
  readonly steps?: readonly Step[];
  /** Least value of the scale. */
  readonly min?: number;
  /** Greatest value of the scale. */
  readonly max?: number;
  /** Ways from its values to somewhere else. */
  readonly links?: readonly PanelLink[];
}

/** A panel before its place is known. */
export interface PlannedPanel {
  readonly title: string;
  readonly width: number;
  readonly height: number;
  /** The panel without id and place. */
  readonly panel: Panel;
}

/** Panels under a heading; the first of a dashboard has none. */
export interface Section {
  readonly heading?: string;
  readonly panels: readonly PlannedPanel[];
}
