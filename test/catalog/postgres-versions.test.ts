import { findPostgresVersion, postgresVersions, postgresVersionsAsOf, tryFindPostgresVersion } from "../../catalog";

describe("PostgreSQL versions", () => {
  test.each([
    ["18", "18"],
    ["18.4", "18"],
    ["18.0", "18"],
    ["17.10", "17"],
    ["15.18", "15"],
  ])("are found by major or full version: %s", (version, major) => {
    expect(findPostgresVersion(version).major).toBe(major);
  });

  test.each(["18.5", "17.11", "19", "18.04", "18.", "18.4.1", "v18", ""])("are not found by %j", (version) => {
    expect(tryFindPostgresVersion(version)).toBeUndefined();
  });

  test("are refused when unknown, with those that are known", () => {
    expect(() => findPostgresVersion("18.5")).toThrow(
      'unknown PostgreSQL version "18.5", did you mean "18.4"?; allowed: 18.4, 17.10, 16.14, 15.18',
    );
  });

  test("are listed from the newest, each supported on the day they were checked, and longer for money", () => {
    const versions = postgresVersions();

    expect(versions.map(({ released }) => released)).toEqual(
      versions
        .map(({ released }) => released)
        .sort()
        .reverse(),
    );
    for (const { standardSupportUntil, extendedSupportUntil } of versions) {
      expect(postgresVersionsAsOf() < standardSupportUntil).toBe(true);
      expect(standardSupportUntil < extendedSupportUntil).toBe(true);
    }
  });

  test("are the newest of their major version", () => {
    expect(versionsByMajor()).toEqual({ 18: "18.4", 17: "17.10", 16: "16.14", 15: "15.18" });
  });
});

function versionsByMajor(): Record<string, string> {
  return Object.fromEntries(postgresVersions().map(({ major, latest }) => [major, latest]));
}
