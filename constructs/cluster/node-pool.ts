import type { EksNodeGroup } from "@cdktf/provider-aws/lib/eks-node-group";
import type { Construct } from "constructs";
import type { InstanceType } from "../../catalog";
import { PropChecks } from "../core/prop-checks";
import type { ICluster } from "./cluster";
import type { NodePoolAttributes } from "./node-pool-attributes";
import type { INodePool } from "./pool";
import type { PoolOptions } from "./pool-options";
import { ImportedPool } from "./private/imported-pool";
import { defineNodeGroup } from "./private/node-group";
import { PoolBase } from "./private/pool-base";
import { checkPool, knownTypes } from "./private/pool-checks";
import { type PoolFacts, poolFacts } from "./private/pool-facts";
import { poolSettings } from "./private/pool-settings";

export type { NodePoolAttributes } from "./node-pool-attributes";
export type { INodePool } from "./pool";

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
export class NodePool extends PoolBase {
  /**
   * A node pool that is defined elsewhere.
   *
   * @throws ValidationError `INVALID_NODE_POOL_ATTRIBUTES` for instance types that the catalogue does not know, or sizes that
   * contradict
   */
  static fromNodePoolAttributes(scope: Construct, id: string, attributes: NodePoolAttributes): INodePool {
    return new ImportedPool(scope, id, attributes, { kind: "cpu" });
  }

  readonly nodeGroupName: string;
  readonly nodeGroupArn: string;
  readonly nodeRoleArn: string;
  /** The node group itself, for what must wait until its nodes are ready. */
  readonly resource: EksNodeGroup;
  protected readonly facts: PoolFacts;

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

    this.nodeGroupName = group.nodeGroupName;
    this.nodeGroupArn = group.arn;
    this.nodeRoleArn = nodeRole.roleArn;
    this.resource = group;
    this.facts = poolFacts(settings, { cluster, kind: "cpu" });
    cluster.registerPool(this);
  }

  private validateInstanceTypes(checks: PropChecks, types: readonly InstanceType[]): void {
    const accelerated = types.filter((type) => type.accelerator !== null).map((type) => type.name);
    const rule =
      "must be types without accelerators; NVIDIA GPUs belong in a `GpuNodePool`, Neuron in a `NeuronNodePool`";
    checks.require(accelerated.length === 0, "instanceTypes", rule, accelerated);
  }
}
