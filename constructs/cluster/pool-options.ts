import type { IKey } from "../encryption/key";
import type { ISecurityGroup } from "../network/security-group";
import type { OffHoursOptions } from "./off-hours";
import type { PoolCapacity } from "./pool-capacity";

/** A volume with container images already unpacked, from which every node starts. */
export interface ImageVolumeOptions {
  /**
   * Id of the EBS snapshot, `snap-…`. For Amazon Linux it holds an XFS file system with containerd's root folder, for
   * Bottlerocket a copy of Bottlerocket's own data volume.
   */
  readonly snapshotId: string;
  /**
   * Size of the volume in GiB, 1 to 16384, not less than the snapshot.
   *
   * @default - the snapshot's size; on Bottlerocket, where pods share the volume, `diskGiB`
   */
  readonly sizeGiB?: number;
  /**
   * MiB per second, 100 to 300, at which EBS loads the snapshot ahead; a fee per GiB. Without it a block is slow when it is
   * read for the first time.
   *
   * @see https://docs.aws.amazon.com/ebs/latest/userguide/initalize-volume.html
   * @default - blocks are loaded when they are read
   */
  readonly initializationRateMiBps?: number;
}

/** An image of one's own in place of the one EKS chooses. */
export interface OwnImageOptions {
  /** Id of the image, `ami-…`, built from the EKS image of the pool's operating system. EKS no longer updates the nodes. */
  readonly imageId: string;
  /**
   * IPv4 range of the cluster's services, which Amazon Linux nodes must be told.
   *
   * @default - what EKS says for a cluster defined in the same code; an imported cluster needs it said
   */
  readonly serviceCidr?: string;
}

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
   * Where the instances come from: on demand, spot, a reservation or a Capacity Block. A reservation by id and a block hold
   * one instance type in one zone.
   *
   * @default "on-demand"
   */
  readonly capacity?: PoolCapacity;
  /**
   * Fewest nodes the pool is scaled down to. EKS refuses to raise it above the number of nodes wanted at the time, which
   * Terraform leaves to autoscaling: raise both with `aws eks update-nodegroup-config` first.
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
   * What becomes of the local NVMe disks of the instances: one fast scratch volume that holds container images, logs and the
   * scratch space of pods (`raid0`), or left alone. What is on them is gone when the instance stops.
   *
   * @default "none"
   */
  readonly localStorage?: "raid0" | "none";
  /**
   * A volume with container images already on it, so that large images need no pull. Not beside `localStorage: "raid0"`,
   * which would cover it.
   *
   * @default - images are pulled
   */
  readonly imageVolume?: ImageVolumeOptions;
  /**
   * Security groups of the nodes besides the cluster's own; 14 at most. An account allows 5 on a network interface, the
   * cluster's and that of EFA among them, until its quota is raised (up to 16).
   *
   * @see https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html
   * @default - the cluster's group alone
   */
  readonly securityGroups?: readonly ISecurityGroup[];
  /**
   * An image of one's own, where EKS's lacks a driver or a company has hardened its own.
   *
   * @default - EKS's image for the instance types and the operating system
   */
  readonly ownImage?: OwnImageOptions;
  /**
   * Hours in which the pool is scaled to zero. A pod that waits for a node then still brings one, through the autoscaler.
   *
   * @default - the pool works around the clock
   */
  readonly offHours?: OffHoursOptions;
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
   * @default - `Name` and `flightdeck:pool` alone
   */
  readonly instanceTags?: Readonly<Record<string, string>>;
}
