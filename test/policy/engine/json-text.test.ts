import { readJsonText } from "../../../policy/engine/json-text";
import { Unresolved } from "../../../policy/engine/unresolved";
import { Value } from "../../../policy/engine/value";

const later = (text: string, ...references: string[]): Unresolved => new Unresolved(references, text);
const read = (content: unknown): Value | undefined => readJsonText(new Value("s", "values", content));

test("a literal text is read as JSON", () => {
  expect(read('{"a": [1, {"b": null}]}')?.literal).toEqual({ a: [1, { b: null }] });
});

test("the place of the text is kept, so that what stands in it is named", () => {
  expect(read('{"a": {"b": 1}}')?.at("a.b")).toEqual(new Value("s", "values.a.b", 1));
});

test("expressions stand in texts, for whole values and in keys", () => {
  const template =
    '{"a": "x-${k.v["}\\""]}-y", "b": ${a_b.c}, "c": "${a_b.c}", "${d.e}": [ ${1 + 1}, "${"z"}-" ], "d": "\\"${a_b.c}"}';
  expect(read(later(template, "k.v", "a_b.c", "d.e"))?.literal).toEqual({
    a: later('x-${k.v["}\\""]}-y', 'k.v["}\\""]'),
    b: later("${a_b.c}", "a_b.c"),
    c: later("${a_b.c}", "a_b.c"),
    "${d.e}": [2, "z-"],
    d: later('"${a_b.c}', "a_b.c"),
  });
});

test("what is escaped stays a text", () => {
  expect(read(later('{"a": "$${b}", "c": "$${d}${e.f}"}', "e.f"))?.literal).toEqual({
    a: "${b}",
    c: later("$${d}${e.f}", "e.f"),
  });
});

test("characters that stand for expressions while it is read may be in it", () => {
  expect(read(later('{"a": "\uE0000\uE000 ${b.c}"}', "b.c"))?.literal).toEqual({
    a: later("\uE0000\uE000 ${b.c}", "b.c"),
  });
});

test("jsonencode is what it makes", () => {
  expect(read(later('${jsonencode({a = b.c, d = "${b.c}/*"})}', "b.c"))?.literal).toEqual({
    a: later("${b.c}", "b.c"),
    d: later("${b.c}/*", "b.c"),
  });
  expect(read(later("${jsonencode([1])}"))?.literal).toEqual([1]);
});

test.each<[string, unknown]>([
  ["nothing", undefined],
  ["a number", 1],
  ["an object", { a: 1 }],
  ["no JSON", "{"],
  ["a reference", later("${a_b.c}", "a_b.c")],
  ["a text around one", later("x${a_b.c}", "a_b.c")],
  ["known after apply", new Unresolved([])],
  ["a template that nobody can read", later("{${", "a")],
  ["a list that nests beyond all use", `${"[".repeat(201)}${"]".repeat(201)}`],
])("%s says nothing", (_what, content) => {
  expect(read(content)).toBeUndefined();
});
