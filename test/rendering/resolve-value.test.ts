import { resolveJson, resolveValue } from "../../rendering/resolve-value";

const resolve = (expression: string): unknown => ({ "a.name": "db", "a.count": 3, "a.quoted": 'x"y' })[expression];

test("a template that is one expression takes the type of its value, every other one is text", () => {
  const value = { name: "${a.name}", count: "${a.count}", text: "${a.name}-${a.count}", list: ["${a.name}", 1, null] };
  expect(resolveValue(value, resolve)).toEqual({
    value: { name: "db", count: 3, text: "db-3", list: ["db", 1, null] },
    references: [],
  });
});

test("what has no value stays and is named", () => {
  expect(resolveValue({ "${a.name}": "x ${b.c}" }, resolve)).toEqual({
    value: { db: "x ${b.c}" },
    references: ["b.c"],
  });
});

test("a value cannot break the JSON that it is put into", () => {
  expect(resolveJson('{"a":"<${a.quoted}>","${a.name}":1,"b":["${b["c"].d}"]}', resolve)).toEqual({
    value: { a: '<x"y>', db: 1, b: ['${b["c"].d}'] },
    references: ['b["c"].d'],
  });
});

test("a text that is no JSON document has none", () => {
  expect(resolveJson("replicas: 2", resolve)).toBeUndefined();
});
