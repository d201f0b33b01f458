import type { Construct } from "constructs";
import type { PoolConfig } from "../config";
import { EksCluster, type ICluster, type IVpc, Key, PodRole } from "../constructs";
import { BaseStack, type BaseStackProps } from "./base-stack";
import type { Stores } from "./data-stack";

/** What the cluster layer is given. */
export interface ClusterStackProps extends BaseStackProps {
  /** The network the cluster is in. */
  readonly vpc: IVpc;
  /** The stores that pods are let into. */
  readonly stores: Stores;
}

/** The cluster of an environment: control plane, add-ons, node pools, and what pods may do in AWS. */
export class ClusterStack extends BaseStack {
  /** The cluster, for the layers above. */
  readonly cluster: ICluster;

  constructor(scope: Construct, props: ClusterStackProps) {
    super(scope, "cluster", props);
    const cluster = this.defineCluster(props);
    const { system, cpu, gpu } = props.config.nodePools;

    cluster.addNodePool("SystemPool", this.poolOptions("system", system));
    for (const [name, pool] of Object.entries(cpu)) {
      cluster.addNodePool(`CpuPool-${name}`, this.poolOptions(name, pool));
    }
    for (const [name, pool] of Object.entries(gpu)) {
      cluster.addGpuNodePool(`GpuPool-${name}`, this.poolOptions(name, pool));
    }
    this.definePodRoles(cluster, props);

    this.cluster = cluster;
  }

  private defineCluster({ config, vpc }: ClusterStackProps): EksCluster {
    const { version, endpoint, logRetentionDays, admins, viewers } = config.cluster;
    const encryptionKey = new Key(this, "Key", {
      identity: this.identity,
      purpose: "cluster",
      deletionWindowDays: config.data.keyDeletionWindowDays,
      deletionProtection: config.protection.deletion,
    });
    encryptionKey.allowCloudWatchLogs(EksCluster.logGroupArn(this.identity));

    return new EksCluster(this, "Cluster", {
      identity: this.identity,
      version,
      vpc,
      encryptionKey,
      admins,
      viewers,
      publicAccessCidrs: endpoint.public ? endpoint.allowedCidrs : [],
      logRetentionDays,
      deletionProtection: config.protection.deletion,
    });
  }

  /** The provider's default tags do not reach what a launch template starts. */
  private poolOptions<Pool extends PoolConfig>(
    poolName: string,
    pool: Pool,
  ): Pool & { poolName: string; instanceTags: Record<string, string> } {
    return { ...pool, poolName, instanceTags: this.standardTags };
  }

  private definePodRoles(cluster: ICluster, { config, stores }: ClusterStackProps): void {
    for (const [name, { namespace, serviceAccount, read, readWrite }] of Object.entries(config.podRoles)) {
      const role = new PodRole(this, `PodRole-${name}`, {
        identity: this.identity,
        clusterName: cluster.clusterName,
        name,
        namespace,
        serviceAccount,
      });
      read.forEach((store) => stores[store].grantRead(role));
      readWrite.forEach((store) => stores[store].grantReadWrite(role));
    }
  }
}
