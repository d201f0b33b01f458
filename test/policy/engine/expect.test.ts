import * as expectations from "../../../policy/engine/expect";
import { Unresolved } from "../../../policy/engine/unresolved";
import { Value } from "../../../policy/engine/value";
import type { Verdict } from "../../../policy/engine/verdict";

const { must, mustBe, mustBeAbsent, mustBeAtLeast, mustBeAtMost, mustBeOneOf, mustBeSet, mustInclude, mustNotBe } =
  expectations;
const later = new Unresolved(["var.x"], "${var.x}");
const at = (content: unknown): Value => new Value("s", "a.b", content);

/** The outcome, and the message where there is one. */
function brief(verdict: Verdict): readonly string[] {
  if (!("faults" in verdict)) return [verdict.outcome];
  expect(verdict.faults.map(({ attribute }) => attribute)).toEqual(["a.b"]);
  return [verdict.outcome, ...verdict.faults.map(({ message }) => message)];
}

const openBy = (rule: string): readonly string[] => [
  "unknown",
  `\`a.b\` ${rule}, and is known only after apply: \${var.x}`,
];

test.each<[string, Verdict, readonly string[]]>([
  ["be true, written as a text", mustBe(at("true"), true), ["pass"]],
  ["be true", mustBe(at(undefined), true), ["fail", "`a.b` must be true, got nothing"]],
  ["be a text", mustBe(at("b"), "a"), ["fail", '`a.b` must be "a", got "b"']],
  ["be, and is not known", mustBe(at(later), 1), openBy("must be 1")],
  ["be one of", mustBeOneOf(at("b"), ["a", "b"]), ["pass"]],
  ["be one of, and is another", mustBeOneOf(at(3), [1, 2]), ["fail", "`a.b` must be one of 1, 2, got 3"]],
  ["be one of, and is not known", mustBeOneOf(at(later), ["a"]), openBy('must be one of "a"')],
  ["not be, and is absent", mustNotBe(at(undefined), "a"), ["pass"]],
  ["not be", mustNotBe(at("a"), "a"), ["fail", '`a.b` must not be "a", got "a"']],
  ["not be, and is not known", mustNotBe(at(later), "a"), openBy('must not be "a"')],
  ["be at least", mustBeAtLeast(at("7"), 7), ["pass"]],
  ["be at least, and is less", mustBeAtLeast(at(6), 7), ["fail", "`a.b` must be at least 7, got 6"]],
  ["be at least, and is absent", mustBeAtLeast(at(undefined), 7), ["fail", "`a.b` must be at least 7, got nothing"]],
  ["be at least, and is enough by default", mustBeAtLeast(at(undefined), 7, 30), ["pass"]],
  ["be at most", mustBeAtMost(at(7), 7), ["pass"]],
  ["be at most, and is more", mustBeAtMost(at(8), 7), ["fail", "`a.b` must be at most 7, got 8"]],
  ["be at most, and is little by default", mustBeAtMost(at(undefined), 7, 0), ["pass"]],
  ["be at most, and is no number", mustBeAtMost(at("x"), 7), ["fail", '`a.b` must be at most 7, got "x"']],
  ["be set", mustBeSet(at(false)), ["pass"]],
  ["be set, and is an expression", mustBeSet(at(later)), ["pass"]],
  ["be set, and is absent", mustBeSet(at(null)), ["fail", "`a.b` must be set, got nothing"]],
  ["be set, and is empty", mustBeSet(at("")), ["fail", '`a.b` must be set, got ""']],
  ["be set, and is an empty list", mustBeSet(at([])), ["fail", "`a.b` must be set, got []"]],
  ["not be set", mustBeAbsent(at(undefined)), ["pass"]],
  ["not be set, and is", mustBeAbsent(at("x")), ["fail", '`a.b` must not be set, got "x"']],
  ["include", mustInclude(at(["a", "b", "c"]), ["c", "a"]), ["pass"]],
  ["include, and lacks some", mustInclude(at(["a"]), ["a", "b", "c"]), ["fail", '`a.b` must include b, c, got ["a"]']],
  ["include, and has them beside something unknown", mustInclude(at(["a", later]), ["a"]), ["pass"]],
  ["include, and is not known", mustInclude(at(later), ["a"]), openBy("must include a")],
  ["include, and is absent", mustInclude(at(undefined), ["a"]), ["fail", "`a.b` must include a, got nothing"]],
])("it must %s", (_what, verdict, expected) => {
  expect(brief(verdict)).toEqual(expected);
});

test("a list that may include it is not known", () => {
  expect(brief(mustInclude(at(["a", later]), ["b"]))).toEqual([
    "unknown",
    '`a.b` must include b, and is known only after apply: ["a","${var.x}"]',
  ]);
});

test("a test of one's own is asked about literals only, and its fault may have a key", () => {
  const holds = jest.fn(() => false);
  expect(must(at("x"), holds, "must shine", { key: "k" })).toEqual({
    outcome: "fail",
    faults: [{ message: '`a.b` must shine, got "x"', attribute: "a.b", key: "k" }],
  });
  expect(brief(must(at(later), holds, "must shine"))).toEqual(openBy("must shine"));
  expect(holds.mock.calls).toEqual([["x"]]);
});
