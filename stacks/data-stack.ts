import type { Construct } from "constructs";
import {
  type IKey,
  type IPostgresDatabase,
  type IRedisCache,
  type IVpc,
  type Key,
  LogPipeline,
  PostgresDatabase,
  RedisCache,
} from "../constructs";
import { BaseStack, type BaseStackProps } from "./base-stack";
import { defineImages, type Images } from "./data/images";
import { defineSecrets } from "./data/secrets";
import { defineStores, type ReplicaRegion, type Stores } from "./data/stores";

/** What the data layer is given. */
export interface DataStackProps extends BaseStackProps {
  /** The network that database and cache are in. */
  readonly vpc: IVpc;
}

/** Name of database and cache, which all services of the platform share. */
const SHARED_NAME = "platform";

/** What outlives clusters and workloads: stores, database, cache, images, and the key that encrypts them. */
export class DataStack extends BaseStack {
  /** Encrypts stores, database, cache and secrets. */
  readonly encryptionKey: IKey;
  /** The stores by name. */
  readonly stores: Stores;
  /** PostgreSQL, where the environment has one. */
  readonly database: IPostgresDatabase | undefined;
  /** Redis, where the environment has one. */
  readonly cache: IRedisCache | undefined;
  /** Image repositories and caches of public registries. */
  readonly images: Images;

  constructor(scope: Construct, props: DataStackProps) {
    super(scope, "data", props);
    const { config } = props;
    const { identity } = this;
    const encryptionKey = this.defineKey("Key", "data", config);

    this.encryptionKey = encryptionKey;
    this.stores = defineStores(this, { identity, config, encryptionKey, replicas: this.defineReplicaRegion(props) });
    this.images = defineImages(this, { identity, config, encryptionKey });
    this.database = this.defineDatabase(props, encryptionKey);
    this.cache = this.defineCache(props, encryptionKey);
    defineSecrets(this, { identity, config, encryptionKey });
    if (config.observability.enabled && config.observability.logs.backend === "cloudwatch") {
      encryptionKey.allowCloudWatchLogs(LogPipeline.logGroupArn(identity));
    }
  }

  private defineReplicaRegion({ config }: DataStackProps): ReplicaRegion | undefined {
    const region = config.data.replicationRegion;
    if (region === undefined) return undefined;
    const provider = this.defineProvider("ReplicaAws", region, "replica");
    return { provider, encryptionKey: this.defineKey("ReplicaKey", "replicas", config, { provider, region }) };
  }

  private defineDatabase({ config, vpc }: DataStackProps, encryptionKey: Key): IPostgresDatabase | undefined {
    const { enabled, finalSnapshot, ...settings } = config.data.database;
    if (!enabled) return undefined;
    encryptionKey.allowCloudWatchLogs(PostgresDatabase.logGroupArn(this.identity, SHARED_NAME));
    return new PostgresDatabase(this, "Database", {
      identity: this.identity,
      vpc,
      encryptionKey,
      name: SHARED_NAME,
      deletionProtection: config.protection.deletion,
      skipFinalSnapshot: !finalSnapshot,
      logRetentionDays: config.cluster.logRetentionDays,
      ...settings,
    });
  }

  private defineCache({ config, vpc }: DataStackProps, encryptionKey: Key): IRedisCache | undefined {
    const { enabled, ...settings } = config.data.cache;
    if (!enabled) return undefined;
    encryptionKey.allowCloudWatchLogs(RedisCache.logGroupArn(this.identity, SHARED_NAME));
    return new RedisCache(this, "Cache", {
      identity: this.identity,
      vpc,
      encryptionKey,
      cacheName: SHARED_NAME,
      passwordAuthentication: true,
      deletionProtection: config.protection.deletion,
      dataLostOnDestroy: !config.protection.deletion,
      logRetentionDays: config.cluster.logRetentionDays,
      ...settings,
    });
  }
}
