import { createWriteStream } from "node:fs";
import { once } from "node:events";
import type { Labels } from "./prometheus-api";

/** A series with its name and its values: pairs of seconds since 1970 and value, oldest first. */
export interface NamedSeries {
  readonly name: string;
  readonly labels: Labels;
  readonly points: readonly (readonly [seconds: number, value: number])[];
}

/** Writes series in the format of OpenMetrics, which `promtool tsdb create-blocks-from openmetrics` reads. */
export async function writeOpenMetrics(path: string, series: readonly NamedSeries[]): Promise<void> {
  const file = createWriteStream(path);
  for (const one of [...series].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))) {
    const head = `${one.name}${labelSet(one.labels)}`;
    const lines = one.points.map(([seconds, value]) => `${head} ${text(value)} ${seconds}\n`);
    if (!file.write(lines.join(""))) await once(file, "drain");
  }
  file.end("# EOF\n");
  await once(file, "close");
}

/** Labels as exporters write them: `{a="b"}`, or nothing. */
export function labelSet(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escape(value)}"`);
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

function escape(value: string): string {
  return value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}

function text(value: number): string {
  if (value === Infinity) return "+Inf";
  return value === -Infinity ? "-Inf" : String(value);
}
