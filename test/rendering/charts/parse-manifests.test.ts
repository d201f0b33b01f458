import { parseManifests } from "../../../rendering/charts/parse-manifests";

const dataOf = (text: string): unknown =>
  parseManifests(`apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata:\n${text}`)[0]?.data;

test("an exponent without a digit before it is a text, as a key and as a value", () => {
  expect(dataOf("  e5: E-3\n  .e1: +e2\n")).toEqual({ e5: "E-3", ".e1": "+e2" });
});

test("numbers with an exponent are numbers", () => {
  expect(dataOf("  a: 1e3\n  b: .5e1\n  c: -2.5E-1\n")).toEqual({ a: 1000, b: 5, c: -0.25 });
});
