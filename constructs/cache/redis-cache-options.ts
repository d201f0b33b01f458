import type { RedisEngine } from "../../catalog";

/** What the engine does when its memory is full: which keys it drops, or with `noeviction` that it refuses writes. */
export type MaxmemoryPolicy =
  | "volatile-lru"
  | "allkeys-lru"
  | "volatile-lfu"
  | "allkeys-lfu"
  | "volatile-random"
  | "allkeys-random"
  | "volatile-ttl"
  | "noeviction";

/** What a caller chooses about a cache. */
export interface RedisCacheOptions {
  /** What the cache is for, in kebab-case, such as `features`: the last part of its id `<project>-<stage>-<cacheName>`. It cannot be changed later. */
  readonly cacheName: string;
  /**
   * Valkey, the open continuation of Redis, or Redis OSS itself. It cannot be changed later: users and groups belong to one engine.
   *
   * @default "valkey"
   */
  readonly engine?: RedisEngine;
  /** Major and minor version of the engine, such as `8.1`: one that the catalogue knows. It can go up, not down. */
  readonly engineVersion: string;
  /** Type of the nodes, such as `cache.r7g.large`: one that the catalogue knows. */
  readonly nodeType: string;
  /**
   * Copies of the primary, 0 to 5; of each primary with `numNodeGroups`.
   *
   * @default 1
   */
  readonly replicas?: number;
  /**
   * Whether primary and replicas stand in different zones.
   *
   * @default - true with one replica or more
   */
  readonly multiAz?: boolean;
  /**
   * Turns cluster mode on, with the data split over this many groups of nodes, 1 to 500; no more than 500 nodes in all. Clients
   * must know cluster mode. It cannot be turned on or off later.
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Replication.Redis-RedisCluster.html
   * @default - cluster mode is off: one primary holds everything
   */
  readonly numNodeGroups?: number;
  /**
   * Whether there is a user that authenticates with short-lived IAM tokens, for `grantConnect`.
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth-iam.html
   * @default true
   */
  readonly iamAuthentication?: boolean;
  /**
   * Whether there is a user with a password, for clients that cannot make IAM tokens. AWS makes the password and keeps it in
   * Secrets Manager; it never passes through Terraform.
   *
   * @default false
   */
  readonly passwordAuthentication?: boolean;
  /**
   * What the users may do: `on`, key patterns, channel patterns, `+@all` or `-@all`, further commands, in this order.
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html
   * @default "on ~* &* +@all -@dangerous +info"
   */
  readonly accessString?: string;
  /**
   * What the engine does when its memory is full.
   *
   * @default "volatile-lru"
   */
  readonly maxmemoryPolicy?: MaxmemoryPolicy;
  /**
   * Days that daily snapshots are kept, 0 to 35; 0 takes none.
   *
   * @default 7
   */
  readonly snapshotRetentionDays?: number;
  /**
   * When the daily snapshot is taken: `hh:mm-hh:mm` in UTC, 60 minutes or longer, outside `maintenanceWindow`.
   *
   * @default "03:00-05:00"
   */
  readonly snapshotWindow?: string;
  /**
   * When AWS may patch: `ddd:hh:mm-ddd:hh:mm` in UTC, 60 minutes or longer.
   *
   * @default "sun:05:30-sun:07:30"
   */
  readonly maintenanceWindow?: string;
  /**
   * Whether AWS installs new minor versions of the engine by itself, in the maintenance window.
   *
   * @default true
   */
  readonly autoMinorVersionUpgrade?: boolean;
  /**
   * Whether changes that interrupt connections happen at once rather than in the next maintenance window.
   *
   * @default false
   */
  readonly applyImmediately?: boolean;
  /**
   * Days CloudWatch keeps the slow log and the engine's log: one of the periods it offers.
   *
   * @default 90
   */
  readonly logRetentionDays?: number;
  /**
   * Whether destroying the cache loses what is in it: without a final snapshot, `<id>-final`, from which it could come back.
   *
   * @default false
   */
  readonly dataLostOnDestroy?: boolean;
  /**
   * Whether Terraform refuses every plan that would destroy the cache.
   *
   * @default true
   */
  readonly deletionProtection?: boolean;
}
