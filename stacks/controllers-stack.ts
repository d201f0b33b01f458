import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import type { EnvironmentConfig } from "../config";
import {
  CertManager,
  type ComponentProps,
  ExternalSecrets,
  type IExternalSecretsSupport,
  type IKarpenterSupport,
  type ILoadBalancerSupport,
  type INamespace,
  Karpenter,
  KarpenterNodePool,
  Keda,
  KueueController,
  LoadBalancerController,
  MetricsServer,
  MonitoringDefinitions,
  type ReplicatedComponentProps,
} from "../constructs";
import { defineAcceleratorSupport } from "./controllers/accelerator-support";
import { operandLabels } from "./cluster/operand-labels";
import { chartSource } from "./controllers/charts";
import { defineClasses } from "./controllers/classes";
import { MONITORING_NAMESPACE, Namespaces } from "./namespaces";
import { defineQueues, defineTeamNamespaces } from "./controllers/queues";
import { KubernetesStack, type KubernetesStackProps } from "./kubernetes-stack";
import { systemPool } from "./system-pool";

/** What the controllers layer is given: what the layers below have made for it in AWS. */
export interface ControllersStackProps extends KubernetesStackProps {
  /** For Karpenter; undefined: no Karpenter. */
  readonly karpenter: IKarpenterSupport | undefined;
  /** For the load balancer controller; undefined: none. */
  readonly loadBalancers: ILoadBalancerSupport | undefined;
  /** For External Secrets; undefined: none. */
  readonly externalSecrets: IExternalSecretsSupport | undefined;
}

/**
 * What the cluster of an environment needs before any workload: classes of storage and priority, the namespaces of teams, and
 * controllers, each after those whose webhooks and definitions it needs.
 */
export class ControllersStack extends KubernetesStack {
  /** Pools whose nodes Karpenter starts. */
  readonly startedPools: readonly KarpenterNodePool[];
  private readonly namespaces: Namespaces;

  constructor(scope: Construct, props: ControllersStackProps) {
    super(scope, "controllers", props);
    const { config, cluster } = props;
    const { controllers } = config;
    const shared = { cluster, source: chartSource(controllers) };
    const pool = systemPool(cluster);
    const monitoring = config.observability.enabled;
    const deletionProtection = config.protection.deletion;
    this.namespaces = new Namespaces(this, { cluster, deletionProtection, monitoring });
    const dependsOn = monitoring ? this.defineMonitoringDefinitions(shared) : [];
    const { highAvailability } = controllers;
    const replicated = { ...shared, pool, highAvailability, monitoring, dependsOn };

    defineClasses(this, cluster);
    const teamNamespaces = defineTeamNamespaces(config, this.namespaces);
    const certManager = controllers.certManager ? this.defineCertManager(replicated) : undefined;
    const system = { ...replicated, namespace: this.namespaces.system, certManager };
    const loadBalancers = this.defineLoadBalancers(props, system);
    // The controller's webhook for ingresses is asked from here on.
    const after = [...dependsOn, ...(certManager?.ready ?? []), ...loadBalancers];
    this.startedPools = this.defineKarpenter(props, { ...system, dependsOn: after });
    defineAcceleratorSupport(this, config, this.namespaces, this.startedPools, { ...shared, pool, dependsOn: after });
    if (controllers.metricsServer) new MetricsServer(this, "MetricsServer", { ...system, dependsOn: after });
    this.defineExternalSecrets(props, { ...replicated, dependsOn: after });
    if (controllers.queues) this.defineQueues(config, teamNamespaces, { ...replicated, dependsOn: after });
    if (controllers.keda) this.defineKeda({ ...replicated, dependsOn: after });
  }

  private defineMonitoringDefinitions(shared: Omit<ComponentProps, "namespace">): readonly ITerraformDependable[] {
    return new MonitoringDefinitions(this, "MonitoringDefinitions", { ...shared, namespace: this.namespaces.system })
      .ready;
  }

