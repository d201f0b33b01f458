import fc from "fast-check";
import { Unresolved } from "../../../policy/engine/unresolved";
import { Value } from "../../../policy/engine/value";

const later = new Unresolved(["aws_kms_key.k.arn"], "${aws_kms_key.k.arn}");
const value = (content: unknown): Value => new Value("s", "", content);

test.each<[unknown, "absent" | "unknown" | "known"]>([
  [undefined, "absent"],
  [null, "absent"],
  [later, "unknown"],
  [false, "known"],
  ["", "known"],
  [[], "known"],
  [[later], "known"],
])("%j is %s", (content, state) => {
  const { absent, unknown, known } = value(content);
  expect({ absent, unknown, known }).toEqual({ absent: false, unknown: false, known: false, [state]: true });
});

test.each<[unknown, { literal?: unknown; text?: string; number?: number; boolean?: boolean }]>([
  ["x", { literal: "x", text: "x" }],
  ["12", { literal: "12", text: "12", number: 12 }],
  ["-1.5", { literal: "-1.5", text: "-1.5", number: -1.5 }],
  ["1e3", { literal: "1e3", text: "1e3" }],
  ["", { literal: "", text: "" }],
  [3, { literal: 3, number: 3 }],
  [true, { literal: true, boolean: true }],
  ["true", { literal: "true", text: "true", boolean: true }],
  ["false", { literal: "false", text: "false", boolean: false }],
  ["TRUE", { literal: "TRUE", text: "TRUE" }],
  [later, { text: "${aws_kms_key.k.arn}" }],
  [new Unresolved([]), {}],
  [null, {}],
])("%j as literal, text, number and boolean", (content, expected) => {
  const { literal, text, number, boolean } = value(content);
  expect({ literal, text, number, boolean }).toEqual(expected);
});

test("a block is read alike as an object and as a list of one", () => {
  for (const block of [{ a: { b: 1 } }, { a: [{ b: 1 }] }, [{ a: [{ b: 1 }] }]]) {
    expect(value(block).at("a.b").number).toBe(1);
    expect(
      value(block)
        .each("a.b")
        .map(({ number }) => number),
    ).toEqual([1]);
    expect(value(block).keys).toEqual(["a"]);
  }
});

test("of a repeated block, at reads the first and each reads all", () => {
  const blocks = value({ rule: [{ id: ["a", "b"] }, { id: "c" }, later, {}] });
  expect(blocks.at("rule.id").literal).toEqual(["a", "b"]);
  expect(blocks.each("rule.id").map(String)).toEqual(['"a"', '"b"', '"c"', "${aws_kms_key.k.arn}"]);
  expect(blocks.each("rule").map(({ path }) => path)).toEqual(["rule[0]", "rule[1]", "rule[2]", "rule[3]"]);
  expect(blocks.each("rule.id").map(({ path }) => path)).toEqual([
    "rule[0].id[0]",
    "rule[0].id[1]",
    "rule[1].id",
    "rule[2].id",
  ]);
});

test("what lies below something unknown is unknown, and refers to the same", () => {
  const below = value({ a: later }).at("a.b.c");
  expect([below.unknown, below.path, below.references]).toEqual([true, "a.b.c", ["aws_kms_key.k.arn"]]);
  expect(below.text).toBeUndefined();
  expect(value(later).items).toEqual([]);
  expect(value({ a: later }).each("a.b")).toHaveLength(1);
});

test("names with dots are elements of a list, and prototypes are out of reach", () => {
  expect(value({ "eks.amazonaws.com/role": "r" }).at(["eks.amazonaws.com/role"]).text).toBe("r");
  expect(value({}).at("constructor").absent).toBe(true);
  expect(value("x").at("length").absent).toBe(true);
});

test("references are those of everything in it, each once", () => {
  const other = new Unresolved(["var.a", "aws_kms_key.k.arn"]);
  expect(value({ a: [later, { b: other }], c: 1 }).references).toEqual(["aws_kms_key.k.arn", "var.a"]);
  expect(value("x").references).toEqual([]);
});

test.each<[unknown, string]>([
  [undefined, "nothing"],
  ["a", '"a"'],
  [false, "false"],
  [later, "${aws_kms_key.k.arn}"],
  [{ a: [later, 1] }, '{"a":["${aws_kms_key.k.arn}",1]}'],
  ["x".repeat(200), `"${"x".repeat(119)}…`],
])("%j is shown as %s", (content, shown) => {
  expect(value(content).toString()).toBe(shown);
});

test.each<[Unresolved, string]>([
  [later, "${aws_kms_key.k.arn}"],
  [new Unresolved(["a.b", "c.d"]), "${a.b, c.d}"],
  [new Unresolved([]), "(known after apply)"],
])("what is unresolved is written as %s", (unresolved, text) => {
  expect(unresolved.toString()).toBe(text);
  expect(JSON.stringify([unresolved])).toBe(JSON.stringify([text]));
});

test("whatever JSON it is, every place in it is found, and no other", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{1,3}$/), fc.jsonValue()), (json) => {
      for (const [key, inner] of Object.entries(json))
        expect(value(json).at([key]).literal).toEqual(inner ?? undefined);
      expect(value(json).at(["not there"]).absent).toBe(true);
      expect([...value(json).keys]).toEqual(Object.keys(json));
    }),
  );
});
