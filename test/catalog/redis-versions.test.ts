import {
  cacheNodeTypes,
  findCacheNodeType,
  findRedisVersion,
  redisVersions,
  redisVersionsAsOf,
  tryFindCacheNodeType,
  tryFindRedisVersion,
} from "../../catalog";

describe("versions of Redis", () => {
  test.each([
    ["valkey", ["8.2", "8.1", "8.0", "7.2"]],
    ["redis", ["7.1", "7.0"]],
  ] as const)("of %s are listed from the newest", (engine, versions) => {
    expect(redisVersions(engine).map(({ version }) => version)).toEqual(versions);
  });

  test.each([
    ["valkey", "8.1", "valkey8"],
    ["valkey", "7.2", "valkey7"],
    ["redis", "7.1", "redis7"],
  ] as const)("name the family of their parameter groups: %s %s", (engine, version, family) => {
    expect(findRedisVersion(engine, version).parameterGroupFamily).toBe(family);
  });

  test("belong to one engine each", () => {
    expect(tryFindRedisVersion("redis", "8.1")).toBeUndefined();
    expect(() => findRedisVersion("redis", "7.2")).toThrow(
      'unknown redis version "7.2", did you mean "7.1"?; allowed: 7.1, 7.0',
    );
  });

  test("are dated", () => {
    expect(redisVersionsAsOf()).toBe("2026-11-21");
  });
});

describe("cache node types", () => {
  test("have memory, and no name twice", () => {
    const names = cacheNodeTypes().map(({ name }) => name);

    expect(new Set(names).size).toBe(names.length);
    expect(cacheNodeTypes().filter(({ memoryGiB }) => memoryGiB < 0.5)).toEqual([]);
    expect(findCacheNodeType("cache.r7g.large")).toEqual({ name: "cache.r7g.large", memoryGiB: 13.07 });
  });

  test("are refused when unknown, with the nearest", () => {
    expect(tryFindCacheNodeType("cache.r7g.larg")).toBeUndefined();
    expect(() => findCacheNodeType("cache.r7g.larg")).toThrow(
      'unknown cache node type "cache.r7g.larg", did you mean "cache.r7g.large"?',
    );
  });
});
