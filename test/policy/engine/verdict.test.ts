import fc from "fast-check";
import { allOf, anyOf, fail, notApplicable, pass, unknown } from "../../../policy/engine/verdict";
import type { Verdict } from "../../../policy/engine/verdict";

const bad = fail("a", { attribute: "x", key: "k" });
const worse = fail("b");
const open = unknown("c");

test("a verdict that does not pass carries its fault", () => {
  expect(bad).toEqual({ outcome: "fail", faults: [{ message: "a", attribute: "x", key: "k" }] });
  expect(open).toEqual({ outcome: "unknown", faults: [{ message: "c" }] });
});

test.each<[string, readonly Verdict[], Verdict]>([
  [
    "every fault, when some fail",
    [pass(), bad, open, worse],
    { outcome: "fail", faults: [{ message: "a", attribute: "x", key: "k" }, { message: "b" }] },
  ],
  ["what is open, when none fails", [pass(), open, notApplicable()], open],
  ["pass, when one passes and nothing is open", [notApplicable(), pass()], pass()],
  ["not applicable, when none applies", [notApplicable()], notApplicable()],
  ["not applicable, when there is none", [], notApplicable()],
])("all of them: %s", (_what, verdicts, expected) => {
  expect(allOf(...verdicts)).toEqual(expected);
  expect(allOf(verdicts)).toEqual(expected);
});

test.each<[string, readonly Verdict[], Verdict]>([
  ["pass, when one passes", [bad, open, pass()], pass()],
  ["what is open, when none passes", [bad, open], open],
  [
    "all faults, when all fail",
    [bad, worse],
    { outcome: "fail", faults: [{ message: "a", attribute: "x", key: "k" }, { message: "b" }] },
  ],
  ["the faults, when the others do not apply", [notApplicable(), worse], worse],
  ["not applicable, when none applies", [notApplicable()], notApplicable()],
])("any of them: %s", (_what, verdicts, expected) => {
  expect(anyOf(...verdicts)).toEqual(expected);
});

test("the order of verdicts changes no outcome", () => {
  const one = fc.constantFrom(pass(), bad, worse, open, notApplicable());
  fc.assert(
    fc.property(fc.array(one), (verdicts) => {
      const reversed = [...verdicts].reverse();
      expect(allOf(reversed).outcome).toBe(allOf(verdicts).outcome);
      expect(anyOf(reversed).outcome).toBe(anyOf(verdicts).outcome);
    }),
  );
});
