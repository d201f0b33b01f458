import type { FieldSettings, ThresholdStep, ValueMapping } from "./dashboard-json";

/** Colours of Grafana's dark theme. */
export const THEME = {
  page: "#111217",
  panel: "#181b1f",
  border: "#24272d",
  text: "#ccccdc",
  faint: "#8e8e99",
  grid: "#2a2d33",
} as const;

const NAMED: Readonly<Record<string, string>> = {
  green: "#73BF69",
  "dark-green": "#37872D",
  "semi-dark-green": "#56A64B",
  "light-green": "#96D98D",
  "super-light-green": "#C8F2C2",
  red: "#F2495C",
  "dark-red": "#C4162A",
  "semi-dark-red": "#E02F44",
  "light-red": "#FF7383",
  orange: "#FF9830",
  "dark-orange": "#FA6400",
  "semi-dark-orange": "#FF780A",
  "light-orange": "#FFB357",
  yellow: "#FADE2A",
  "dark-yellow": "#E0B400",
  "semi-dark-yellow": "#F2CC0C",
  "light-yellow": "#FFEE52",
  blue: "#5794F2",
  "dark-blue": "#1F60C4",
  "semi-dark-blue": "#3274D9",
  "light-blue": "#8AB8FF",
  "super-light-blue": "#C0D8FF",
  purple: "#B877D9",
  "dark-purple": "#8F3BB8",
  "semi-dark-purple": "#A352CC",
  "light-purple": "#CA95E5",
  text: THEME.text,
  transparent: "transparent",
  gray: "#808080",
  grey: "#808080",
  white: "#ffffff",
};

/** One for each series, again from the start when there are more. */
const PALETTE = [
  "#73BF69",
  "#F2CC0C",
  "#5794F2",
  "#FF9830",
  "#F2495C",
  "#B877D9",
  "#8AB8FF",
  "#C8F2C2",
  "#FFA6B0",
  "#CA95E5",
];

/** A colour of Grafana as one of CSS. */
export function colour(name: string): string {
  return NAMED[name] ?? name;
}

/** The colour of the series at a place among others. */
export function paletteColour(index: number): string {
  return PALETTE[index % PALETTE.length] ?? THEME.text;
}

/** Black or white, whichever is read better on a colour. */
export function inkOn(color: string): string {
  const [red = 0, green = 0, blue = 0] = (color.match(/[0-9a-f]{2}/gi) ?? []).map((part) => Number.parseInt(part, 16));
  return 0.299 * red + 0.587 * green + 0.114 * blue > 150 ? "#16181b" : "#ffffff";
}

/** The step of the thresholds that a value has reached. */
export function stepOf(value: number, { thresholds, min = 0, max = 100 }: FieldSettings): ThresholdStep | undefined {
  const height = thresholds?.mode === "percentage" ? ((value - min) / (max - min)) * 100 : value;
  return (thresholds?.steps ?? []).filter((step) => step.value === null || height >= step.value).at(-1);
}

/** The colour of a value: what it is mapped to, else its threshold, a fixed colour, or its place among others. */
export function valueColour(value: number, settings: FieldSettings, index = 0): string {
  const mapped = mappingOf(value, settings)?.color;
  if (mapped !== undefined) return colour(mapped);
  const mode = settings.color?.mode ?? "thresholds";
  if (mode === "fixed") return colour(settings.color?.fixedColor ?? "text");
  const step = mode === "thresholds" ? stepOf(value, settings) : undefined;
  return step === undefined ? paletteColour(index) : colour(step.color);
}

/** What a value is shown as instead. */
export function mappingOf(
  value: number | string,
  { mappings = [] }: FieldSettings,
): { readonly text?: string; readonly color?: string } | undefined {
  for (const mapping of mappings) {
    const result = mappedBy(value, mapping);
    if (result !== undefined) return result;
  }
  return undefined;
}

function mappedBy(
  value: number | string,
  { type, options }: ValueMapping,
): { readonly text?: string; readonly color?: string } | undefined {
  if (type === "value") return options[String(value)] as { readonly text?: string } | undefined;
  if (typeof value === "string") return undefined;
  if (type === "range") {
    const { from, to } = options as { readonly from?: number | null; readonly to?: number | null };
    return value >= (from ?? -Infinity) && value <= (to ?? Infinity) ? (options["result"] as object) : undefined;
  }
  const empty = type === "special" && options["match"] === "nan" && Number.isNaN(value);
  return empty ? (options["result"] as object) : undefined;
}
