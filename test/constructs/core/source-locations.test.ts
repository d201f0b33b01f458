import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { App, TerraformStack } from "cdktf";
import { readFileSync } from "node:fs";
import { withSourceLocations } from "../../../constructs/core/source-locations";

const define = (): TerraformStack => {
  const stack = new TerraformStack(new App(), "stack");
  new KmsKey(stack, "Key", {});
  return stack;
};
const traceOf = (stack: TerraformStack): string[] | undefined => {
  const json = JSON.parse(JSON.stringify(stack.toTerraform())) as {
    resource: { aws_kms_key: Record<string, { "//": { metadata: { stackTrace?: string[] } } }> };
  };
  return Object.values(json.resource.aws_kms_key)[0]?.["//"].metadata.stackTrace;
};
const lineOfKey =
  readFileSync(__filename, "utf8")
    .split("\n")
    .findIndex((line) => line.includes('new KmsKey(stack, "Key"')) + 1;

test("the JSON says which line defined an element", () => {
  const trace = withSourceLocations(() => traceOf(define())) ?? [];
  const own = trace.filter((frame) => frame.includes("source-locations.test.ts"));
  expect(own[0]).toMatch(new RegExp(`:${lineOfKey}:\\d+\\)?$`));
});

test("without it the JSON holds no path of this machine", () => {
  withSourceLocations(() => undefined);
  expect(traceOf(define())).toBeUndefined();
});

test("an error passes through, and traces end with it", () => {
  expect(() =>
    withSourceLocations(() => {
      throw new RangeError("no");
    }),
  ).toThrow(RangeError);
  expect(traceOf(define())).toBeUndefined();
});
