import { tryFindRegion } from "../../../catalog";

/** A group of subnets that nodes may stand in. */
export interface SubnetGroup {
  readonly name: string;
  readonly vpcId: string;
  description: string;
  subnets: readonly Subnet[];
}

/** A subnet and its zone. */
export interface Subnet {
  readonly id: string;
  readonly zone: string;
}

/** Parameters of the engine, by name: those that were set. */
export interface ParameterGroup {
  readonly name: string;
  readonly family: string;
  readonly description: string;
  readonly parameters: Map<string, string>;
}

/** How a user authenticates. */
export type AuthenticationType = "password" | "no-password" | "iam";

/** A user. Of passwords only the number is known, as in AWS's answers. */
export interface CacheUser {
  readonly id: string;
  readonly name: string;
  engine: string;
  accessString: string;
  authentication: AuthenticationType;
  passwordCount: number;
}

/** A group of users. */
export interface UserGroup {
  readonly id: string;
  readonly engine: string;
  userIds: readonly string[];
}

/** A node: a cache cluster of its own to the API. */
export interface Member {
  readonly id: string;
  readonly zone: string;
}

/** A primary with its replicas, the primary first. */
export interface NodeGroup {
  readonly id: string;
  members: readonly Member[];
}

/** Where one log goes. */
export interface LogDelivery {
  readonly logType: string;
  readonly logFormat: string;
  readonly destinationType: string;
  /** Log group or delivery stream. */
  readonly destination: string;
}

/** What can change about a replication group. */
export interface ReplicationGroupSettings {
  description: string;
  engine: string;
  /** Major and minor version. */
  engineVersion: string;
  nodeType: string;
  automaticFailover: boolean;
  multiAz: boolean;
  parameterGroup: string;
  securityGroupIds: readonly string[];
  userGroupIds: readonly string[];
  logDelivery: readonly LogDelivery[];
  maintenanceWindow: string;
  snapshotWindow: string;
  snapshotRetentionLimit: number;
  autoMinorVersionUpgrade: boolean;
  transitEncryptionMode: string | undefined;
  notificationTopicArn: string | undefined;
}

/** A replication group. */
export interface ReplicationGroup extends ReplicationGroupSettings {
  readonly id: string;
  /** The part of host names that AWS makes up. */
  readonly token: string;
  readonly port: number;
  readonly clusterMode: boolean;
  readonly subnetGroup: string;
  readonly transitEncryption: boolean;
  readonly atRestEncryption: boolean;
  readonly kmsKeyId: string | undefined;
  nodeGroups: readonly NodeGroup[];
}

/** A snapshot, as far as the API tells it. */
export interface Snapshot {
  readonly name: string;
  readonly group: ReplicationGroup;
}

/** What one account has in one region. */
export class CacheState {
  readonly subnetGroups = new Map<string, SubnetGroup>();
  readonly parameterGroups = new Map<string, ParameterGroup>();
  readonly users = new Map<string, CacheUser>([["default", DEFAULT_USER]]);
  readonly userGroups = new Map<string, UserGroup>();
  readonly replicationGroups = new Map<string, ReplicationGroup>();
  readonly snapshots = new Map<string, Snapshot>();
  /** Tags by ARN. */
  readonly tags = new Map<string, Map<string, string>>();

  constructor(
    readonly account: string,
    readonly region: string,
  ) {}

  /** ARN of a resource: `replicationgroup`, `cluster`, `user`, `usergroup`, `subnetgroup`, `parametergroup`, `snapshot`. */
  arn(kind: string, id: string): string {
    const partition = tryFindRegion(this.region)?.partition ?? "aws";
    return `arn:${partition}:elasticache:${this.region}:${this.account}:${kind}:${id}`;
  }
}

/** What every account and region has, for each to see. */
export class CacheStates {
  private readonly places = new Map<string, CacheState>();

  of({ account, region }: { readonly account: string; readonly region: string }): CacheState {
    const key = `${account}/${region}`;
    const state = this.places.get(key) ?? new CacheState(account, region);
    this.places.set(key, state);
    return state;
  }
}

/** Each account has this user; it lets everybody do everything. */
const DEFAULT_USER: CacheUser = {
  id: "default",
  name: "default",
  engine: "redis",
  accessString: "on ~* +@all",
  authentication: "no-password",
  passwordCount: 0,
};
