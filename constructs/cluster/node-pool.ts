import type { EksNodeGroup } from "@cdktf/provider-aws/lib/eks-node-group";
import { Construct, type IConstruct } from "constructs";
import type { InstanceType } from "../../catalog";
import type { Connections, IConnectable } from "../core/connections";
import { PropChecks } from "../core/prop-checks";
import type { ICluster } from "./cluster";
import type { PoolOptions, Taint } from "./pool-options";
import { defineNodeGroup } from "./private/node-group";
import { checkPool, knownTypes } from "./private/pool-checks";
import { poolSettings } from "./private/pool-settings";

/** A group of like nodes of a cluster. */
export interface INodePool extends IConstruct, IConnectable {
  /** Name of the pool: the value of the label `flightdeck.dev/pool` on its nodes. */
  readonly poolName: string;
  /** Name of the EKS node group: the pool's name and a suffix that changes when the group is replaced. */
  readonly nodeGroupName: string;
  /** ARN of the node group. */
  readonly nodeGroupArn: string;
  /** ARN of the role of the nodes. Pods have no use for it: they get roles of their own. */
  readonly nodeRoleArn: string;
  /** Kubernetes labels of the nodes, those the pool sets itself included. */
  readonly labels: Readonly<Record<string, string>>;
  /** Taints of the nodes, those the pool sets itself included. */
  readonly taints: readonly Taint[];
}

/** What the caller of `addNodePool` chooses. */
export interface NodePoolOptions extends PoolOptions {
  /**
   * Size of each node's root disk in GiB, 20 to 16384: images, logs and the scratch space of pods.
   *
   * @default 50
   */
  readonly diskGiB?: number;
}

/** What a `NodePool` is made of. */
export interface NodePoolProps extends NodePoolOptions {
  /** The cluster the nodes join. */
  readonly cluster: ICluster;
}

/** An existing node pool. */
export interface NodePoolAttributes {
  /** The cluster the pool belongs to. */
  readonly cluster: ICluster;
  /** Name of the pool. */
  readonly poolName: string;
  /** Name of the EKS node group. */
  readonly nodeGroupName: string;
  /** ARN of the node group. */
  readonly nodeGroupArn: string;
  /** ARN of the role of the nodes. */
  readonly nodeRoleArn: string;
  /**
   * Kubernetes labels of the nodes.
   *
   * @default - none
   */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * Taints of the nodes.
   *
   * @default - none
   */
  readonly taints?: readonly Taint[];
}

const DEFAULT_DISK_GIB = 50;
/** The operating system and the add-ons' images alone take about 8 GiB. */
const SMALLEST_DISK_GIB = 20;

/**
 * A managed node group without accelerators: instances with IMDSv2 only and encrypted disks, in private subnets, repaired by
 * EKS when they fail. A change that needs a new group makes the new one before the old one goes.
 *
 * Scaling from zero needs nothing further: the cluster autoscaler reads labels, taints and, from tags that the pool sets,
 * resources of a managed node group from EKS.
 *
 * @example
 * const pool = cluster.addNodePool("BatchPool", { poolName: "batch", instanceTypes: ["m7i.xlarge"], maxSize: 6 });
 */
export class NodePool extends Construct implements INodePool {
  /** A node pool that is defined elsewhere. */
  static fromNodePoolAttributes(scope: Construct, id: string, attributes: NodePoolAttributes): INodePool {
    return new ImportedNodePool(scope, id, attributes);
  }

  readonly poolName: string;
  readonly nodeGroupName: string;
  readonly nodeGroupArn: string;
  readonly nodeRoleArn: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly Taint[];
  readonly connections: Connections;
  /** The node group itself, for what must wait until its nodes are ready. */
  readonly resource: EksNodeGroup;

  /** @throws ValidationError `INVALID_NODE_POOL_PROPS` */
  constructor(scope: Construct, id: string, props: NodePoolProps) {
    super(scope, id);
    const { cluster } = props;
    const settings = poolSettings(props, { diskGiB: DEFAULT_DISK_GIB, labels: {}, taints: [], accelerator: "none" });

    const checks = new PropChecks(this, "INVALID_NODE_POOL_PROPS");
    checkPool(checks, props, settings, { cluster, smallestDisk: { giB: SMALLEST_DISK_GIB } });
    this.validateInstanceTypes(checks, knownTypes(props.instanceTypes));
    checks.throwIfAny();

    const { group, nodeRole } = defineNodeGroup(this, cluster, settings);

    this.poolName = settings.poolName;
    this.nodeGroupName = group.nodeGroupName;
    this.nodeGroupArn = group.arn;
    this.nodeRoleArn = nodeRole.roleArn;
    this.labels = settings.labels;
    this.taints = settings.taints;
    this.connections = cluster.connections;
    this.resource = group;
  }

  private validateInstanceTypes(checks: PropChecks, types: readonly InstanceType[]): void {
    const accelerated = types.filter((type) => type.accelerator !== null).map((type) => type.name);
    const rule =
      "must be types without accelerators; NVIDIA GPUs belong in a `GpuNodePool`, Neuron in a `NeuronNodePool`";
    checks.require(accelerated.length === 0, "instanceTypes", rule, accelerated);
  }
}

class ImportedNodePool extends Construct implements INodePool {
  readonly poolName: string;
  readonly nodeGroupName: string;
  readonly nodeGroupArn: string;
  readonly nodeRoleArn: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly Taint[];
  readonly connections: Connections;

  constructor(scope: Construct, id: string, attributes: NodePoolAttributes) {
    super(scope, id);
    this.poolName = attributes.poolName;
    this.nodeGroupName = attributes.nodeGroupName;
    this.nodeGroupArn = attributes.nodeGroupArn;
    this.nodeRoleArn = attributes.nodeRoleArn;
    this.labels = attributes.labels ?? {};
    this.taints = attributes.taints ?? [];
    this.connections = attributes.cluster.connections;
  }
}
