/** What follows a value whose unit is one of these ids of Grafana. */
const SUFFIXES: Readonly<Record<string, string>> = {
  celsius: " °C",
  reqps: " req/s",
  rps: " rd/s",
  ops: " ops/s",
  cps: " c/s",
  iops: " io/s",
  lengthmm: " mm",
  rotrpm: " rpm",
};

const SCALED: Readonly<Record<string, readonly [base: number, units: readonly string[]]>> = {
  bytes: [1024, [" B", " KiB", " MiB", " GiB", " TiB", " PiB"]],
  decbytes: [1000, [" B", " kB", " MB", " GB", " TB", " PB"]],
  mbytes: [1024, [" MiB", " GiB", " TiB"]],
  decmbytes: [1000, [" MB", " GB", " TB"]],
  binBps: [1024, [" B/s", " KiB/s", " MiB/s", " GiB/s"]],
  Bps: [1000, [" B/s", " kB/s", " MB/s", " GB/s"]],
  bps: [1000, [" b/s", " kb/s", " Mb/s", " Gb/s"]],
  watt: [1000, [" W", " kW", " MW"]],
  short: [1000, ["", " K", " Mil", " Bil"]],
  hertz: [1000, [" Hz", " kHz", " MHz", " GHz"]],
};

const DAY = 86_400;

/** A value as Grafana writes it with such a unit. `now` is the moment that ages are counted from, in seconds. */
export function formatValue(value: number, unit = "", decimals?: number, now = 0): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "-∞";
  if (unit === "percentunit") return `${rounded(value * 100, decimals)}%`;
  if (unit === "percent") return `${rounded(value, decimals)}%`;
  if (unit === "currencyUSD") return `$${scaled(value, [1000, ["", "K", "M"]], decimals)}`;
  if (unit === "dateTimeFromNow") return `${duration((now * 1000 - value) / 1000)} ago`;
  if (unit === "dateTimeAsIso") return new Date(value).toISOString().replace("T", " ").slice(0, 16);
  if (unit.startsWith("bool")) return bool(value, unit);
  const span = { s: value, dtdurations: value, ms: value / 1000, m: value * 60, h: value * 3600, d: value * DAY }[unit];
  if (span !== undefined) return duration(span, decimals);
  const scale = SCALED[unit];
  if (scale !== undefined) return scaled(value, scale, decimals);
  if (unit.startsWith("suffix:")) return `${scaled(value, [1000, ["", "K", "M"]], decimals)}${spaced(unit.slice(7))}`;
  if (unit.startsWith("prefix:")) return `${unit.slice(7)}${rounded(value, decimals)}`;
  return `${rounded(value, decimals)}${SUFFIXES[unit] ?? (unit === "" || unit === "none" ? "" : ` ${unit}`)}`;
}

function spaced(suffix: string): string {
  return suffix.startsWith(" ") ? suffix : ` ${suffix}`;
}

function bool(value: number, unit: string): string {
  const words: Readonly<Record<string, readonly [string, string]>> = {
    bool_yes_no: ["No", "Yes"],
    bool_on_off: ["Off", "On"],
  };
  return (words[unit] ?? ["False", "True"])[value === 0 ? 0 : 1];
}

function scaled(value: number, [base, units]: readonly [number, readonly string[]], decimals?: number): string {
  let rest = value;
  let step = 0;
  while (Math.abs(rest) >= base && step < units.length - 1) {
    rest /= base;
    step += 1;
  }
  return `${rounded(rest, decimals)}${units[step] ?? ""}`;
}

function rounded(value: number, decimals?: number): string {
  if (decimals !== undefined) return value.toFixed(decimals);
  const size = Math.abs(value);
  if (Number.isInteger(value)) return String(value);
  const digits = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
  return String(Number(value.toFixed(size < 0.01 ? 5 : digits)));
}

function duration(span: number, decimals?: number): string {
  const size = Math.abs(span);
  const steps: readonly (readonly [number, number, string])[] = [
    [0.001, 1e-6, " µs"],
    [1, 0.001, " ms"],
    [60, 1, " s"],
    [3600, 60, " min"],
    [DAY, 3600, " hours"],
    [7 * DAY, DAY, " days"],
  ];
  const [, divisor, name] = steps.find(([below]) => size < below) ?? [0, 7 * DAY, " weeks"];
  return size === 0 ? "0 s" : `${rounded(span / divisor, decimals)}${name}`;
}
