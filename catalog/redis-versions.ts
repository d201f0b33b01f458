import data from "./redis-versions.json";
import { UnknownNameError } from "./unknown-name-error";

/** What runs in a cache: Valkey, or the Redis OSS it continues. */
export type RedisEngine = "valkey" | "redis";

/** A version of an engine that ElastiCache offers. */
export interface RedisVersion {
  /** The engine. */
  readonly engine: RedisEngine;
  /** Major and minor version, as in `8.1`: ElastiCache chooses the patch. */
  readonly version: string;
  /** Family of the parameter groups that fit, as in `valkey8`. */
  readonly parameterGroupFamily: string;
}

/** A node type of ElastiCache. */
export interface CacheNodeType {
  /** ElastiCache's name, as in `cache.r7g.large`. */
  readonly name: string;
  /** Memory that is left to the engine, in GiB. */
  readonly memoryGiB: number;
}

const VERSIONS = data.versions as readonly RedisVersion[];
const NODE_TYPES: readonly CacheNodeType[] = data.nodeTypes;

/** Every version known of an engine, the newest first. */
export function redisVersions(engine: RedisEngine): readonly RedisVersion[] {
  return VERSIONS.filter((known) => known.engine === engine);
}

/** Day the table of versions was last checked, `YYYY-MM-DD`. */
export function redisVersionsAsOf(): string {
  return data.asOf;
}

/** The version of that name, or `undefined`. */
export function tryFindRedisVersion(engine: RedisEngine, version: string): RedisVersion | undefined {
  return redisVersions(engine).find((known) => known.version === version);
}

/**
 * The version of that name.
 *
 * @throws UnknownNameError when the catalogue has none
 */
export function findRedisVersion(engine: RedisEngine, version: string): RedisVersion {
  const found = tryFindRedisVersion(engine, version);
  if (found !== undefined) return found;
  throw new UnknownNameError(
    `${engine} version`,
    version,
    redisVersions(engine).map((known) => known.version),
  );
}

/** Every node type known. */
export function cacheNodeTypes(): readonly CacheNodeType[] {
  return NODE_TYPES;
}

/** The node type of that name, or `undefined`. */
export function tryFindCacheNodeType(name: string): CacheNodeType | undefined {
  return NODE_TYPES.find((known) => known.name === name);
}

/**
 * The node type of that name.
 *
 * @throws UnknownNameError when the catalogue has none
 */
export function findCacheNodeType(name: string): CacheNodeType {
  const found = tryFindCacheNodeType(name);
  if (found !== undefined) return found;
  throw new UnknownNameError(
    "cache node type",
    name,
    NODE_TYPES.map((known) => known.name),
  );
}
