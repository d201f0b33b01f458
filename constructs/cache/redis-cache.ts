import { ElasticacheParameterGroup } from "@cdktf/provider-aws/lib/elasticache-parameter-group";
import {
  ElasticacheReplicationGroup,
  type ElasticacheReplicationGroupConfig,
} from "@cdktf/provider-aws/lib/elasticache-replication-group";
import { ElasticacheSubnetGroup } from "@cdktf/provider-aws/lib/elasticache-subnet-group";
import { Fn, Token } from "cdktf";
import { Construct } from "constructs";
import { findRedisVersion } from "../../catalog";
import { Connections, type IConnectable } from "../core/connections";
import { ValidationError } from "../core/errors";
import { Grant, type IGrantable } from "../core/grants";
import { checkIdentity } from "../core/identity-checks";
import type { EnvironmentIdentity } from "../core/naming";
import { PropChecks } from "../core/prop-checks";
import type { IKey } from "../encryption/key";
import type { ISecret } from "../encryption/secret";
import { SecurityGroup } from "../network/security-group";
import type { IVpc } from "../network/vpc";
import { CONNECT_ACTIONS } from "./perms";
import { checkAuthentication, checkEngine, checkNodes, checkOperation } from "./private/redis-checks";
import { defineLogs } from "./private/redis-logs";
import { RedisNames } from "./private/redis-names";
import { type RedisSettings, settingsOf } from "./private/redis-settings";
import { defineUsers } from "./private/redis-users";
import type { RedisCacheOptions } from "./redis-cache-options";

/** A cache that workloads connect to, with TLS. */
export interface IRedisCache extends IConnectable {
  /** Id of the replication group: what an IAM authentication token is made for. */
  readonly replicationGroupId: string;
  /** ARN of the replication group. */
  readonly replicationGroupArn: string;
  /** Host that clients connect to: the primary, or with cluster mode the one that knows all nodes. */
  readonly endpointAddress: string;
  /** Host that spreads reads over the replicas; undefined with cluster mode, whose clients find the nodes themselves. */
  readonly readerEndpointAddress: string | undefined;
  /** TCP port of the hosts. */
  readonly port: number;
  /** Name to connect as with an IAM token; undefined without IAM authentication. */
  readonly iamUserName: string | undefined;
  /** Secret with `username` and `password`, as a JSON object; undefined without password authentication. */
  readonly authSecret: ISecret | undefined;
  /**
   * Lets the grantee connect with an IAM token.
   *
   * @throws ValidationError `NO_IAM_AUTHENTICATION` when the cache has no IAM-authenticated user
   */
  grantConnect(grantee: IGrantable): Grant;
  /**
   * Lets the grantee read user name and password, decryption included.
   *
   * @throws ValidationError `NO_PASSWORD_AUTHENTICATION` when the cache has no user with a password
   */
  grantReadAuthSecret(grantee: IGrantable): Grant;
}

/** What a `RedisCache` is made of. */
export interface RedisCacheProps extends RedisCacheOptions {
  /** The environment the cache belongs to. */
  readonly identity: EnvironmentIdentity;
  /** The network: the nodes stand in its private subnets. */
  readonly vpc: IVpc;
  /**
   * Key that encrypts data at rest, logs and the password. It cannot be changed later. CloudWatch Logs must be allowed to use
   * it for `RedisCache.logGroupArn(identity, cacheName)`.
   */
  readonly encryptionKey: IKey;
}

/** An existing cache with TLS and an access-controlled user group. */
export interface RedisCacheAttributes {
  /** Id of the replication group. */
  readonly replicationGroupId: string;
  /** ARN of the replication group, as text or as a reference. */
  readonly replicationGroupArn: string;
  /** Host that clients connect to. */
  readonly endpointAddress: string;
  /**
   * Host that spreads reads over the replicas.
   *
   * @default - none
   */
  readonly readerEndpointAddress?: string;
  /**
   * TCP port of the hosts.
   *
   * @default 6379
   */
  readonly port?: number;
  /** Id of a security group that the nodes carry. */
  readonly securityGroupId: string;
  /**
   * ARN of the user that authenticates with IAM: `arn:<partition>:elasticache:<region>:<account>:user:<id>`. Its id is its name.
   *
   * @default - none: `grantConnect` is refused
   */
  readonly iamUserArn?: string;
  /**
   * Secret with user name and password.
   *
   * @default - none: `grantReadAuthSecret` is refused
   */
  readonly authSecret?: ISecret;
}

const PORT = 6379;

abstract class RedisCacheBase extends Construct implements IRedisCache {
  abstract readonly replicationGroupId: string;
  abstract readonly replicationGroupArn: string;
  abstract readonly endpointAddress: string;
  abstract readonly readerEndpointAddress: string | undefined;
  abstract readonly port: number;
  abstract readonly iamUserName: string | undefined;
  abstract readonly authSecret: ISecret | undefined;
  abstract readonly connections: Connections;
  protected abstract readonly iamUserArn: string | undefined;

