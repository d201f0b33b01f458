import { Lazy } from "cdktf";
import { describeValue } from "../../../../constructs/core/private/describe-value";

test.each([
  ["text", "abc", '"abc"'],
  ["a number", 3, "3"],
  ["no value", undefined, "nothing"],
  ["null", null, "null"],
  ["a list", ["a", 1], '["a",1]'],
  ["an object", { a: true }, '{"a":true}'],
  ["what JSON would print as null", Number.NaN, '"NaN"'],
  ["what JSON cannot print", 10n, '"10"'],
  ["a function", Math.max, String(Math.max)],
  ["a reference", Lazy.stringValue({ produce: () => "x" }), "a value known only after apply"],
])("describes %s", (_, value, text) => {
  expect(describeValue(value)).toBe(text);
});

test("cuts long values and says how long they are", () => {
  expect(describeValue("x".repeat(118))).toBe(`"${"x".repeat(118)}"`);
  expect(describeValue("x".repeat(119))).toBe(`"${"x".repeat(119)}… (121 characters)`);
});
