import type { ITerraformDependable, TerraformStack } from "cdktf";
import type { ICluster } from "../../constructs/cluster/cluster";
import { EksCluster } from "../../constructs/cluster/eks-cluster";
import { KarpenterSupport } from "../../constructs/cluster/karpenter-support";
import { NodePool } from "../../constructs/cluster/node-pool";
import { type IKarpenter, KarpenterNodePool } from "../../constructs/controllers/karpenter-node-pool";
import type { KarpenterNodePoolOptions } from "../../constructs/controllers/karpenter-node-pool-options";
import { importedCluster } from "./cluster";
import { IDENTITY } from "./fixtures";
import { helmStack, namespace } from "./releases";
import { resolved } from "./synth";

/** What a chart is told of where two replicas run, without a pool. */
export const ANYWHERE = {
  nodeSelector: { "kubernetes.io/os": "linux" },
  tolerations: [{ key: "CriticalAddonsOnly", operator: "Exists" }],
};

/** The same with the pool of `systemPool`. */
export const ON_SYSTEM_POOL = {
  nodeSelector: { "kubernetes.io/os": "linux", "flightdeck.dev/pool": "system" },
  tolerations: [
    { key: "CriticalAddonsOnly", operator: "Exists" },
    { key: "team", operator: "Equal", value: "platform", effect: "NoSchedule" },
  ],
};

/** How replicas are spread over zones and nodes; labels where the chart does not add them itself. */
export function spreadBy(labels?: Readonly<Record<string, string>>): object[] {
  return ["topology.kubernetes.io/zone", "kubernetes.io/hostname"].map((topologyKey) => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: "ScheduleAnyway",
    ...(labels && { labelSelector: { matchLabels: labels } }),
    matchLabelKeys: ["pod-template-hash"],
  }));
}

/** Adds a pool `system` with a taint of critical add-ons, and one of its own. */
export function systemPool(cluster: ICluster): NodePool {
  return new NodePool(cluster, "SystemPool", {
    cluster,
    poolName: "system",
    instanceTypes: ["m7i.large"],
    minSize: 2,
    maxSize: 4,
    taints: [
      { key: "CriticalAddonsOnly", value: "true", effect: "NoSchedule" },
      { key: "team", value: "platform", effect: "NoSchedule" },
    ],
  });
}

/** A second cluster, `atlas-prod`. */
export function otherCluster(stack: TerraformStack): ICluster {
  const { vpc } = importedCluster(stack);
  return EksCluster.fromClusterAttributes(stack, "Other", {
    identity: { ...IDENTITY, stage: "prod" },
    clusterName: "atlas-prod",
    clusterArn: "arn:aws:eks:eu-central-1:111111111111:cluster/atlas-prod",
    version: "1.36",
    endpoint: "https://4567.gr7.eu-central-1.eks.amazonaws.com",
    certificateAuthorityData: "LS0tLS1CRUdJTg==",
    clusterSecurityGroupId: "sg-2",
    vpc,
  });
}

/** Terraform addresses of what must stand before a controller is used. */
export function addressesOf(stack: TerraformStack, ready: readonly ITerraformDependable[]): string[] {
  const references = ready.map(({ fqn }) => resolved(stack, fqn));
  return references.map((reference) => reference.replace(/^\$\{(.*)\}$/, "$1"));
}

/** A Karpenter that is installed already. */
function karpenterOf(stack: TerraformStack, cluster: ICluster): IKarpenter {
  const support = KarpenterSupport.fromKarpenterSupportAttributes(stack, "Support", {
    clusterName: "atlas-dev",
    queueName: "atlas-dev-karpenter",
    controllerRoleArn: "arn:aws:iam::111111111111:role/karpenter",
    nodeRoleArn: "arn:aws:iam::111111111111:role/nodes/karpenter-node",
  });
  return { cluster, namespace: namespace(stack, "kube-system"), support, ready: [] };
}

/** Defines a pool of Karpenter in a stack of its own. */
export function defineKarpenterPool(
  options: KarpenterNodePoolOptions,
  cluster?: (stack: TerraformStack) => ICluster,
): { readonly stack: TerraformStack; readonly pool: KarpenterNodePool } {
  const stack = helmStack();
  const karpenter = karpenterOf(stack, (cluster ?? importedCluster)(stack));
  return { stack, pool: new KarpenterNodePool(stack, "Pool", { ...options, karpenter }) };
}

/** The least a pool without accelerators is made of. */
export const CPU_POOL: KarpenterNodePoolOptions = {
  poolName: "batch",
  instanceTypes: ["m7i.xlarge", "m6i.xlarge"],
  limits: { cpus: 64 },
};
