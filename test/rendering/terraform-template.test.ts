import fc from "fast-check";
import { parseTemplate, writeExpression } from "../../rendering/terraform-template";

test.each([
  ["plain", [{ text: "plain" }]],
  ["", []],
  ["arn:${aws_kms_key.K.arn}", [{ text: "arn:" }, { expression: "aws_kms_key.K.arn" }]],
  ["$${not} %%{this}", [{ text: "${not} %{this}" }]],
  ['${join("}", [a.b])}!', [{ expression: 'join("}", [a.b])' }, { text: "!" }]],
  ['${merge({a = "\\"}"}, b)}', [{ expression: 'merge({a = "\\"}"}, b)' }]],
  ["%{ if x }y", [{ expression: "%{ if x }" }, { text: "y" }]],
  ["cost: 5$", [{ text: "cost: 5$" }]],
  ["$", [{ text: "$" }]],
])("%j", (template, pieces) => {
  expect(parseTemplate(template)).toEqual(pieces);
});

test("an expression is written as it was read", () => {
  expect(writeExpression("a.b")).toBe("${a.b}");
  expect(writeExpression("%{ if x }")).toBe("%{ if x }");
});

test("any text without a brace behind its signs is one piece", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), (text) => {
      fc.pre(!/[$%]\{/.test(text));
      expect(parseTemplate(text)).toEqual([{ text }]);
    }),
  );
});
