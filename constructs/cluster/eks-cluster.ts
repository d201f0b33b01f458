import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { EksCluster as EksClusterResource } from "@cdktf/provider-aws/lib/eks-cluster";
import { Annotations, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { kubernetesVersionsAsOf, supportPhase } from "../../catalog";
import { Connections } from "../core/connections";
import { checkIdentity } from "../core/identity-checks";
import type { EnvironmentIdentity } from "../core/naming";
import { partitionOf } from "../core/partition";
import { PropChecks } from "../core/prop-checks";
import { type IKey, Key } from "../encryption/key";
import type { IVpc } from "../network/vpc";
import type { IPullThroughCache } from "../registry/pull-through-cache";
import type { AddOnOptions } from "./add-on-options";
import type { ClusterAttributes, ICluster } from "./cluster";
import { GpuNodePool, type GpuNodePoolOptions } from "./gpu-node-pool";
import type { NamespaceEditor } from "./namespace-editor";
import { NeuronNodePool, type NeuronNodePoolOptions } from "./neuron-node-pool";
import { NodePool, type NodePoolOptions } from "./node-pool";
import type { INodePool } from "./pool";
import type { PoolOptions } from "./pool-options";
import { type AccessLists, checkAccess, defineAccess } from "./private/access";
import { checkAddOns } from "./private/add-on-checks";
import {
  type AddOnTarget,
  defineNodeAddOns,
  defineNodeMonitoring,
  defineWorkloadAddOns,
  hostsCoreDns,
} from "./private/add-ons";
import { checkLogRetention, checkPublicAccess, checkVersion, checkZoneCount } from "./private/cluster-checks";
import { clusterNameOf } from "./private/cluster-name";
import { ImportedCluster } from "./private/imported-cluster";
import { PoolRegister } from "./private/pool-register";
import { ServiceRole } from "./private/service-role";
import { supportNotice } from "./private/support-notice";

/** What an `EksCluster` is made of. */
export interface EksClusterProps {
  /** The environment the cluster belongs to; the cluster is called `<project>-<stage>`. */
  readonly identity: EnvironmentIdentity;
  /** Kubernetes minor version, such as `1.36`: one that EKS supports and the catalogue pins add-ons for. */
  readonly version: string;
  /** The network: the control plane reaches the nodes through its private subnets, in two zones or more. */
  readonly vpc: IVpc;
  /**
   * Key that encrypts the Kubernetes secrets and the control plane's logs. It cannot be changed later. CloudWatch Logs must be
   * allowed to use it for `EksCluster.logGroupArn(identity)`.
   */
  readonly encryptionKey: IKey;
  /**
   * Key that encrypts the disks of nodes, where a pool names no other, and lets the EBS driver make volumes with it. A `Key`
   * must allow Auto Scaling to use it (`Key.allowAutoScaling`), or no instance starts.
   *
   * @default - the account's AWS-managed key `aws/ebs`
   */
  readonly diskKey?: IKey;
  /**
   * Caches of public registries that nodes pull through: each node may then make the repository of an image that it is the first
   * to pull.
   *
   * @default - none
   */
  readonly imageCaches?: readonly IPullThroughCache[];
  /**
   * Add-ons besides those that no cluster works without.
   *
   * @default - EBS volumes, their snapshots, and node monitoring
   */
  readonly addOns?: AddOnOptions;
  /**
   * ARNs of the IAM roles or users with full rights, at least one: whoever makes the cluster gets no rights by that. Nobody
   * may be in two of the lists `admins`, `deployers`, `editors` and `viewers`.
   */
  readonly admins: readonly string[];
  /**
   * ARNs of the IAM roles or users of pipelines that install what runs in the cluster. They have full rights as `admins` do,
   * since controllers bring resource definitions and cluster roles, and Kubernetes lets nobody give out rights he lacks; they
   * are listed apart to tell machines from people.
   *
   * @default - nobody
   */
  readonly deployers?: readonly string[];
  /**
   * Who may change what runs in some namespaces: workloads, configuration, secrets and volume claims, but no roles.
   *
   * @default - nobody
   */
  readonly editors?: readonly NamespaceEditor[];
  /**
   * ARNs of the IAM roles or users that may look at everything in namespaces but secrets.
   *
   * @default - nobody
   */
  readonly viewers?: readonly string[];
  /**
   * Public address ranges that may reach the API server, at most 40. The private endpoint is always on.
   *
   * @default - none: the API server has no public endpoint
   */
  readonly publicAccessCidrs?: readonly string[];
  /**
   * Days CloudWatch keeps the control plane's logs: one of the periods it offers.
   *
   * @default 90
   */
  readonly logRetentionDays?: number;
  /**
   * What EKS does when standard support of the version ends: upgrade the control plane by itself (`STANDARD`), or keep it for
   * another year at six times the price (`EXTENDED`).
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/view-upgrade-policy.html
   * @default - `STANDARD`, or `EXTENDED` for a version that is past standard support already
   */
  readonly supportType?: "STANDARD" | "EXTENDED";
  /**
   * Whether Terraform refuses every plan that would destroy the cluster.
   *
   * @default true
   */
  readonly deletionProtection?: boolean;
}

const LOG_TYPES = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

/**
 * An EKS cluster whose API server is private, whose secrets are encrypted with a key of one's own, whose control plane logs
 * everything, and which knows its users by access entries alone. Add-ons of nodes stand before the first node, CoreDNS and
 * the storage drivers after it. A version whose standard support ends soon, or is over, is warned of at synthesis.
 *
 * @example
 * const cluster = new EksCluster(this, "Cluster", { identity, version: "1.36", vpc, encryptionKey: key, admins: [adminRoleArn] });
 * cluster.addNodePool("SystemPool", { poolName: "system", instanceTypes: ["m7i.large"], minSize: 2, maxSize: 4 });
 * cluster.addGpuNodePool("TrainingPool", { poolName: "training", instanceTypes: ["g6.xlarge"], maxSize: 4 });
 */
export class EksCluster extends Construct implements ICluster {
  /** A cluster that is defined elsewhere. */
  static fromClusterAttributes(scope: Construct, id: string, attributes: ClusterAttributes): ICluster {
    return new ImportedCluster(scope, id, attributes);
  }

  /** ARN of the log group of an environment's cluster, known before either exists: what the key must be allowed to encrypt. */
  static logGroupArn(identity: EnvironmentIdentity): string {
    const { account, region } = identity;
    return `arn:${partitionOf(region)}:logs:${region}:${account}:log-group:${logGroupName(clusterNameOf(identity))}`;
  }

  readonly identity: EnvironmentIdentity;
  readonly clusterName: string;
  readonly plainName: string;
  readonly clusterArn: string;
  readonly version: string;
  readonly endpoint: string;
  readonly certificateAuthorityData: string;
  readonly vpc: IVpc;
  readonly connections: Connections;
  readonly cniUsesNodeRole = false;
  readonly nodePrerequisites: readonly ITerraformDependable[];
  readonly diskKey: IKey | undefined;
  readonly imageCaches: readonly IPullThroughCache[];
  private readonly addOns: AddOnOptions;
  private readonly register = new PoolRegister(this);
  private coreDnsPlaced = false;

  /** @throws ValidationError `INVALID_EKS_CLUSTER_PROPS` */
  constructor(scope: Construct, id: string, props: EksClusterProps) {
    super(scope, id);
    const { identity, version, vpc, diskKey, addOns = {} } = props;

    this.validateProps(props);
    this.node.addValidation({ validate: () => [...this.validateCoreDns(), ...validateDiskKey(diskKey)] });
    this.warnOfSupport(props);

    const cluster = this.defineCluster(props);
    this.identity = identity;
    this.clusterName = cluster.name;
    this.plainName = clusterNameOf(identity);
    this.clusterArn = cluster.arn;
    this.version = version;
    this.endpoint = cluster.endpoint;
    this.certificateAuthorityData = cluster.certificateAuthority.get(0).data;
    this.vpc = vpc;
    this.diskKey = diskKey;
    this.imageCaches = props.imageCaches ?? [];
    this.addOns = addOns;
    const securityGroupId = cluster.vpcConfig.clusterSecurityGroupId;
    this.connections = new Connections({ scope: this, securityGroupIds: [securityGroupId] });

    defineAccess(this, this, accessLists(props));
    this.nodePrerequisites = defineNodeAddOns(this, this.addOnTarget);
    if (addOns.nodeMonitoring ?? true) defineNodeMonitoring(this, this.addOnTarget);
  }

  /**
   * Defines a pool of nodes without accelerators. CoreDNS and the controllers of the storage drivers wait for the first pool
   * whose taints let them in.
   *
   * @throws ValidationError `INVALID_NODE_POOL_PROPS`
   */
  addNodePool(id: string, options: NodePoolOptions): NodePool {
    const pool = new NodePool(this, id, { ...this.withDiskKey(options), cluster: this });
    if (!this.coreDnsPlaced && hostsCoreDns(pool.taints) && (options.minSize ?? 0) > 0) {
      const { addOns, diskKey } = this;
      defineWorkloadAddOns(this, this.addOnTarget, { options: addOns, diskKey, nodes: pool.resource });
      this.coreDnsPlaced = true;
    }
    return pool;
  }

  /**
   * Defines a pool of nodes with NVIDIA GPUs.
   *
   * @throws ValidationError `INVALID_GPU_NODE_POOL_PROPS`
   */
  addGpuNodePool(id: string, options: GpuNodePoolOptions): GpuNodePool {
    return new GpuNodePool(this, id, { ...this.withDiskKey(options), cluster: this });
  }

  /**
   * Defines a pool of nodes with AWS Inferentia or Trainium.
   *
   * @throws ValidationError `INVALID_NEURON_NODE_POOL_PROPS`
   */
  addNeuronNodePool(id: string, options: NeuronNodePoolOptions): NeuronNodePool {
    return new NeuronNodePool(this, id, { ...this.withDiskKey(options), cluster: this });
  }

  get pools(): readonly INodePool[] {
    return this.register.pools;
  }

  findPool(poolName: string): INodePool {
    return this.register.find(poolName);
  }

  registerPool(pool: INodePool): void {
    this.register.add(pool);
  }

  private withDiskKey<Options extends PoolOptions>(options: Options): Options {
    const diskKey = options.diskKey ?? this.diskKey;
    return diskKey === undefined ? options : { ...options, diskKey };
  }

  private warnOfSupport({ version, supportType = defaultSupportType(version) }: EksClusterProps): void {
    const notice = supportNotice(version, supportType);
    if (notice !== undefined) Annotations.of(this).addWarning(notice);
  }

  private get addOnTarget(): AddOnTarget {
    return { identity: this.identity, clusterName: this.clusterName, version: this.version };
  }

  private defineCluster(props: EksClusterProps): EksClusterResource {
    const { identity, version, vpc, encryptionKey, publicAccessCidrs = [], logRetentionDays = 90 } = props;
    const name = clusterNameOf(identity);
    const role = new ServiceRole(this, "ControlPlaneRole", {
      identity,
      purpose: "control-plane",
      description: `Control plane of ${identity.project}/${identity.stage}`,
      service: "eks.amazonaws.com",
      managedPolicies: ["AmazonEKSClusterPolicy"],
    });
    const logGroup = new CloudwatchLogGroup(this, "LogGroup", {
      name: logGroupName(name),
      retentionInDays: logRetentionDays,
      kmsKeyId: encryptionKey.keyArn,
      tags: { Name: name },
    });
    return new EksClusterResource(this, "Resource", {
      name,
      version,
      roleArn: role.roleArn,
      vpcConfig: {
        subnetIds: [...vpc.privateSubnetIds],
        endpointPrivateAccess: true,
        endpointPublicAccess: publicAccessCidrs.length > 0,
        publicAccessCidrs: publicAccessCidrs.length > 0 ? [...publicAccessCidrs] : undefined,
      },
      encryptionConfig: { resources: ["secrets"], provider: { keyArn: encryptionKey.keyArn } },
      accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false },
      bootstrapSelfManagedAddons: false,
      enabledClusterLogTypes: LOG_TYPES,
      upgradePolicy: { supportType: props.supportType ?? defaultSupportType(version) },
      tags: { Name: name },
      lifecycle: (props.deletionProtection ?? true) ? { preventDestroy: true } : undefined,
      // EKS makes a log group of its own, unencrypted and kept for ever, when it finds none.
      dependsOn: [...role.permissions, logGroup],
    });
  }

  private validateProps(props: EksClusterProps): void {
    const checks = checkIdentity(new PropChecks(this, "INVALID_EKS_CLUSTER_PROPS"), props.identity);
    checkVersion(checks, props.version, props.supportType);
    checkZoneCount(checks, props.vpc.zones);
    checkAccess(checks, accessLists(props));
    checkAddOns(checks, props.addOns ?? {});
    checkPublicAccess(checks, props.publicAccessCidrs ?? []);
    checkLogRetention(checks, props.logRetentionDays);
    checks.throwIfAny();
  }

  private validateCoreDns(): string[] {
    if (this.coreDnsPlaced) return [];
    return [
      "The cluster must have a pool that CoreDNS can run on, or no pod finds a service: add one with `addNodePool`, " +
        "`minSize` of at least 1 and no taint but CriticalAddonsOnly",
    ];
  }
}

/** A key defined elsewhere cannot be asked. */
function validateDiskKey(diskKey: IKey | undefined): string[] {
  if (!(diskKey instanceof Key) || diskKey.allowsAutoScaling) return [];
  return ["`diskKey` must allow Auto Scaling to use it, or no instance starts: call `allowAutoScaling` on the key"];
}

function accessLists({ admins, deployers = [], editors = [], viewers = [] }: EksClusterProps): AccessLists {
  return { admins, deployers, editors, viewers };
}

function logGroupName(clusterName: string): string {
  return `/aws/eks/${clusterName}/cluster`;
}

/** The day the table was checked stands for today: the same config gives the same bytes tomorrow. */
function defaultSupportType(version: string): "STANDARD" | "EXTENDED" {
  return supportPhase(version, kubernetesVersionsAsOf()) === "standard" ? "STANDARD" : "EXTENDED";
}
