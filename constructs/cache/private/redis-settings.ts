import type { RedisEngine } from "../../../catalog";
import type { MaxmemoryPolicy, RedisCacheOptions } from "../redis-cache-options";

/** What the engine may do when its memory is full. @see https://valkey.io/topics/lru-cache/ */
export const MAXMEMORY_POLICIES: readonly MaxmemoryPolicy[] = [
  "volatile-lru",
  "allkeys-lru",
  "volatile-lfu",
  "allkeys-lfu",
  "volatile-random",
  "allkeys-random",
  "volatile-ttl",
  "noeviction",
];

/** Everything, but for commands that can stop or empty the cache; `INFO`, which clients ask at the start, is let through. */
const DEFAULT_ACCESS = "on ~* &* +@all -@dangerous +info";

/** The props of a cache with their defaults filled in. */
export interface RedisSettings {
  readonly engine: RedisEngine;
  readonly engineVersion: string;
  readonly replicas: number;
  readonly multiAz: boolean;
  readonly iamAuthentication: boolean;
  readonly passwordAuthentication: boolean;
  readonly accessString: string;
  readonly maxmemoryPolicy: MaxmemoryPolicy;
  readonly snapshotRetentionDays: number;
  readonly snapshotWindow: string;
  readonly maintenanceWindow: string;
  readonly autoMinorVersionUpgrade: boolean;
  readonly applyImmediately: boolean;
  readonly logRetentionDays: number;
  readonly dataLostOnDestroy: boolean;
  readonly deletionProtection: boolean;
}

/** Fills in the defaults. */
export function settingsOf(props: RedisCacheOptions): RedisSettings {
  const { replicas = 1 } = props;
  return {
    engine: props.engine ?? "valkey",
    engineVersion: props.engineVersion,
    replicas,
    multiAz: props.multiAz ?? replicas >= 1,
    iamAuthentication: props.iamAuthentication ?? true,
    passwordAuthentication: props.passwordAuthentication ?? false,
    accessString: props.accessString ?? DEFAULT_ACCESS,
    maxmemoryPolicy: props.maxmemoryPolicy ?? "volatile-lru",
    snapshotRetentionDays: props.snapshotRetentionDays ?? 7,
    snapshotWindow: props.snapshotWindow ?? "03:00-05:00",
    maintenanceWindow: props.maintenanceWindow ?? "sun:05:30-sun:07:30",
    autoMinorVersionUpgrade: props.autoMinorVersionUpgrade ?? true,
    applyImmediately: props.applyImmediately ?? false,
    logRetentionDays: props.logRetentionDays ?? 90,
    dataLostOnDestroy: props.dataLostOnDestroy ?? false,
    deletionProtection: props.deletionProtection ?? true,
  };
}
