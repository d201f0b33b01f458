import type { IObjectStore } from "../storage/object-store";

/** Which add-ons of EKS a cluster gets besides those that no cluster works without. */
export interface AddOnOptions {
  /**
   * Whether pods can have EBS volumes (add-on `aws-ebs-csi-driver`). The driver manages volumes and snapshots of this cluster
   * alone.
   *
   * @default true
   */
  readonly ebsCsi?: boolean;
  /**
   * AWS tags of the volumes and snapshots that the EBS driver makes, which the provider's default tags do not reach.
   *
   * @see https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/docs/tagging.md
   * @default - those of the driver alone
   */
  readonly volumeTags?: Readonly<Record<string, string>>;
  /**
   * Whether volumes can be copied by `VolumeSnapshot` objects (add-on `snapshot-controller`).
   *
   * @default - as `ebsCsi`
   */
  readonly snapshotController?: boolean;
  /**
   * Whether an agent on each node reports failing GPUs, disks, networks and kernels, on which EKS repairs the node (add-on
   * `eks-node-monitoring-agent`).
   *
   * @default true
   */
  readonly nodeMonitoring?: boolean;
  /**
   * Object stores that pods may mount as volumes (add-on `aws-mountpoint-s3-csi-driver`). Whoever may create a persistent
   * volume in the cluster reaches all of them.
   *
   * @default - none: the add-on is not installed
   */
  readonly s3Mounts?: S3MountOptions;
}

/** The object stores that pods may mount. */
export interface S3MountOptions {
  /**
   * Stores that are mounted to read.
   *
   * @default - none
   */
  readonly read?: readonly IObjectStore[];
  /**
   * Stores that are mounted to read and write; writing means whole new files, since objects cannot be changed in place.
   *
   * @default - none
   */
  readonly readWrite?: readonly IObjectStore[];
}
