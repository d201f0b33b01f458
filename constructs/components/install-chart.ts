import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { HelmChart, type HelmChartProps } from "../kubernetes/helm-chart";
import type { ComponentProps } from "./component-props";

/** What one chart of a component is made of, besides what all its charts share. */
export interface ComponentChart extends Pick<HelmChartProps, "chart" | "skipCrds"> {
  readonly values: Readonly<Record<string, unknown>>;
  /** What must stand before it, besides the namespace and what the controller's caller names. */
  readonly after?: readonly ITerraformDependable[];
}

/** Installs a chart of a component, named as the chart is: a cluster takes one of them. */
export function installChart(
  scope: Construct,
  id: string,
  { cluster, namespace, source, dependsOn = [] }: ComponentProps,
  { chart, values, skipCrds, after = [] }: ComponentChart,
): HelmChart {
  return new HelmChart(scope, id, {
    chart,
    releaseName: chart,
    namespace: namespace.namespaceName,
    kubernetesVersion: cluster.version,
    source,
    values,
    skipCrds,
    dependsOn: [...new Set([...namespace.ready, ...dependsOn, ...after])],
  });
}
