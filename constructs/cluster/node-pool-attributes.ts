import type { ICluster } from "./cluster";
import type { CapacityKind } from "./pool-capacity";
import type { Taint } from "./pool-options";

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
  /** Instance types the nodes may be of: what can run on them follows from it. */
  readonly instanceTypes: readonly string[];
  /** Most nodes the pool is scaled up to. */
  readonly maxSize: number;
  /**
   * Fewest nodes the pool is scaled down to.
   *
   * @default 0
   */
  readonly minSize?: number;
  /**
   * Where the instances come from.
   *
   * @default "on-demand"
   */
  readonly capacity?: CapacityKind;
  /**
   * Operating system of the nodes.
   *
   * @default "al2023"
   */
  readonly operatingSystem?: "al2023" | "bottlerocket";
  /**
   * Zones the pool is limited to.
   *
   * @default - all zones of the cluster's VPC
   */
  readonly zones?: readonly string[];
  /**
   * Whether the nodes use the Elastic Fabric Adapter, with all interfaces of their type.
   *
   * @default false
   */
  readonly efa?: boolean;
  /**
   * Kubernetes labels of the nodes. The label `flightdeck.dev/pool` is taken to be there, with the name of the pool.
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
