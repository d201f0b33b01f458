import type { IKey } from "../encryption/key";

/** A Kubernetes taint, spelled as Kubernetes spells it. */
export interface Taint {
  /** Key, such as `workload`. */
  readonly key: string;
  /**
   * Value.
   *
   * @default - none
   */
  readonly value?: string;
  /** What happens to pods that do not tolerate the taint. */
  readonly effect: "NoSchedule" | "PreferNoSchedule" | "NoExecute";
}

/** What every kind of node pool lets its caller choose. */
export interface PoolOptions {
  /** Name of the pool, kebab-case: part of the node group's and the role's name, and the label `flightdeck.dev/pool`. */
  readonly poolName: string;
  /**
   * Instance types EKS may choose from, the preferred first; 1 to 20 of one architecture. A spot pool should name several:
   * with a single type one shortage takes the whole pool.
   */
  readonly instanceTypes: readonly string[];
  /**
   * Spot instances are cheaper and may be taken back with two minutes' notice.
   *
   * @default "on-demand"
   */
  readonly capacity?: "on-demand" | "spot";
  /**
   * Fewest nodes the pool is scaled down to.
   *
   * @default 0
   */
  readonly minSize?: number;
  /**
   * Nodes the pool starts with, from `minSize` to `maxSize`. Only its first value counts: later changes are left to
   * autoscaling, and Terraform ignores them.
   *
   * @default - `minSize`
   */
  readonly desiredSize?: number;
  /** Most nodes the pool is scaled up to: the limit of what it can cost. */
  readonly maxSize: number;
  /**
   * Key that encrypts the root disks. A key of the account's own must let the service-linked role
   * `AWSServiceRoleForAutoScaling` use it, or no instance starts.
   *
   * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html
   * @default - the account's AWS-managed key `aws/ebs`
   */
  readonly diskKey?: IKey;
  /**
   * Kubernetes labels of the nodes, besides those the pool sets itself. Not under `flightdeck.dev/`, nor under
   * `kubernetes.io` and `k8s.io`, which the kubelet refuses.
   *
   * @default - none
   */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * Taints of the nodes, besides those the pool sets itself; at most 50 in all.
   *
   * @default - none
   */
  readonly taints?: readonly Taint[];
  /**
   * Zones the pool is limited to, where an instance type is not offered everywhere or data lies in one zone.
   *
   * @default - all zones of the cluster's VPC
   */
  readonly zones?: readonly string[];
  /**
   * Amazon Linux 2023, or Bottlerocket: smaller, read-only, and on GPU nodes with the NVIDIA device plugin built in.
   *
   * @default "al2023"
   */
  readonly operatingSystem?: "al2023" | "bottlerocket";
  /**
   * Share of the nodes that an update replaces at once, in per cent, 1 to 100, rounded up to whole nodes.
   *
   * @default 33
   */
  readonly maxUnavailablePercentage?: number;
  /**
   * Whether people may open a shell on the nodes through AWS Systems Manager.
   *
   * @default false
   */
  readonly sessionManager?: boolean;
  /**
   * AWS tags of the instances and their disks, which the provider's default tags do not reach.
   *
   * @default - `Name` alone
   */
  readonly instanceTags?: Readonly<Record<string, string>>;
}
