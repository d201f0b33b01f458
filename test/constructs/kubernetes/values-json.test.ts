import { Lazy, Token } from "cdktf";
import fc from "fast-check";
import { unprintableValues, valuesJson } from "../../../constructs/kubernetes/private/values-json";
import { resolved, testStack } from "../../support/synth";

const ROLE = "arn:aws:iam::111111111111:role/x";
const reference = () => Token.asString({ resolve: () => "${aws_iam_role.x.arn}", creationStack: [] });

/** What Terraform makes of a string of its JSON syntax, for the one reference of these tests. */
function asTerraform(text: string): string {
  expect(text.replaceAll("${aws_iam_role.x.arn}", "")).not.toMatch(/[$%]\{/);
  return text.replaceAll("${aws_iam_role.x.arn}", ROLE);
}

const roundTrip = (value: unknown): unknown =>
  JSON.parse(asTerraform(resolved(testStack(), valuesJson(value)))) as unknown;

describe("values as JSON", () => {
  test("come back as they were, whatever Terraform takes for templates", () => {
    const tricky = fc.constantFrom("${", "%{", "$${", "%%{", "$", "%", '"', "\\", "\n", "{{ x }}", "}", "TfToken[");
    const text = fc.array(fc.oneof(tricky, fc.string({ unit: "grapheme" }))).map((parts) => parts.join(""));
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        text,
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie("tree")),
        fc.dictionary(text, tie("tree"), { noNullPrototype: true }),
      ),
    }));
    fc.assert(
      fc.property(tree, (value) => {
        expect(roundTrip(value)).toEqual(value);
      }),
      { numRuns: 200 },
    );
  });

  test.each(["$", "%", "$$", "x$", "\\"])("keep a reference that follows %j", (before) => {
    expect(roundTrip({ role: `${before}${reference()}` })).toEqual({ role: `${before}${ROLE}` });
  });

  test("take references as objects, as parts of text, as keys and in lists", () => {
    const lazy = Lazy.stringValue({ produce: () => reference() });
    const object = { resolve: () => "${aws_iam_role.x.arn}", creationStack: [], toJSON: () => "hidden" };
    expect(roundTrip({ lazy, object, [reference()]: [`a ${reference()} b`] })).toEqual({
      lazy: ROLE,
      object: ROLE,
      [ROLE]: [`a ${ROLE} b`],
    });
  });
});

test("what Helm could not read as it was given is named", () => {
  const token = { resolve: () => 1, creationStack: [] };
  const given = {
    a: [NaN, 1n],
    "\u2028": Token.asList(token),
    "b\ud800": Token.asNumber(token),
    c: () => 1,
    d: reference(),
  };
  expect(unprintableValues(given).map(({ path, got }) => [path, got])).toEqual([
    ["a[0]", "NaN"],
    ["a[1]", "a bigint"],
    ["\u2028", "text with the character U+2028"],
    ["\u2028[0]", "a value known only after apply"],
    ["b\ud800", "text with the character U+D800"],
    ["b\ud800", "a value known only after apply"],
    ["c", "a function"],
  ]);
});
