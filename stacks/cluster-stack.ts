import type { Construct } from "constructs";
import {
  EksCluster,
  ExternalSecretsSupport,
  type ICluster,
  type IExternalSecretsSupport,
  type IKarpenterSupport,
  type ILoadBalancerSupport,
  type IVpc,
  KarpenterSupport,
  LoadBalancerSupport,
} from "../constructs";
import { BaseStack, type BaseStackProps } from "./base-stack";
import { defineBudgets } from "./cluster/budgets";
import { definePipelines } from "./cluster/pipelines";
import { definePodRoles, type SharedData } from "./cluster/pod-roles";
import { definePools } from "./cluster/pools";

/** What the cluster layer is given. */
export interface ClusterStackProps extends BaseStackProps {
  /** The network the cluster is in. */
  readonly vpc: IVpc;
  /** What nodes and pods are let into. */
  readonly data: SharedData;
}

/** The cluster of an environment: control plane, add-ons, node pools, what pods and pipelines may do, and what it may cost. */
export class ClusterStack extends BaseStack {
  /** The cluster, for the layers above. */
  readonly cluster: ICluster;
  /** What Karpenter needs of AWS, where the environment uses it. */
  readonly karpenter: IKarpenterSupport | undefined;
  /** What the load balancer controller needs of AWS, where the environment has it. */
  readonly loadBalancers: ILoadBalancerSupport | undefined;
  /** What External Secrets needs of AWS, where the environment has it. */
  readonly externalSecrets: IExternalSecretsSupport | undefined;

  constructor(scope: Construct, props: ClusterStackProps) {
    super(scope, "cluster", props);
    const { identity } = this;
    const { data, config } = props;
    const cluster = this.defineCluster(props);

    const { gpus } = config.controllers;
    definePools({ cluster, pools: config.nodePools, instanceTags: this.standardTags, gpus });
    this.karpenter = config.cluster.karpenter ? new KarpenterSupport(this, "Karpenter", { cluster }) : undefined;
    const { enabled, loadBalancer, externalSecrets } = config.controllers;
    this.loadBalancers =
      enabled && loadBalancer ? new LoadBalancerSupport(this, "LoadBalancers", { cluster }) : undefined;
    this.externalSecrets =
      enabled && externalSecrets
        ? new ExternalSecretsSupport(this, "ExternalSecrets", { cluster, encryptionKeys: [data.encryptionKey] })
        : undefined;
    definePodRoles(this, { ...data, identity, cluster, roles: config.podRoles });
    defineBudgets(this, { identity, budgets: config.budgets, owner: config.owner });
    if (this.usesPipelines) {
      const protectedFromDeletion = config.protection.deletion;
      definePipelines(this, { identity, ci: config.ci, stateBucket: config.state.bucket, protectedFromDeletion });
    }

    this.cluster = cluster;
  }

  private defineCluster({ config, vpc, data }: ClusterStackProps): EksCluster {
    const { version, endpoint, logRetentionDays, admins, deployers, editors, viewers, s3Mounts } = config.cluster;
    const encryptionKey = this.defineKey("Key", "cluster", config);
    encryptionKey.allowCloudWatchLogs(EksCluster.logGroupArn(this.identity));
    const diskKey = this.defineKey("DiskKey", "disks", config);
    diskKey.allowAutoScaling();
    if (config.cluster.karpenter) diskKey.allowSpotInstances();
    const storesOf = (names: typeof s3Mounts.read) => names.map((name) => data.stores[name]);
    const mounted = s3Mounts.read.length + s3Mounts.readWrite.length > 0;

    return new EksCluster(this, "Cluster", {
      identity: this.identity,
      version,
      vpc,
      encryptionKey,
      diskKey,
      imageCaches: Object.values(data.images.caches),
      admins,
      deployers,
      editors: editors.map(({ role, namespaces }) => ({ principalArn: role, namespaces })),
      viewers,
      publicAccessCidrs: endpoint.public ? endpoint.allowedCidrs : [],
      logRetentionDays,
      addOns: {
        volumeTags: this.standardTags,
        s3Mounts: mounted ? { read: storesOf(s3Mounts.read), readWrite: storesOf(s3Mounts.readWrite) } : undefined,
      },
      deletionProtection: config.protection.deletion,
    });
  }
}
