import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { ComponentProps } from "../components/component-props";
import { installChart } from "../components/install-chart";

/** What a `MonitoringDefinitions` is made of. */
export type MonitoringDefinitionsProps = ComponentProps;

/**
 * The definitions of the Prometheus operator: ServiceMonitor, PodMonitor, PrometheusRule and their like. They come before
 * everything that brings monitors of its own, and apart from the operator itself, since Helm upgrades no definition that comes
 * in the `crds` folder of a chart. They stay when the release is removed: with them every monitor and rule would go.
 *
 * @example
 * new MonitoringDefinitions(this, "MonitoringDefinitions", { cluster, namespace });
 *
 * @see https://github.com/prometheus-community/helm-charts/tree/main/charts/prometheus-operator-crds
 */
export class MonitoringDefinitions extends Construct {
  /** What must stand before a monitor or a rule is made. */
  readonly ready: readonly ITerraformDependable[];

  /** @throws ValidationError `INVALID_HELM_CHART_PROPS` for a cluster or source that the chart cannot be installed in or from */
  constructor(scope: Construct, id: string, props: MonitoringDefinitionsProps) {
    super(scope, id);
    const chart = installChart(this, "Chart", props, {
      chart: "prometheus-operator-crds",
      values: { crds: { annotations: { "helm.sh/resource-policy": "keep" } } },
    });
    this.ready = [chart.resource];
  }
}
