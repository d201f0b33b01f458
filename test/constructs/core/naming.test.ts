import { Token } from "cdktf";
import fc from "fast-check";
import { NAME_LIMITS, resourceName } from "../../../constructs/core/naming";
import { failure } from "../../support/fixtures";

const word = fc.stringMatching(/^[a-z0-9]{1,20}(-[a-z0-9]{1,20}){0,2}$/);
const parts = fc.array(word, { minLength: 1, maxLength: 6 });
const max = fc.integer({ min: 10, max: 100 });

describe("resourceName", () => {
  test("joins parts with hyphens", () => {
    expect(resourceName(["atlas", "dev", "gpu-l4"], { max: NAME_LIMITS.nodeGroup })).toBe("atlas-dev-gpu-l4");
  });

  test("joins with another separator where one is given", () => {
    expect(resourceName(["atlas", "dev"], { max: 20, separator: "/" })).toBe("atlas/dev");
  });

  test("keeps a name at the limit and cuts one above it, with a hash", () => {
    expect(resourceName(["abcdefgh", "abcdefghijk"], { max: 20 })).toBe("abcdefgh-abcdefghijk");
    expect(resourceName(["abcdefgh", "abcdefghijkl"], { max: 20 })).toBe("abcdefgh-ab-ac63da86");
  });

  test("leaves no double hyphen where it cuts", () => {
    expect(resourceName(["abcdefghij", "abcdefghijkl"], { max: 20 })).toMatch(/^abcdefghij-[0-9a-f]{8}$/);
  });

  test("is never longer than the limit", () => {
    fc.assert(fc.property(parts, max, (some, limit) => resourceName(some, { max: limit }).length <= limit));
  });

  test("is kebab-case for any limit", () => {
    const kebab = /^[a-z0-9]+(-[a-z0-9]+)*$/;
    fc.assert(fc.property(parts, max, (some, limit) => kebab.test(resourceName(some, { max: limit }))));
  });

  test("is the same each time", () => {
    const twice = (some: string[], limit: number) => [
      resourceName(some, { max: limit }),
      resourceName([...some], { max: limit }),
    ];
    fc.assert(fc.property(parts, max, (some, limit) => new Set(twice(some, limit)).size === 1));
  });

  test("differs for names that differ only behind the cut", () => {
    const different = fc.uniqueArray(word, { minLength: 2, maxLength: 2 });
    fc.assert(
      fc.property(different, ([one, other]) => {
        const named = (end = "") => resourceName(["a-rather-long-beginning", end], { max: 20 });
        return named(one) !== named(other);
      }),
    );
  });

  test.each(["", "Atlas", "a_b", "a--b", "-a", "a-", "a b", "a.b"])("refuses the part %p", (part) => {
    expect(failure(() => resourceName(["atlas", part], { max: 63 }))).toEqual({
      code: "INVALID_NAME",
      message: `\`parts[1]\` must be lower-case letters and digits, in words joined by single hyphens, got "${part}"`,
    });
  });

  test("refuses a reference, which it could not measure", () => {
    const reference = Token.asString({ resolve: () => "x" });

    expect(failure(() => resourceName([reference], { max: 63 })).message).toBe(
      '`parts[0]` must be lower-case letters and digits, in words joined by single hyphens, got "a value known only after apply"',
    );
  });

  test("refuses an empty list and a limit too small for the hash", () => {
    expect(failure(() => resourceName([], { max: 9 })).message).toBe(
      "`parts` must hold at least one part, got []\n" +
        "`limit.max` must be at least 10, to hold the hash of a cut name, got 9",
    );
    expect(resourceName(["a".repeat(11)], { max: 10 })).toMatch(/^a-[0-9a-f]{8}$/);
  });
});
