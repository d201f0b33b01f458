import type { RedisCacheProps } from "../../../constructs/cache/redis-cache";
import { importedVpc } from "../../support/cluster";
import { IDENTITY, failure } from "../../support/fixtures";
import { testStack } from "../../support/synth";
import { cacheIn } from "./support";

const refused = (props: Partial<RedisCacheProps>) => failure(() => cacheIn(testStack(), props));

describe("RedisCache accepts", () => {
  const access = (accessString: string) => ({ accessString });

  test.each<Partial<RedisCacheProps>>([
    { cacheName: "a" },
    { cacheName: "a".repeat(40) },
    { engine: "redis", engineVersion: "7.0" },
    { engineVersion: "7.2" },
    { replicas: 0 },
    { replicas: 5 },
    { numNodeGroups: 1 },
    { numNodeGroups: 500, replicas: 0 },
    { numNodeGroups: 250, replicas: 1 },
    { snapshotRetentionDays: 0 },
    { snapshotRetentionDays: 35 },
    { snapshotWindow: "00:00-01:00", maintenanceWindow: "mon:01:00-mon:02:00" },
    { snapshotWindow: "23:30-00:30", maintenanceWindow: "sun:00:30-sun:01:30" },
    { logRetentionDays: 1 },
    { logRetentionDays: 3653 },
    access("on ~* +@all"),
    access("on %R~app::* ~other:* &news +@all -flushall"),
    { iamAuthentication: false, passwordAuthentication: true },
  ])("%j", (props) => {
    expect(() => cacheIn(testStack(), props)).not.toThrow();
  });
});

