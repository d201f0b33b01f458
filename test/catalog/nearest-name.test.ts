import fc from "fast-check";
import { nearestName } from "../../catalog";

describe("the nearest name", () => {
  test.each([
    ["g6.xlrge", ["g5.xlarge", "g6.xlarge", "g6e.xlarge"], "g6.xlarge"],
    ["ZONES", ["cidr", "zones", "nat"], "zones"],
    ["zone", ["cidr", "zones"], "zones"],
    ["xylophone", ["cidr", "zones"], undefined],
    ["anything", [], undefined],
    ["", ["nat"], undefined],
  ])("to %j among %j is %j", (name, candidates, nearest) => {
    expect(nearestName(name, candidates)).toBe(nearest);
  });

  test("to a candidate is that candidate", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.stringMatching(/^[a-z0-9.]{1,12}$/), { minLength: 1, maxLength: 6 }),
        (candidates) => {
          expect(candidates.map((name) => nearestName(name, candidates))).toEqual(candidates);
        },
      ),
    );
  });
});
