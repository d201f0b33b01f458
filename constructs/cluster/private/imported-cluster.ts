import { type ITerraformDependable, Token } from "cdktf";
import { Construct } from "constructs";
import { Connections } from "../../core/connections";
import type { EnvironmentIdentity } from "../../core/naming";
import type { IKey } from "../../encryption/key";
import type { IVpc } from "../../network/vpc";
import type { IPullThroughCache } from "../../registry/pull-through-cache";
import type { ClusterAttributes, ICluster } from "../cluster";
import type { INodePool } from "../pool";
import { clusterNameOf } from "./cluster-name";
import { PoolRegister } from "./pool-register";

/** A cluster that is defined elsewhere; its node add-ons are taken to be there. */
export class ImportedCluster extends Construct implements ICluster {
  readonly identity: EnvironmentIdentity;
  readonly clusterName: string;
  readonly plainName: string;
  readonly clusterArn: string;
  readonly version: string;
  readonly endpoint: string;
  readonly certificateAuthorityData: string;
  readonly vpc: IVpc;
  readonly connections: Connections;
  readonly cniUsesNodeRole: boolean;
  readonly nodePrerequisites: readonly ITerraformDependable[] = [];
  readonly diskKey: IKey | undefined;
  readonly imageCaches: readonly IPullThroughCache[];
  private readonly register = new PoolRegister(this);

  constructor(scope: Construct, id: string, attributes: ClusterAttributes) {
    super(scope, id);
    this.identity = attributes.identity;
    this.clusterName = attributes.clusterName;
    this.plainName = Token.isUnresolved(this.clusterName) ? clusterNameOf(this.identity) : this.clusterName;
    this.clusterArn = attributes.clusterArn;
    this.version = attributes.version;
    this.endpoint = attributes.endpoint;
    this.certificateAuthorityData = attributes.certificateAuthorityData;
    this.vpc = attributes.vpc;
    this.connections = new Connections({ scope: this, securityGroupIds: [attributes.clusterSecurityGroupId] });
    this.cniUsesNodeRole = attributes.cniUsesNodeRole ?? false;
    this.diskKey = attributes.diskKey;
    this.imageCaches = attributes.imageCaches ?? [];
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
}
