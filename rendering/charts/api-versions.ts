import { basename } from "node:path";
import { tryFindChart } from "../../catalog";
import type { ClusterResource } from "../read-stack";

/**
 * API versions that the charts of these resources bring into a cluster, as Helm is asked for them: `group/version` and
 * `group/version/Kind`. Some charts leave their monitors out where the cluster does not know them.
 */
export function apiVersionsOf(resources: readonly ClusterResource[]): readonly string[] {
  const charts = resources.flatMap(({ config: { chart } }) => (typeof chart === "string" ? [basename(chart)] : []));
  const known = [...new Set(charts)].flatMap((chart) => tryFindChart(chart)?.crds ?? []);
  const versions = known.flatMap((crd) => {
    const [group = "", kind = "", version = ""] = crd.split("/");
    return [`${group}/${version}`, `${group}/${version}/${kind}`];
  });
  return [...new Set(versions)].sort();
}