  grantConnect(grantee: IGrantable): Grant {
    if (this.iamUserArn === undefined) {
      const message = "the cache has no IAM-authenticated user: turn on `iamAuthentication`";
      throw new ValidationError("NO_IAM_AUTHENTICATION", message, this);
    }
    const resources = [this.replicationGroupArn, this.iamUserArn];
    return Grant.addToPrincipal({ grantee, actions: CONNECT_ACTIONS, resources });
  }

  grantReadAuthSecret(grantee: IGrantable): Grant {
    if (this.authSecret !== undefined) return this.authSecret.grantRead(grantee);
    const message = "the cache has no user with a password: turn on `passwordAuthentication`";
    throw new ValidationError("NO_PASSWORD_AUTHENTICATION", message, this);
  }
}

/**
 * A Valkey or Redis cache on ElastiCache: reached with TLS only and by named users only, encrypted at rest, spread over zones
 * with automatic failover, with daily snapshots and its logs in CloudWatch. No password is ever part of Terraform's state.
 *
 * @example
 * const cache = new RedisCache(this, "Features", {
 *   identity,
 *   cacheName: "features",
 *   engineVersion: "8.1",
 *   nodeType: "cache.r7g.large",
 *   vpc,
 *   encryptionKey: key,
 * });
 * cache.connections.allowFrom(cluster, Port.tcp(cache.port), "Pods reach the feature cache");
 * cache.grantConnect(servingRole);
 */
export class RedisCache extends RedisCacheBase {
  /**
   * A cache that is defined elsewhere.
   *
   * @throws ValidationError `INVALID_REDIS_CACHE_ATTRIBUTES`
   */
  static fromRedisCacheAttributes(scope: Construct, id: string, attributes: RedisCacheAttributes): IRedisCache {
    return new ImportedRedisCache(scope, id, attributes);
  }

  /** Pattern of the ARNs of a cache's log groups, known before they exist: what the key must be allowed to encrypt. */
  static logGroupArn(identity: EnvironmentIdentity, cacheName: string): string {
    return new RedisNames(identity, cacheName).logGroupArn("*");
  }

  readonly replicationGroupId: string;
  readonly replicationGroupArn: string;
  readonly endpointAddress: string;
  readonly readerEndpointAddress: string | undefined;
  readonly port = PORT;
  readonly iamUserName: string | undefined;
  readonly authSecret: ISecret | undefined;
  readonly connections: Connections;
  protected readonly iamUserArn: string | undefined;

  /** @throws ValidationError `INVALID_REDIS_CACHE_PROPS` */
  constructor(scope: Construct, id: string, props: RedisCacheProps) {
    super(scope, id);
    const settings = settingsOf(props);

    this.validateProps(props, settings);

    const names = new RedisNames(props.identity, props.cacheName);
    const users = defineUsers(this, names, settings, props.encryptionKey);
    const securityGroup = this.defineSecurityGroup(props);
    const cache = new ElasticacheReplicationGroup(this, "Resource", {
      ...this.replicationGroup(props, settings, names),
      userGroupIds: [users.userGroupId],
      securityGroupIds: [securityGroup.securityGroupId],
      subnetGroupName: this.defineSubnetGroup(props.vpc, names).name,
      parameterGroupName: this.defineParameterGroup(props, settings, names).name,
      logDeliveryConfiguration: defineLogs(this, names, props.encryptionKey, settings.logRetentionDays),
      lifecycle: settings.deletionProtection ? { preventDestroy: true } : undefined,
    });

    const clusterMode = props.numNodeGroups !== undefined;
    this.replicationGroupId = cache.replicationGroupId;
    this.replicationGroupArn = cache.arn;
    this.endpointAddress = clusterMode ? cache.configurationEndpointAddress : cache.primaryEndpointAddress;
    this.readerEndpointAddress = clusterMode ? undefined : cache.readerEndpointAddress;
    this.iamUserName = users.iamUser?.userName;
    this.iamUserArn = users.iamUser?.arn;
    this.authSecret = users.authSecret;
    this.connections = new Connections({ scope: this, securityGroupIds: [securityGroup.securityGroupId] });
  }

  /** The provider takes two of the flags as text, since they may be neither true nor false. */
  private replicationGroup(
    { numNodeGroups, nodeType, encryptionKey }: RedisCacheProps,
    settings: RedisSettings,
    names: RedisNames,
  ): ElasticacheReplicationGroupConfig {
    const { replicas, snapshotRetentionDays } = settings;
    const clusterMode = numNodeGroups !== undefined;
    return {
      replicationGroupId: names.cache,
      description: `Cache ${names.cache}`,
      engine: settings.engine,
      engineVersion: settings.engineVersion,
      nodeType,
      port: PORT,
      ...(clusterMode ? { numNodeGroups, replicasPerNodeGroup: replicas } : { numCacheClusters: 1 + replicas }),
      // ElastiCache demands failover for cluster mode, even without replicas.
      automaticFailoverEnabled: clusterMode || replicas >= 1,
      multiAzEnabled: settings.multiAz,
      atRestEncryptionEnabled: "true",
      kmsKeyId: encryptionKey.keyArn,
      transitEncryptionEnabled: true,
      transitEncryptionMode: "required",
      maintenanceWindow: settings.maintenanceWindow,
      snapshotRetentionLimit: snapshotRetentionDays,
      snapshotWindow: snapshotRetentionDays > 0 ? settings.snapshotWindow : undefined,
      finalSnapshotIdentifier: settings.dataLostOnDestroy ? undefined : names.finalSnapshot,
      autoMinorVersionUpgrade: String(settings.autoMinorVersionUpgrade),
      applyImmediately: settings.applyImmediately,
      tags: { Name: names.cache },
    };
  }

