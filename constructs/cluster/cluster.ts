import type { ITerraformDependable } from "cdktf";
import type { IConstruct } from "constructs";
import type { IConnectable } from "../core/connections";
import type { EnvironmentIdentity } from "../core/naming";
import type { IKey } from "../encryption/key";
import type { IVpc } from "../network/vpc";
import type { IPullThroughCache } from "../registry/pull-through-cache";
import type { INodePool } from "./pool";

/** An EKS cluster that node pools join and workloads run on. */
export interface ICluster extends IConstruct, IConnectable {
  /** The environment the cluster belongs to. */
  readonly identity: EnvironmentIdentity;
  /** Name of the cluster: a reference, so that what uses it is made after the cluster. */
  readonly clusterName: string;
  /** Name of the cluster as plain text, to tell clusters apart at synthesis. Resources take `clusterName`. */
  readonly plainName: string;
  /** ARN of the cluster. */
  readonly clusterArn: string;
  /** Kubernetes minor version of the control plane, such as `1.36`. */
  readonly version: string;
  /** Address of the API server, `https://…`. */
  readonly endpoint: string;
  /** Certificate of the API server's authority, PEM in base64. */
  readonly certificateAuthorityData: string;
  /** The network the cluster and its nodes are in. */
  readonly vpc: IVpc;
  /**
   * Whether the VPC CNI acts with the role of the node it runs on. False where the add-on has a role of its own, so that no
   * other pod of the node can take the CNI's permissions.
   */
  readonly cniUsesNodeRole: boolean;
  /** What must stand before a node can become ready: the add-ons that run on every node. */
  readonly nodePrerequisites: readonly ITerraformDependable[];
  /** Key of the nodes' disks and of volumes, where the cluster has one of its own. */
  readonly diskKey: IKey | undefined;
  /** Caches of public registries that nodes pull through. */
  readonly imageCaches: readonly IPullThroughCache[];
  /** Its pools in order of definition; of an imported cluster those that were imported or defined for it. */
  readonly pools: readonly INodePool[];
  /**
   * The pool of that name.
   *
   * @throws ValidationError `UNKNOWN_NODE_POOL` with the nearest name, when there is none, or several
   */
  findPool(poolName: string): INodePool;
  /** Takes note of a pool. Pools call it themselves. */
  registerPool(pool: INodePool): void;
}

/** An existing cluster. */
export interface ClusterAttributes {
  /** The environment the cluster belongs to. */
  readonly identity: EnvironmentIdentity;
  /** Name of the cluster; `<project>-<stage>` is taken for it at synthesis where this is a reference. */
  readonly clusterName: string;
  /** ARN of the cluster. */
  readonly clusterArn: string;
  /** Kubernetes minor version, such as `1.36`. */
  readonly version: string;
  /** Address of the API server, `https://…`. */
  readonly endpoint: string;
  /** Certificate of the API server's authority, PEM in base64. */
  readonly certificateAuthorityData: string;
  /** Id of the security group that EKS made for the cluster; nodes of managed node groups carry it. */
  readonly clusterSecurityGroupId: string;
  /** The network the cluster is in. */
  readonly vpc: IVpc;
  /**
   * Whether the cluster's VPC CNI acts with the role of the node; new pools then get the CNI's policy.
   *
   * @default false
   */
  readonly cniUsesNodeRole?: boolean;
  /**
   * Key of the nodes' disks and of volumes.
   *
   * @default - the account's AWS-managed key `aws/ebs`
   */
  readonly diskKey?: IKey;
  /**
   * Caches of public registries that new pools may pull through.
   *
   * @default - none
   */
  readonly imageCaches?: readonly IPullThroughCache[];
}
