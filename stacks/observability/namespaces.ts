import type { Construct } from "constructs";
import type { EnvironmentConfig } from "../../config";
import {
  DcgmExporter,
  Grafana,
  type ICluster,
  type INamespace,
  LogPipeline,
  PrometheusStack,
  Tracing,
} from "../../constructs";
import { MONITORING_NAMESPACE, Namespaces, PRIVATE_ADDRESSES } from "../namespaces";

/** The namespaces of the layer. */
export interface MonitoringNamespaces {
  /** Of Prometheus and everything that asks or is asked by it. */
  readonly namespace: INamespace;
  /** Of what runs on every node and sees the node. */
  readonly agentsNamespace: INamespace;
}

/** What the namespaces are made for. */
export interface MonitoringNamespacesProps {
  /** The environment. */
  readonly config: EnvironmentConfig;
  /** The cluster they are in. */
  readonly cluster: ICluster;
}

const AGENTS = "monitoring-agents";

/** Defines the namespaces: Prometheus reaches every pod, and is reached by none but what it works with. */
export function defineNamespaces(
  scope: Construct,
  { config, cluster }: MonitoringNamespacesProps,
): MonitoringNamespaces {
  const deletionProtection = config.protection.deletion;
  const namespaces = new Namespaces(scope, { cluster, deletionProtection, monitoring: false });
  const namespace = namespaces.forController("Namespace", {
    name: MONITORING_NAMESPACE,
    podSecurity: PrometheusStack.podSecurity,
    webhookPorts: PrometheusStack.webhookPorts,
    reachesServices: true,
  });
  const agentsNamespace = namespaces.forController("AgentsNamespace", {
    name: AGENTS,
    podSecurity: PrometheusStack.agentsPodSecurity,
    reachesServices: true,
  });
  agentsNamespace.allowFromNamespace(namespace, { tcp: [DcgmExporter.metricsPort, LogPipeline.agentMetricsPort] });
  namespace.allowFromNamespace(agentsNamespace, { tcp: [LogPipeline.lokiPort] });
  const { grafana, tracing } = config.observability;
  if (grafana.host !== undefined) {
    namespace.allowFromAddresses("load-balancer", [cluster.vpc.cidrBlock], { tcp: [Grafana.podPort] });
  }
  if (tracing.enabled) namespace.allowFromAddresses("traces", PRIVATE_ADDRESSES, { tcp: [...Tracing.otlpPorts] });
  return { namespace, agentsNamespace };
}
