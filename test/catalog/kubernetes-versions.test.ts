import {
  findKubernetesVersion,
  kubernetesVersions,
  kubernetesVersionsAsOf,
  standardSupportDaysLeft,
  supportPhase,
  tryFindKubernetesVersion,
} from "../../catalog";

describe("Kubernetes versions", () => {
  test.each([
    ["2026-06-01", "unreleased"],
    ["2026-06-02", "standard"],
    ["2027-08-02", "standard"],
    ["2027-08-03", "extended"],
    ["2028-08-02", "extended"],
    ["2028-08-03", "ended"],
  ])("are judged by the day given: 1.36 on %s is %s", (day, phase) => {
    expect(supportPhase("1.36", day)).toBe(phase);
  });

  test.each([
    ["2027-07-31", 2],
    ["2027-08-02", 0],
    ["2027-08-03", -1],
  ])("have their days of standard support counted: 1.36 on %s has %i", (day, days) => {
    expect(standardSupportDaysLeft("1.36", day)).toBe(days);
  });

  test("are refused when unknown, with those that are known", () => {
    expect(() => supportPhase("1.63", "2026-11-21")).toThrow(
      'unknown Kubernetes version "1.63", did you mean "1.33"?; allowed: 1.36, 1.35, 1.34, 1.33, 1.32, 1.31, 1.30, 1.29',
    );
    expect(tryFindKubernetesVersion("1.63")).toBeUndefined();
  });

  test("are listed from the newest, each supported for a time", () => {
    const versions = kubernetesVersions();

    expect(versions.map(({ released }) => released)).toEqual(
      versions
        .map(({ released }) => released)
        .sort()
        .reverse(),
    );
    for (const { released, standardSupportUntil, extendedSupportUntil } of versions) {
      expect([released, standardSupportUntil, extendedSupportUntil].sort()).toEqual([
        released,
        standardSupportUntil,
        extendedSupportUntil,
      ]);
    }
  });

  test("are as of a day that has one in standard support", () => {
    expect(kubernetesVersionsAsOf()).toBe("2026-11-21");
    expect(supportPhase("1.35", kubernetesVersionsAsOf())).toBe("standard");
    expect(findKubernetesVersion("1.35").released).toBe("2026-01-28");
  });
});
