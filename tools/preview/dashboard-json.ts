/** A step of thresholds; the first has no value and holds from below. */
export interface ThresholdStep {
  readonly value: number | null;
  readonly color: string;
}

/** A value, or a range of values, that is shown as something else. */
export interface ValueMapping {
  readonly type: "value" | "range" | "regex" | "special";
  readonly options: Readonly<Record<string, unknown>>;
}

/** How the values of a field are shown. */
export interface FieldSettings {
  readonly unit?: string;
  readonly decimals?: number;
  readonly min?: number;
  readonly max?: number;
  readonly displayName?: string;
  readonly noValue?: string;
  readonly thresholds?: { readonly mode?: "absolute" | "percentage"; readonly steps: readonly ThresholdStep[] };
  readonly mappings?: readonly ValueMapping[];
  readonly color?: { readonly mode?: string; readonly fixedColor?: string };
  readonly custom?: Readonly<Record<string, unknown>>;
  readonly links?: readonly unknown[];
}

/** Settings of some fields only. */
export interface FieldOverride {
  readonly matcher: { readonly id: string; readonly options?: unknown };
  readonly properties: readonly { readonly id: string; readonly value?: unknown }[];
}

/** A query of a panel. */
export interface PanelTarget {
  readonly expr?: string;
  readonly refId: string;
  readonly legendFormat?: string;
  readonly instant?: boolean;
  readonly range?: boolean;
  readonly format?: string;
  readonly hide?: boolean;
}

/** A panel as the JSON of a dashboard holds it. */
export interface PanelJson {
  readonly id?: number;
  readonly type: string;
  readonly title?: string;
  readonly description?: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly datasource?: { readonly type?: string; readonly uid?: string };
  readonly targets?: readonly PanelTarget[];
  readonly fieldConfig?: { readonly defaults?: FieldSettings; readonly overrides?: readonly FieldOverride[] };
  readonly options?: Readonly<Record<string, unknown>>;
  readonly transformations?: readonly { readonly id: string; readonly options?: Readonly<Record<string, unknown>> }[];
  readonly panels?: readonly PanelJson[];
  readonly repeat?: string;
}

/** A variable of a dashboard. */
export interface VariableJson {
  readonly name: string;
  readonly label?: string;
  readonly type: string;
  readonly query?: string | { readonly query?: string };
  readonly definition?: string;
  readonly multi?: boolean;
  readonly includeAll?: boolean;
  readonly allValue?: string | null;
  readonly hide?: number | string;
  readonly current?: { readonly value?: string | readonly string[]; readonly text?: string | readonly string[] };
  readonly regex?: string;
}

/** A dashboard as Grafana reads it, as far as a picture needs it. */
export interface DashboardJson {
  readonly uid?: string;
  readonly title: string;
  readonly panels?: readonly PanelJson[];
  readonly templating?: { readonly list?: readonly VariableJson[] };
  readonly time?: { readonly from?: string; readonly to?: string };
}

/** Panels that are drawn, rows first among theirs, those of collapsed rows below their row. */
export function panelsOf({ panels = [] }: DashboardJson): readonly PanelJson[] {
  return panels.flatMap((panel) => [panel, ...(panel.panels ?? [])]);
}

/** Settings that the overrides leave for a field, by its name and by the query that it comes from. */
export function settingsOf(
  { fieldConfig }: PanelJson,
  field: { readonly name: string; readonly refId?: string },
): FieldSettings {
  const settings: FieldSettings = fieldConfig?.defaults ?? {};
  const fitting = (fieldConfig?.overrides ?? []).filter(({ matcher }) => {
    if (matcher.id === "byName") return matcher.options === field.name;
    if (matcher.id === "byFrameRefID") return matcher.options === field.refId;
    if (matcher.id !== "byRegexp") return false;
    return new RegExp(String(matcher.options).replace(/^\/|\/$/g, "")).test(field.name);
  });
  return fitting.flatMap(({ properties }) => properties).reduce(withProperty, settings);
}

function withProperty(settings: FieldSettings, { id, value }: FieldOverride["properties"][number]): FieldSettings {
  if (!id.startsWith("custom.")) return { ...settings, [id]: value };
  return { ...settings, custom: { ...settings.custom, [id.slice("custom.".length)]: value } };
}
