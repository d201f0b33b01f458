import { cacheNodeTypes, limits, nearestName, redisVersions, tryFindCacheNodeType } from "../../../catalog";
import type { PropChecks } from "../../core/prop-checks";
import type { RedisCacheOptions } from "../redis-cache-options";
import { MAXMEMORY_POLICIES, type RedisSettings } from "./redis-settings";
import { dailyWindowProblem, weeklyWindowProblem, windowsOverlap } from "./windows";

const CACHE_NAME = /^(?=.{1,40}$)[a-z0-9]+(-[a-z0-9]+)*$/;
/** `on`, then keys, channels and commands: ElastiCache returns rules in this order, and any other would differ at each plan. */
const ACCESS_STRING = /^on( (%R|%W|%RW)?~\S+)+( &\S+)*( [+-]@all)( [+-]\S+)*$/;
/** @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/quota-limits.html */
const MOST_NODES = 500;
const MOST_REPLICAS = 5;
const LONGEST_RETENTION = 35;

/** Adds the rules for name, engine and node type. */
export function checkEngine(
  checks: PropChecks,
  { cacheName, nodeType }: RedisCacheOptions,
  settings: RedisSettings,
): void {
  const { engine, engineVersion } = settings;
  const versions = redisVersions(engine).map(({ version }) => version);
  const words = "must be 1 to 40 lower-case letters and digits, in words joined by single hyphens";
  const known = `must be a version of ${engine} that ElastiCache offers (${versions.join(", ")})`;
  const nearest = nearestName(
    nodeType,
    cacheNodeTypes().map(({ name }) => name),
  );
  const hint = nearest === undefined ? "such as cache.r7g.large" : `did you mean ${nearest}?`;
  checks
    .require(CACHE_NAME.test(cacheName), "cacheName", words, cacheName)
    .require(engine === "valkey" || engine === "redis", "engine", 'must be "valkey" or "redis"', engine)
    .require(versions.length === 0 || versions.includes(engineVersion), "engineVersion", known, engineVersion)
    .require(
      tryFindCacheNodeType(nodeType) !== undefined,
      "nodeType",
      `must be a node type that the catalogue knows, ${hint}`,
      nodeType,
    );
}

/** Adds the rules for the number of nodes and where they stand. */
export function checkNodes(
  checks: PropChecks,
  { multiAz, numNodeGroups }: RedisCacheOptions,
  availabilityZones: readonly string[],
  replicas: number,
): void {
  const whole = Number.isInteger(replicas) && replicas >= 0 && replicas <= MOST_REPLICAS;
  checks.require(whole, "replicas", `must be a whole number from 0 to ${MOST_REPLICAS}`, replicas);
  checks.require(
    multiAz !== true || replicas >= 1,
    "multiAz",
    "must be false, or `replicas` at least 1: there is nothing to fail over to",
    multiAz,
  );
  const spread = multiAz ?? replicas >= 1;
  const zones = "must be at least two for `multiAz`";
  checks.require(!spread || availabilityZones.length >= 2, "vpc.zones", zones, availabilityZones);
  if (numNodeGroups === undefined) return;
  const groups = Number.isInteger(numNodeGroups) && numNodeGroups >= 1 && numNodeGroups <= MOST_NODES;
  checks.require(groups, "numNodeGroups", `must be a whole number from 1 to ${MOST_NODES}`, numNodeGroups);
  const nodes = numNodeGroups * (1 + replicas);
  const sum = `must make at most ${MOST_NODES} nodes with \`replicas\` (${replicas}), not ${nodes}`;
  checks.require(!groups || !whole || nodes <= MOST_NODES, "numNodeGroups", sum, numNodeGroups);
}

/** Adds the rules for who may authenticate, and as what. */
export function checkAuthentication(checks: PropChecks, settings: RedisSettings): void {
  const { iamAuthentication, passwordAuthentication, accessString } = settings;
  const some = "must be true, or `iamAuthentication`: nobody could connect";
  const form =
    "must be `on`, then key patterns (~…), channel patterns (&…), +@all or -@all, and further commands (+… or -…), in this order";
  checks
    .require(iamAuthentication || passwordAuthentication, "passwordAuthentication", some, passwordAuthentication)
    .require(ACCESS_STRING.test(accessString), "accessString", form, accessString);
}

/** Adds the rules for memory, snapshots, maintenance and logs. */
export function checkOperation(checks: PropChecks, props: RedisCacheOptions, settings: RedisSettings): void {
  const { maxmemoryPolicy, snapshotRetentionDays: days, logRetentionDays } = settings;
  const policies = `must be one of ${MAXMEMORY_POLICIES.join(", ")}`;
  const { retentionDays } = limits().logs;
  const periods = `must be a period that CloudWatch Logs offers (${retentionDays.join(", ")} days)`;
  const inRange = Number.isInteger(days) && days >= 0 && days <= LONGEST_RETENTION;
  const range = `must be a whole number of days from 0 to ${LONGEST_RETENTION}`;
  checks
    .require(MAXMEMORY_POLICIES.includes(maxmemoryPolicy), "maxmemoryPolicy", policies, maxmemoryPolicy)
    .require(inRange, "snapshotRetentionDays", range, days)
    .require(retentionDays.includes(logRetentionDays), "logRetentionDays", periods, logRetentionDays);
  checkWindows(checks, props, settings);
}

function checkWindows(checks: PropChecks, props: RedisCacheOptions, settings: RedisSettings): void {
  const { snapshotWindow, maintenanceWindow, snapshotRetentionDays } = settings;
  const daily = dailyWindowProblem(snapshotWindow);
  const weekly = weeklyWindowProblem(maintenanceWindow);
  const idle = "must be left out while `snapshotRetentionDays` is 0: no snapshots are taken";
  const apart = `must not overlap \`maintenanceWindow\` (${maintenanceWindow})`;
  const takesSnapshots = snapshotRetentionDays > 0;
  checks
    .require(daily === undefined, "snapshotWindow", daily ?? "", snapshotWindow)
    .require(weekly === undefined, "maintenanceWindow", weekly ?? "", maintenanceWindow)
    .require(takesSnapshots || props.snapshotWindow === undefined, "snapshotWindow", idle, props.snapshotWindow)
    .require(
      !takesSnapshots || !windowsOverlap(snapshotWindow, maintenanceWindow),
      "snapshotWindow",
      apart,
      snapshotWindow,
    );
}
