import fc from "fast-check";
import { Resource } from "../../../../policy/engine/subject";
import { Unresolved } from "../../../../policy/engine/unresolved";
import { chartOf, chartValuesOf } from "../../../../policy/rules/private/chart-values";

const release = (values: Readonly<Record<string, unknown>>): Resource =>
  new Resource({ stack: "a", address: "helm_release.a" }, "managed", "helm_release", "a", values);

test("values stand over the values before them, block by block", () => {
  const values = chartValuesOf(release({ values: ["a: {b: 1, c: 2}\nlist: [1, 2]", '{"a":{"c":3},"list":[4]}'] }));
  expect(values.literal).toEqual({ a: { b: 1, c: 3 }, list: [4] });
});

test("what is set by name stands over all values", () => {
  const set = [{ name: "a.b", value: "5" }];
  expect(chartValuesOf(release({ values: ["a: {b: 1, c: 2}"], set })).literal).toEqual({ a: { b: "5", c: 2 } });
});

test("a text in the values that Terraform fills in is unknown, and the rest is not", () => {
  const text = '{"host":"${aws_db_instance.main.address}","port":5432}';
  const values = chartValuesOf(release({ values: [new Unresolved(["aws_db_instance.main.address"], text)] }));
  expect(values.at("host").unknown).toBe(true);
  expect(values.at("host").references).toEqual(["aws_db_instance.main.address"]);
  expect(values.at("port").number).toBe(5432);
});

test.each([[new Unresolved(["var.values"], "${var.values}")], [new Unresolved([])], ["a: [unclosed"]])(
  "values that cannot be read are unknown as a whole: %s",
  (text) => {
    expect(chartValuesOf(release({ values: ["a: 1", text] })).unknown).toBe(true);
  },
);

test("a release without values gives none", () => {
  expect(chartValuesOf(release({})).literal).toEqual({});
});

test("any JSON is read as it was written", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), fc.oneof(fc.integer(), fc.boolean())), (values) => {
      expect(chartValuesOf(release({ values: [JSON.stringify(values)] })).literal).toEqual(values);
    }),
    { numRuns: 50 },
  );
});

test("a chart's name is without its folder or registry", () => {
  expect(chartOf(release({ chart: "nvidia/gpu-operator" }))).toBe("gpu-operator");
  expect(chartOf(release({ chart: "oci://public.ecr.aws/karpenter/karpenter" }))).toBe("karpenter");
  expect(chartOf(release({}))).toBeUndefined();
});