  private defineCertManager(shared: Omit<ReplicatedComponentProps, "namespace">): CertManager {
    const { podSecurity, webhookPorts, metricsPorts } = CertManager;
    const name = "cert-manager";
    const namespace = this.namespaces.forController("CertManagerNamespace", {
      ...{ name, podSecurity, webhookPorts, metricsPorts },
      // It looks itself, over plain HTTP, whether a challenge can be seen, before it asks the authority to.
      furtherPorts: [80],
    });
    return new CertManager(this, "CertManager", { ...shared, namespace });
  }

  private defineLoadBalancers(
    { loadBalancers }: ControllersStackProps,
    system: ReplicatedComponentProps & { readonly certManager: CertManager | undefined },
  ): readonly ITerraformDependable[] {
    if (loadBalancers === undefined) return [];
    const tags = this.standardTags;
    return new LoadBalancerController(this, "LoadBalancers", { ...system, support: loadBalancers, tags }).ready;
  }

  private defineExternalSecrets(
    { externalSecrets, config }: ControllersStackProps,
    shared: Omit<ComponentProps, "namespace">,
  ): void {
    if (externalSecrets === undefined) return;
    const { podSecurity, webhookPorts, metricsPorts } = ExternalSecrets;
    const name = externalSecrets.namespaceName;
    const ports = { webhookPorts, metricsPorts };
    const namespace = this.namespaces.forController("ExternalSecretsNamespace", { name, podSecurity, ...ports });
    const namespaces = secretNamespaces(config);
    const store = namespaces.length > 0 ? { namespaces } : undefined;
    new ExternalSecrets(this, "ExternalSecrets", { ...shared, namespace, support: externalSecrets, store });
  }

  private defineKarpenter(
    { karpenter: support, config }: ControllersStackProps,
    system: ReplicatedComponentProps,
  ): readonly KarpenterNodePool[] {
    if (support === undefined) return [];
    const karpenter = new Karpenter(this, "Karpenter", { ...system, support });
    const instanceTags = this.standardTags;
    return Object.entries(config.nodePools.karpenter).map(([poolName, pool]) => {
      const labels = { ...pool.labels, ...operandLabels(config.controllers.gpus, pool) };
      return new KarpenterNodePool(this, `KarpenterPool-${poolName}`, {
        ...{ ...pool, poolName, karpenter, labels, instanceTags },
      });
    });
  }

  private defineQueues(
    config: EnvironmentConfig,
    teamNamespaces: Readonly<Record<string, readonly INamespace[]>>,
    shared: Omit<ReplicatedComponentProps, "namespace">,
  ): void {
    const { podSecurity, webhookPorts, metricsPorts } = KueueController;
    const ports = { webhookPorts, metricsPorts };
    const namespace = this.namespaces.forController("KueueNamespace", { name: "kueue-system", podSecurity, ...ports });
    defineQueues(this, config, teamNamespaces, { ...shared, namespace });
  }

  private defineKeda(shared: Omit<ReplicatedComponentProps, "namespace">): void {
    const { podSecurity, webhookPorts, metricsPorts } = Keda;
    const namespace = this.namespaces.forController("KedaNamespace", {
      ...{ name: "keda", podSecurity, webhookPorts, metricsPorts },
      reachesServices: true,
    });
    new Keda(this, "Keda", { ...shared, namespace });
  }
}

/** Namespaces that may have secrets of the environment: those of teams, of layers, and those whose pods have a role. */
function secretNamespaces({ teams, podRoles, observability }: EnvironmentConfig): string[] {
  const ofTeams = Object.values(teams).flatMap((team) => team.namespaces);
  const ofRoles = Object.values(podRoles).map(({ namespace }) => namespace);
  const ofLayers = observability.enabled ? [MONITORING_NAMESPACE] : [];
  return [...new Set([...ofTeams, ...ofRoles, ...ofLayers])].sort();
}
