import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import type { EnvironmentConfig } from "../../config";
import {
  CloudwatchExporter,
  CostMonitor,
  DcgmExporter,
  type MeasuredPool,
  ModelServerMonitor,
  type ReplicatedComponentProps,
  type RuleSettings,
} from "../../constructs";
import type { MonitoringNamespaces } from "./namespaces";

/** What the exporters are made of. */
export interface ExportersProps extends Omit<ReplicatedComponentProps, "namespace"> {
  /** The environment. */
  readonly config: EnvironmentConfig;
  /** Where they run. */
  readonly namespaces: MonitoringNamespaces;
  /** Which parts of the platform there are. */
  readonly components: RuleSettings["components"];
  /** Pools whose nodes Karpenter starts. */
  readonly startedPools: readonly MeasuredPool[];
  /** What must stand before them. */
  readonly dependsOn: readonly ITerraformDependable[];
}

/** Defines what measures GPUs, costs and databases, and what finds model servers. */
export function defineExporters(scope: Construct, props: ExportersProps): void {
  const { config, cluster, components, pool, source, monitoring, dependsOn, startedPools } = props;
  const { namespace, agentsNamespace } = props.namespaces;
  new ModelServerMonitor(scope, "ModelServers", { namespace, dependsOn });
  if (components.gpus) {
    const placed = { cluster, namespace: agentsNamespace, source, dependsOn };
    new DcgmExporter(scope, "GpuExporter", { ...placed, furtherPools: startedPools });
  }
  if (components.cost) {
    const furtherInstanceTypes = Object.values(config.nodePools.karpenter).flatMap(
      ({ instanceTypes }) => instanceTypes,
    );
    const { nodePrices, priceFactor } = config.observability.cost;
    const placed = { cluster, namespace, pool, source, monitoring, dependsOn };
    new CostMonitor(scope, "CostMonitor", { ...placed, furtherInstanceTypes, nodePrices, priceFactor });
  }
  if (components.database || components.cache) {
    new CloudwatchExporter(scope, "CloudwatchExporter", { cluster, namespace, pool, dependsOn });
  }
}
