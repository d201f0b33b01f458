import type { Construct } from "constructs";
import type { EnvironmentConfig } from "../../config";
import {
  DcgmExporter,
  Grafana,
  type ICluster,
  type INamespace,
  LogPipeline,
  Namespace,
  PrometheusStack,
  Tracing,
} from "../../constructs";
import { MONITORING_NAMESPACE, Namespaces } from "../namespaces";

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
    furtherPorts: outsidePorts(config.observability),
    reachesServices: true,
  });
  const agentsNamespace = namespaces.forController("AgentsNamespace", {
    name: AGENTS,
    podSecurity: PrometheusStack.agentsPodSecurity,
    reachesServices: true,
  });
  const { grafana, tracing, logs } = config.observability;
  const logsPort =
    logs.backend === "cloudwatch" ? LogPipeline.cloudwatchAgentMetricsPort : LogPipeline.agentMetricsPort;
  agentsNamespace.allowFromNamespace(namespace, { tcp: [DcgmExporter.metricsPort, logsPort] });
  namespace.allowFromNamespace(agentsNamespace, { tcp: [LogPipeline.lokiPort] });
  if (grafana.host !== undefined) {
    namespace.allowFromAddresses("load-balancer", [cluster.vpc.cidrBlock], { tcp: [Grafana.podPort] });
  }
  if (tracing.enabled) {
    for (const name of senders(config)) {
      const sender = Namespace.fromNamespaceName(scope, `SenderNamespace-${name}`, name);
      namespace.allowFromNamespace(sender, { tcp: [...Tracing.otlpPorts] });
    }
  }
  return { namespace, agentsNamespace };
}

/** Namespaces whose pods may send traces: those of teams, of model services and of pods with a role. */
function senders({ teams, podRoles, observability }: EnvironmentConfig): readonly string[] {
  const ofTeams = Object.values(teams).flatMap(({ namespaces }) => namespaces);
  const others = [...Object.values(observability.services), ...Object.values(podRoles)];
  const all = new Set([...ofTeams, ...others.map(({ namespace }) => namespace)]);
  return [...all].filter((name) => name !== MONITORING_NAMESPACE).sort();
}

/** Ports besides that of HTTPS on which receivers of alerts and the sign-on provider answer. */
function outsidePorts({ alerts, grafana }: EnvironmentConfig["observability"]): readonly number[] {
  const receivers = Object.values(alerts.receivers);
  const mail = receivers.flatMap(({ email }) => (email ? [Number(email.server.split(":").at(-1))] : []));
  const { signIn } = grafana;
  const urls = [
    ...receivers.flatMap(({ webhook }) => (webhook ? [webhook.url] : [])),
    ...(signIn ? [signIn.authorizeUrl, signIn.tokenUrl, signIn.userInfoUrl] : []),
  ];
  const ofUrls = urls.map((url) => Number(new URL(url).port || HTTPS));
  return [...new Set([...mail, ...ofUrls])].filter((port) => port !== HTTPS).sort((one, other) => one - other);
}

const HTTPS = 443;
