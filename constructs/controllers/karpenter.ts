import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { ICluster } from "../cluster/cluster";
import type { IKarpenterSupport } from "../cluster/karpenter-support";
import { PropChecks } from "../core/prop-checks";
import type { INamespace } from "../kubernetes/namespace";
import type { PodSecurityLevel } from "../kubernetes/namespace-options";
import { type IKarpenter, KarpenterNodePool } from "./karpenter-node-pool";
import type { KarpenterNodePoolOptions } from "./karpenter-node-pool-options";
import { installChart } from "../components/install-chart";
import { checkNamespace, checkPlace, CRITICAL_PRIORITY, replicaSettings, resources } from "../components/replicas";
import type { ReplicatedComponentProps } from "../components/replicated-component-props";

/** What a `Karpenter` is made of. */
export interface KarpenterProps extends ReplicatedComponentProps {
  /** The roles of controller and nodes, and the interruption queue. */
  readonly support: IKarpenterSupport;
  /**
   * Whether the private subnets reach no AWS service but those with an endpoint in the VPC. Prices are then those that Karpenter
   * was built with.
   *
   * @default false
   */
  readonly isolatedVpc?: boolean;
  /**
   * Whether nodes that report a failed GPU, disk or network are replaced. A gate of Karpenter that is still alpha.
   *
   * @default false
   */
  readonly nodeRepair?: boolean;
}

/** The namespace and the service account that `KarpenterSupport` makes the role for. */
const NAMESPACE = "kube-system";
const SERVICE_ACCOUNT = "karpenter";

/**
 * Karpenter: starts nodes by what pods ask for, in the pools of `addNodePool`. Its definitions are a chart of their own, which
 * comes first and is upgraded with it: those inside the main chart would be installed once and never again.
 *
 * It keeps off the nodes it starts, and off the host of its other replica: give it a `pool` of at least two nodes, or switch off
 * `highAvailability`.
 *
 * @example
 * const karpenter = new Karpenter(this, "Karpenter", { cluster, namespace: kubeSystem, support, pool: systemPool });
 * karpenter.addNodePool("Batch", { poolName: "batch", instanceTypes: ["m7i.xlarge"], limits: { cpus: 64 } });
 *
 * @see https://karpenter.sh/v1.14/
 */
export class Karpenter extends Construct implements IKarpenter {
  /** The strictest level its pods run under. */
  static readonly podSecurity: PodSecurityLevel = "restricted";

  readonly cluster: ICluster;
  readonly namespace: INamespace;
  readonly support: IKarpenterSupport;
  readonly ready: readonly ITerraformDependable[];

  /** @throws ValidationError `INVALID_KARPENTER_PROPS` */
  constructor(scope: Construct, id: string, props: KarpenterProps) {
    super(scope, id);
    const { cluster, namespace, support } = props;

    const checks = new PropChecks(this, "INVALID_KARPENTER_PROPS");
    checkPlace(checks, props);
    checkNamespace(checks, namespace, NAMESPACE);
    checks.throwIfAny();

    const definitions = installChart(this, "Definitions", props, {
      chart: "karpenter-crd",
      values: { additionalAnnotations: { "helm.sh/resource-policy": "keep" } },
    });
    const chart = installChart(this, "Chart", props, {
      chart: "karpenter",
      skipCrds: true,
      after: [definitions.resource],
      values: this.values(props),
    });

    this.cluster = cluster;
    this.namespace = namespace;
    this.support = support;
    this.ready = [definitions.resource, chart.resource];
  }

  /**
   * Defines a pool of nodes that Karpenter starts and ends.
   *
   * @throws ValidationError `INVALID_KARPENTER_NODE_POOL_PROPS`
   */
  addNodePool(id: string, options: KarpenterNodePoolOptions): KarpenterNodePool {
    return new KarpenterNodePool(this, id, { ...options, karpenter: this });
  }

  private values(props: KarpenterProps): Record<string, unknown> {
    const { cluster, support, isolatedVpc = false, nodeRepair = false, monitoring = false } = props;
    const { replicas, nodeSelector, tolerations } = replicaSettings(props);
    return {
      settings: {
        clusterName: cluster.clusterName,
        interruptionQueue: support.queueName,
        eksControlPlane: true,
        isolatedVPC: isolatedVpc,
        featureGates: { nodeRepair, reservedCapacity: true },
      },
      serviceAccount: { create: true, name: SERVICE_ACCOUNT },
      replicas,
      nodeSelector,
      tolerations,
      priorityClassName: CRITICAL_PRIORITY,
      controller: { resources: resources("500m", "1Gi", "1Gi") },
      serviceMonitor: { enabled: monitoring },
    };
  }
}