  private defineSecurityGroup({ identity, vpc, cacheName }: RedisCacheProps): SecurityGroup {
    return new SecurityGroup(this, "SecurityGroup", {
      identity,
      vpc,
      purpose: `redis-${cacheName}`,
      description: `Nodes of the cache ${cacheName}`,
    });
  }

  private defineSubnetGroup(vpc: IVpc, names: RedisNames): ElasticacheSubnetGroup {
    return new ElasticacheSubnetGroup(this, "SubnetGroup", {
      name: names.cache,
      description: `Private subnets of cache ${names.cache}`,
      subnetIds: [...vpc.privateSubnetIds],
      tags: { Name: names.cache },
    });
  }

  private defineParameterGroup(
    { numNodeGroups }: RedisCacheProps,
    { engine, engineVersion, maxmemoryPolicy }: RedisSettings,
    names: RedisNames,
  ): ElasticacheParameterGroup {
    const family = findRedisVersion(engine, engineVersion).parameterGroupFamily;
    const clusterMode = numNodeGroups === undefined ? [] : [{ name: "cluster-enabled", value: "yes" }];
    return new ElasticacheParameterGroup(this, "ParameterGroup", {
      name: names.parameterGroup(family),
      family,
      description: `Parameters of cache ${names.cache}`,
      parameter: [...clusterMode, { name: "maxmemory-policy", value: maxmemoryPolicy }],
      tags: { Name: names.parameterGroup(family) },
      // The cache can only let go of it when the group of the next family stands.
      lifecycle: { createBeforeDestroy: true },
    });
  }

  private validateProps(props: RedisCacheProps, settings: RedisSettings): void {
    const checks = checkIdentity(new PropChecks(this, "INVALID_REDIS_CACHE_PROPS"), props.identity);
    checkEngine(checks, props, settings);
    checkNodes(checks, props, props.vpc.zones, settings.replicas);
    checkAuthentication(checks, settings);
    checkOperation(checks, props, settings);
    checks.throwIfAny();
  }
}

class ImportedRedisCache extends RedisCacheBase {
  readonly replicationGroupId: string;
  readonly replicationGroupArn: string;
  readonly endpointAddress: string;
  readonly readerEndpointAddress: string | undefined;
  readonly port: number;
  readonly iamUserName: string | undefined;
  readonly authSecret: ISecret | undefined;
  readonly connections: Connections;
  protected readonly iamUserArn: string | undefined;

  constructor(scope: Construct, id: string, attributes: RedisCacheAttributes) {
    super(scope, id);
    const { replicationGroupId, replicationGroupArn, port = PORT, securityGroupId, iamUserArn } = attributes;
    const arn = (kind: string) => `must be an ARN arn:<partition>:elasticache:<region>:<account>:${kind}:<id>`;
    const isPort = Number.isInteger(port) && port >= 1 && port <= 65535;
    new PropChecks(this, "INVALID_REDIS_CACHE_ATTRIBUTES")
      .require(GROUP_ARN.test(replicationGroupArn), "replicationGroupArn", arn("replicationgroup"), replicationGroupArn)
      .require(iamUserArn === undefined || USER_ARN.test(iamUserArn), "iamUserArn", arn("user"), iamUserArn)
      .require(isPort, "port", "must be a whole number from 1 to 65535", port)
      .throwIfAny();
    this.replicationGroupId = replicationGroupId;
    this.replicationGroupArn = replicationGroupArn;
    this.endpointAddress = attributes.endpointAddress;
    this.readerEndpointAddress = attributes.readerEndpointAddress;
    this.port = port;
    this.iamUserArn = iamUserArn;
    this.iamUserName = iamUserArn === undefined ? undefined : idInArn(iamUserArn);
    this.authSecret = attributes.authSecret;
    this.connections = new Connections({ scope: this, securityGroupIds: [securityGroupId] });
  }
}

const GROUP_ARN = /^arn:aws[a-z-]*:elasticache:[a-z0-9-]+:\d{12}:replicationgroup:[a-z0-9-]+$/;
const USER_ARN = /^arn:aws[a-z-]*:elasticache:[a-z0-9-]+:\d{12}:user:[a-z0-9-]+$/;

/** ARNs of ElastiCache end with a colon and the id. Takes references too. */
function idInArn(arn: string): string {
  if (!Token.isUnresolved(arn)) return arn.slice(arn.lastIndexOf(":") + 1);
  return Token.asString(Fn.element(Fn.reverse(Fn.split(":", arn)), 0));
}
