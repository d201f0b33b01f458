import fc from "fast-check";
import { matchesGlob } from "../../../policy/enforcement/private/glob";

/** The same as a regular expression, which takes too long for some patterns. */
function byExpression(pattern: string, text: string): boolean {
  const whole = pattern.endsWith("/**");
  const parts = (whole ? pattern.slice(0, -3) : pattern).split(/(\*+)/);
  const source = parts.map((part) =>
    !part.startsWith("*") ? part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&") : part === "*" ? "[^/]*" : ".*",
  );
  return new RegExp(`^${source.join("")}${whole ? "(/.*)?" : ""}$`, "s").test(text);
}

test("a pattern means what the regular expression of it means", () => {
  const some = (characters: string, maxLength: number): fc.Arbitrary<string> =>
    fc.array(fc.constantFrom(...characters), { maxLength }).map((all) => all.join(""));
  fc.assert(
    fc.property(some("ab/*?.", 8), some("ab/?.\n", 8), (pattern, text) => {
      expect(matchesGlob(pattern, text)).toBe(byExpression(pattern, text));
    }),
    { numRuns: 3_000 },
  );
});

test("many stars take no longer than few", () => {
  const start = performance.now();
  expect(matchesGlob(`${"a*".repeat(40)}b`, "a".repeat(400))).toBe(false);
  expect(matchesGlob(`${"**a*".repeat(40)}b`, "a".repeat(400))).toBe(false);
  expect(performance.now() - start).toBeLessThan(1_000);
});
