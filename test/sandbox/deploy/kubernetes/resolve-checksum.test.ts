import { createHash } from "node:crypto";
import { resolveChecksum } from "../../../../sandbox/deploy/kubernetes/resolve-checksum";

const EXPRESSION = "sha256(jsonencode(kubernetes_config_map_v1.Files_1.data))";
const json = {
  resource: {
    kubernetes_config_map_v1: { Files_1: { data: { "b.txt": "<x> $${y}", "a.json": "s3://${aws_s3_bucket.B.id}" } } },
  },
};
const resolve = (reference: string) => (reference === "aws_s3_bucket.B.id" ? "models" : undefined);

test("the checksum of a config map is that of its JSON as Terraform writes it: keys sorted, angle brackets escaped", () => {
  const written = String.raw`{"a.json":"s3://models","b.txt":"\u003cx\u003e ${"${y}"}"}`;
  expect(resolveChecksum(EXPRESSION, json, resolve)).toBe(createHash("sha256").update(written).digest("hex"));
});

test.each([
  ["another function", "md5(jsonencode(kubernetes_config_map_v1.Files_1.data))", resolve],
  ["a config map of another stack", EXPRESSION.replace("Files_1", "Files_2"), resolve],
  ["a part without a value yet", EXPRESSION, () => undefined],
])("there is none of %s", (_what, expression, values) => {
  expect(resolveChecksum(expression, json, values)).toBeUndefined();
});
