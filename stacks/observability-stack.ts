import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import {
  AlertRules,
  GrafanaDashboards,
  type IKey,
  type IRetrainingTrigger,
  type MeasuredPool,
  platformRules,
  PrometheusStack,
  type ReplicatedComponentProps,
} from "../constructs";
import { chartSource } from "./controllers/charts";
import type { Stores } from "./data/stores";
import { KubernetesStack, type KubernetesStackProps } from "./kubernetes-stack";
import { alertRouting } from "./observability/alert-routing";
import { defineExporters } from "./observability/exporters";
import { defineGrafana } from "./observability/grafana";
import { defineModelMonitors, retrainingTriggers } from "./observability/model-monitors";
import { defineNamespaces, type MonitoringNamespaces } from "./observability/namespaces";
import { type LayersAbove, ruleSettings } from "./observability/rule-settings";
import { defineStoredSignals } from "./observability/stored-signals";
import { systemPool } from "./system-pool";

/** What the observability layer is given. */
export interface ObservabilityStackProps extends KubernetesStackProps {
  /** Stores of the data layer: logs and traces are kept there, and models' data is read. */
  readonly stores: Stores;
  /** Key of the data layer, which encrypts logs in CloudWatch. */
  readonly encryptionKey: IKey;
  /** Pools whose nodes Karpenter starts. */
  readonly startedPools: readonly MeasuredPool[];
  /** Layers above with metrics of their own. */
  readonly above: LayersAbove;
}

/** What all parts of the layer have in common. */
type Shared = Omit<ReplicatedComponentProps, "namespace" | "dependsOn">;

/** What an environment measures, who is told of what, and what people look at. */
export class ObservabilityStack extends KubernetesStack {
  constructor(scope: Construct, props: ObservabilityStackProps) {
    super(scope, "observability", props);
    const { config, cluster, stores } = props;
    const { highAvailability } = config.controllers;
    const pool = systemPool(cluster);
    const shared = { cluster, pool, highAvailability, source: chartSource(config.controllers), monitoring: true };
    const namespaces = defineNamespaces(this, props);
    const { namespace } = namespaces;
    const triggers = retrainingTriggers(config);

    const prometheus = this.definePrometheus(props, shared, { namespaces, triggers });
    const after = { ...shared, dependsOn: prometheus.ready };
    const models = defineModelMonitors(this, { ...after, config, namespace, stores, triggers });
    const pools = [...cluster.pools, ...props.startedPools];
    const settings = ruleSettings(config, { pools, above: props.above, models });
    const signals = defineStoredSignals(this, { ...after, ...props, namespaces });
    defineExporters(this, { ...after, ...props, namespaces, components: settings.components });
    const { prometheusUrl, alertmanagerUrl } = prometheus;
    const asked = { prometheusUrl, alertmanagerUrl, ...signals };
    const { grafanaUrl } = defineGrafana(this, config, { ...after, namespace }, asked);
    this.defineRules(props, settings, { namespaces, grafanaUrl, dependsOn: prometheus.ready });
  }

  private definePrometheus(
    { config }: ObservabilityStackProps,
    shared: Shared,
    { namespaces, triggers }: { namespaces: MonitoringNamespaces; triggers: readonly IRetrainingTrigger[] },
  ): PrometheusStack {
    const { remoteWrite, ...metrics } = config.observability.metrics;
    const authentication = { kind: "sigv4", region: config.region } as const;
    return new PrometheusStack(this, "Prometheus", {
      ...{ ...shared, ...namespaces, ...metrics },
      alerting: alertRouting(config, triggers),
      certManager: config.controllers.certManager,
      remoteWrite: remoteWrite && { url: remoteWrite.url, authentication },
    });
  }

  private defineRules(
    { config, cluster }: ObservabilityStackProps,
    settings: ReturnType<typeof ruleSettings>,
    { namespaces, grafanaUrl: grafana, dependsOn }: RulesSurroundings,
  ): void {
    const { namespace } = namespaces;
    const { runbooks } = config.observability.alerts;
    const groups = platformRules(settings);
    const links = { runbooks: runbooks ?? RUNBOOKS_FOLDER, grafana };
    new AlertRules(this, "AlertRules", { cluster, namespace, groups, links, dependsOn });
    new GrafanaDashboards(this, "Dashboards", { cluster, namespace, settings, groups, runbooks });
  }
}

/** Where the repository has the runbooks. */
const RUNBOOKS_FOLDER = "docs/runbooks";

/** What rules and dashboards are put beside. */
interface RulesSurroundings {
  readonly namespaces: MonitoringNamespaces;
  readonly grafanaUrl: string | undefined;
  readonly dependsOn: readonly ITerraformDependable[];
}