describe("RedisCache refuses", () => {
  const words = "must be 1 to 40 lower-case letters and digits, in words joined by single hyphens";
  const replicas = "must be a whole number from 0 to 5";
  const groups = "must be a whole number from 1 to 500";
  const days = "must be a whole number of days from 0 to 35";
  const daily = "must be hh:mm-hh:mm in UTC, such as 03:00-05:00";
  const weekly = "must be ddd:hh:mm-ddd:hh:mm in UTC, in lower case, such as sun:05:30-sun:07:30";
  const short = "must last 60 minutes or longer";
  const access =
    "must be `on`, then key patterns (~…), channel patterns (&…), +@all or -@all, and further commands (+… or -…), in this order";
  const logs =
    "must be a period that CloudWatch Logs offers (1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653 days)";
  const policies =
    "must be one of volatile-lru, allkeys-lru, volatile-lfu, allkeys-lfu, volatile-random, allkeys-random, volatile-ttl, noeviction";

  test.each<[Partial<RedisCacheProps>, string]>([
    [{ cacheName: "" }, `\`cacheName\` ${words}, got ""`],
    [{ cacheName: "a".repeat(41) }, `\`cacheName\` ${words}, got "${"a".repeat(41)}"`],
    [{ cacheName: "Features" }, `\`cacheName\` ${words}, got "Features"`],
    [{ engine: "memcached" as "redis" }, '`engine` must be "valkey" or "redis", got "memcached"'],
    [
      { engineVersion: "7.1" },
      '`engineVersion` must be a version of valkey that ElastiCache offers (8.2, 8.1, 8.0, 7.2), got "7.1"',
    ],
    [
      { engine: "redis", engineVersion: "7.2" },
      '`engineVersion` must be a version of redis that ElastiCache offers (7.1, 7.0), got "7.2"',
    ],
    [
      { nodeType: "cache.r7g.larg" },
      '`nodeType` must be a node type that the catalogue knows, did you mean cache.r7g.large?, got "cache.r7g.larg"',
    ],
    [
      { nodeType: "huge" },
      '`nodeType` must be a node type that the catalogue knows, such as cache.r7g.large, got "huge"',
    ],
    [{ replicas: -1 }, `\`replicas\` ${replicas}, got -1`],
    [{ replicas: 6 }, `\`replicas\` ${replicas}, got 6`],
    [{ replicas: 1.5 }, `\`replicas\` ${replicas}, got 1.5`],
    [
      { replicas: 0, multiAz: true },
      "`multiAz` must be false, or `replicas` at least 1: there is nothing to fail over to, got true",
    ],
    [{ numNodeGroups: 0 }, `\`numNodeGroups\` ${groups}, got 0`],
    [{ numNodeGroups: 501, replicas: 0 }, `\`numNodeGroups\` ${groups}, got 501`],
    [{ numNodeGroups: 251 }, "`numNodeGroups` must make at most 500 nodes with `replicas` (1), not 502, got 251"],
    [
      { iamAuthentication: false },
      "`passwordAuthentication` must be true, or `iamAuthentication`: nobody could connect, got false",
    ],
    [{ accessString: "off ~* +@all" }, `\`accessString\` ${access}, got "off ~* +@all"`],
    [{ accessString: "on +@all ~*" }, `\`accessString\` ${access}, got "on +@all ~*"`],
    [{ accessString: "on ~* +get" }, `\`accessString\` ${access}, got "on ~* +get"`],
    [{ accessString: "on ~* nopass +@all" }, `\`accessString\` ${access}, got "on ~* nopass +@all"`],
    [{ maxmemoryPolicy: "lru" as "noeviction" }, `\`maxmemoryPolicy\` ${policies}, got "lru"`],
    [{ snapshotRetentionDays: -1 }, `\`snapshotRetentionDays\` ${days}, got -1`],
    [{ snapshotRetentionDays: 36 }, `\`snapshotRetentionDays\` ${days}, got 36`],
    [{ logRetentionDays: 2 }, `\`logRetentionDays\` ${logs}, got 2`],
    [{ snapshotWindow: "3:00-5:00" }, `\`snapshotWindow\` ${daily}, got "3:00-5:00"`],
    [{ snapshotWindow: "03:00-03:59" }, `\`snapshotWindow\` ${short}, got "03:00-03:59"`],
    [{ maintenanceWindow: "Sun:05:30-Sun:07:30" }, `\`maintenanceWindow\` ${weekly}, got "Sun:05:30-Sun:07:30"`],
    [{ maintenanceWindow: "sun:24:00-sun:25:00" }, `\`maintenanceWindow\` ${weekly}, got "sun:24:00-sun:25:00"`],
    [{ maintenanceWindow: "sun:05:30-sun:06:29" }, `\`maintenanceWindow\` ${short}, got "sun:05:30-sun:06:29"`],
    [
      { snapshotRetentionDays: 0, snapshotWindow: "01:00-02:00" },
      '`snapshotWindow` must be left out while `snapshotRetentionDays` is 0: no snapshots are taken, got "01:00-02:00"',
    ],
    [
      { snapshotWindow: "05:00-06:00" },
      '`snapshotWindow` must not overlap `maintenanceWindow` (sun:05:30-sun:07:30), got "05:00-06:00"',
    ],
    [
      { snapshotWindow: "23:30-00:31", maintenanceWindow: "mon:00:30-mon:01:30" },
      '`snapshotWindow` must not overlap `maintenanceWindow` (mon:00:30-mon:01:30), got "23:30-00:31"',
    ],
  ])("%j", (props, problem) => {
    expect(refused(props)).toEqual({
      code: "INVALID_REDIS_CACHE_PROPS",
      message: `${problem}\n  in test/Features`,
    });
  });

  test("several zones in a network of one", () => {
    const stack = testStack();
    const vpc = importedVpc(stack, ["eu-central-1a"]);

    expect(failure(() => cacheIn(stack, { vpc })).message).toBe(
      '`vpc.zones` must be at least two for `multiAz`, got ["eu-central-1a"]\n  in test/Features',
    );
    expect(() => cacheIn(testStack(), { vpc, multiAz: false })).not.toThrow();
  });

  test("everything that is wrong at once", () => {
    const identity = { ...IDENTITY, account: "1" };
    const { message } = refused({ identity, nodeType: "huge", replicas: 9, snapshotRetentionDays: 99 });

    expect(message.split("\n").map((line) => line.split(" ")[0])).toEqual([
      "`identity.account`",
      "`nodeType`",
      "`replicas`",
      "`snapshotRetentionDays`",
      "",
    ]);
  });
});
