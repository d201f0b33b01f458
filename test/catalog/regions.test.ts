import { findRegion, regions, tryFindRegion } from "../../catalog";

describe("regions", () => {
  test("are found with their availability zones", () => {
    expect(findRegion("us-east-1")).toEqual({
      name: "us-east-1",
      partition: "aws",
      zones: ["us-east-1a", "us-east-1b", "us-east-1c", "us-east-1d", "us-east-1e", "us-east-1f"],
    });
  });

  test.each([
    ["cn-north-1", "aws-cn"],
    ["us-gov-west-1", "aws-us-gov"],
    ["eu-central-1", "aws"],
  ])("are in a partition: %s in %s", (name, partition) => {
    expect(findRegion(name).partition).toBe(partition);
  });

  test("are refused when unknown, with the nearest", () => {
    expect(() => findRegion("us-esat-1")).toThrow(
      /^unknown region "us-esat-1", did you mean "us-east-1"\?; allowed: for example /,
    );
    expect(tryFindRegion("us-esat-1")).toBeUndefined();
  });

  test("name their zones after themselves, two at least, none twice", () => {
    const odd = regions().filter(
      ({ name, zones }) =>
        zones.length < 2 ||
        new Set(zones).size < zones.length ||
        zones.some((zone) => !/^[a-z]$/.test(zone.replace(name, ""))),
    );

    expect(odd).toEqual([]);
  });
});
