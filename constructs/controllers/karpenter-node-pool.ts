import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { ICluster } from "../cluster/cluster";
import type { IKarpenterSupport } from "../cluster/karpenter-support";
import type { Taint } from "../cluster/pool-options";
import type { IPlaceable, Toleration } from "../core/placement";
import { PropChecks } from "../core/prop-checks";
import { ManifestSet } from "../kubernetes/manifest-set";
import type { INamespace } from "../kubernetes/namespace";
import type { KarpenterNodePoolOptions } from "./karpenter-node-pool-options";
import { checkKarpenterPool } from "./private/karpenter-checks";
import { nodeClass, nodePool } from "./private/karpenter-objects";
import { ACCELERATOR_RESOURCES, karpenterSettings, type KarpenterPoolSettings } from "./private/karpenter-settings";

/** An installed Karpenter, for the pools that it starts nodes for. */
export interface IKarpenter {
  /** The cluster it starts nodes for. */
  readonly cluster: ICluster;
  /** The namespace its pods run in. */
  readonly namespace: INamespace;
  /** Role of the nodes, and the tags by which they find subnets and groups. */
  readonly support: IKarpenterSupport;
  /** What must stand before a pool is made. */
  readonly ready: readonly ITerraformDependable[];
}

/** What a `KarpenterNodePool` is made of. */
export interface KarpenterNodePoolProps extends KarpenterNodePoolOptions {
  /** The Karpenter that starts the nodes. */
  readonly karpenter: IKarpenter;
}

/**
 * A pool whose nodes Karpenter starts when pods ask for them and ends when they are not needed, down to none: a `NodePool` and
 * its `EC2NodeClass`. Its nodes carry the labels and taints that nodes of a node group with the same instances carry, so
 * workloads need not know which is which. Disks are encrypted with the cluster's `diskKey`.
 *
 * There is no EFA here, and GPUs are not shared: both are for node groups.
 *
 * @example
 * karpenter.addNodePool("Inference", {
 *   poolName: "inference",
 *   instanceFamilies: ["g6"],
 *   capacity: ["spot", "on-demand"],
 *   limits: { accelerators: 8 },
 * });
 *
 * @see https://karpenter.sh/v1.14/concepts/nodepools/
 */
export class KarpenterNodePool extends Construct {
  /** Name of the pool: the value of the label `flightdeck.dev/pool` on its nodes. */
  readonly poolName: string;
  /** What the nodes are for: plain computing, NVIDIA GPUs, or AWS Inferentia and Trainium. */
  readonly kind: "cpu" | "gpu" | "neuron";
  /** Instance types the nodes may be of, families resolved. */
  readonly instanceTypes: readonly string[];
  /** Operating system of the nodes. */
  readonly operatingSystem: "al2023" | "bottlerocket";
  /** Kubernetes labels of the nodes, those the pool sets itself included. */
  readonly labels: Readonly<Record<string, string>>;
  /** Taints of the nodes, those the pool sets itself included. */
  readonly taints: readonly Taint[];
  /** Extended resources that the largest node offers, by name. */
  readonly largestNode: Readonly<Record<string, number>>;
  /** What must stand before pods of the pool get nodes. */
  readonly ready: readonly ITerraformDependable[];
  private readonly clusterName: string;
  private readonly settings: KarpenterPoolSettings;

  /** @throws ValidationError `INVALID_KARPENTER_NODE_POOL_PROPS` */
  constructor(scope: Construct, id: string, props: KarpenterNodePoolProps) {
    super(scope, id);
    const { cluster, namespace, support, ready } = props.karpenter;
    const settings = karpenterSettings(props);

    const checks = new PropChecks(this, "INVALID_KARPENTER_NODE_POOL_PROPS");
    checkKarpenterPool(checks, settings, cluster);
    checks.throwIfAny();

    const objects = new ManifestSet(this, "Objects", {
      name: `karpenter-pool-${props.poolName}`,
      namespace: namespace.namespaceName,
      objects: [nodeClass(settings, cluster, support), nodePool(settings)],
      dependsOn: ready,
    });

    this.poolName = props.poolName;
    this.kind = settings.kind;
    this.instanceTypes = settings.types.map(({ name }) => name);
    this.operatingSystem = settings.operatingSystem;
    this.labels = settings.labels;
    this.taints = settings.taints;
    this.largestNode = settings.largestNode;
    this.ready = [objects.resource];
    this.clusterName = cluster.plainName;
    this.settings = settings;
  }

  /** Puts something on the nodes of the pool, past its taints. Where some nodes may be spot, all count as spot. */
  place(target: IPlaceable): void {
    const { poolName, clusterName, taints, largestNode, settings } = this;
    const { kind, capacity, types } = settings;
    target.placeOn({
      poolName,
      clusterName,
      nodeSelector: { "flightdeck.dev/pool": poolName },
      tolerations: taints.map(tolerationOf),
      spot: capacity.includes("spot"),
      gpuResource: kind === "gpu" ? ACCELERATOR_RESOURCES.gpu : undefined,
      largestNode,
      largestVcpu: Math.max(...types.map(({ vcpu }) => vcpu)),
      largestMemoryMiB: Math.max(...types.map(({ memoryMiB }) => memoryMiB)),
    });
  }
}

function tolerationOf({ key, value, effect }: Taint): Toleration {
  return value === undefined ? { key, operator: "Exists", effect } : { key, operator: "Equal", value, effect };
}
