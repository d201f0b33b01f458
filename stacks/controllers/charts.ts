import type { ControllersConfig } from "../../config";
import type { ChartSource } from "../../constructs";

/** Where all charts of an environment come from. */
export function chartSource({ charts }: ControllersConfig): ChartSource {
  if (charts.mirror !== undefined) return { kind: "oci-mirror", address: charts.mirror };
  return charts.folder === undefined ? { kind: "upstream" } : { kind: "folder", path: charts.folder };
}
