import { tryFindChart } from "../../../../catalog";
import type { Chart } from "../../../../catalog";
import type { Resource } from "../../../engine/subject";

/** A version that means one chart: a whole semantic version, some with a leading `v`. */
const EXACT_VERSION = /^v?\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$/;

/** Whether a version means one chart and no range: `1.2.3`, `v1.2.3-rc.1`. */
export function isExactVersion(version: unknown): boolean {
  return typeof version === "string" && EXACT_VERSION.test(version);
}

/** Whether a release takes its chart from a folder, where the chart's own version is what it is. */
export function isFolderChart(release: Resource): boolean {
  return release.at("repository").absent && !/^(https?|oci):\/\//.test(release.at("chart").text ?? "");
}

/** Name of a release's chart, without the address it may come with; undefined when it is not known. */
export function chartNameOf(release: Resource): string | undefined {
  const chart = release.at("chart").literal;
  return typeof chart === "string" ? chart.split("/").at(-1) : undefined;
}

/** What the catalogue knows of the chart of a release; undefined for folders and for charts that it does not know. */
export function chartOf(release: Resource): Chart | undefined {
  const name = isFolderChart(release) ? undefined : chartNameOf(release);
  return name === undefined ? undefined : tryFindChart(name);
}
