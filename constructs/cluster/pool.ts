import type { IConstruct } from "constructs";
import type { IConnectable } from "../core/connections";
import type { IPlaceable } from "../core/placement";
import type { CapacityKind } from "./pool-capacity";
import type { Taint } from "./pool-options";

/**
 * A group of like nodes of a cluster. Names and ARNs are references; all else is plain, so that what runs on the nodes can be
 * checked against them before any of it exists.
 */
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
  /** What the nodes are for: plain computing, NVIDIA GPUs, or AWS Inferentia and Trainium. */
  readonly kind: "cpu" | "gpu" | "neuron";
  /** Instance types the nodes may be of, the preferred first. */
  readonly instanceTypes: readonly string[];
  /** Where the instances come from. */
  readonly capacity: CapacityKind;
  /** Operating system of the nodes. Bottlerocket has NVIDIA's device plugin built in. */
  readonly operatingSystem: "al2023" | "bottlerocket";
  /** Fewest nodes the pool is scaled down to. */
  readonly minSize: number;
  /** Most nodes the pool is scaled up to. */
  readonly maxSize: number;
  /** Zones the pool is limited to; undefined: all zones of the cluster's VPC. */
  readonly zones: readonly string[] | undefined;
  /** Extended resources that every node of the pool offers at least, by name. */
  readonly allocatable: Readonly<Record<string, number>>;
  /** Extended resources that the largest node of the pool offers, by name. */
  readonly largestNode: Readonly<Record<string, number>>;
  /** Whether the nodes talk to one another over the Elastic Fabric Adapter. */
  readonly efa: boolean;
  /** Puts something on the nodes of the pool, past its taints. */
  place(target: IPlaceable): void;
}
