import { readMetadata } from "../../../../policy/inputs/terraform/cdktf-metadata";

const traceOf = (stackTrace: readonly unknown[], root: string | undefined = "/app"): unknown =>
  readMetadata({ metadata: { path: "s/B", stackTrace } }, root).trace;

test("the path in the tree and the places in the project, the innermost first", () => {
  const stackTrace = [
    "new S3Bucket (/app/node_modules/@cdktf/provider-aws/lib/s3-bucket/index.js:10:5)",
    "new ObjectStore (/app/constructs/storage/object-store.ts:123:15)",
    "DataStack.addStore (/app/stacks/data-stack.ts:9:12)",
    "async Promise.all (index 0)",
    "Object.<anonymous> (/app/main.ts:3:1)",
    "Module._compile (node:internal/modules/cjs/loader:1554:14)",
    "node:internal/main/run_main_module:36:49",
    "main (/elsewhere/x.ts:1:1)",
    "x (/application/x.ts:1:1)",
  ];
  expect(readMetadata({ metadata: { path: "data/Models/Resource", uniqueId: "M", stackTrace } }, "/app")).toEqual({
    path: "data/Models/Resource",
    trace: [
      { file: "constructs/storage/object-store.ts", line: 123, column: 15 },
      { file: "stacks/data-stack.ts", line: 9, column: 12 },
      { file: "main.ts", line: 3, column: 1 },
    ],
  });
});

test.each([
  ["/app/a.ts:1:2", "a.ts"],
  ["at new X (/app/a b/(c)/d.ts:1:2)", "a b/(c)/d.ts"],
  ["async f (file:///app/a%20b.ts:1:2)", "a b.ts"],
  ["file:///app/a.ts:1:2", "a.ts"],
  ["at async /app/a.ts:1:2", "a.ts"],
])("the frame %s", (frame, file) => {
  expect(traceOf([frame])).toEqual([{ file, line: 1, column: 2 }]);
});

test("paths of Windows get forward slashes", () => {
  expect(traceOf(["new X (C:\\app\\a\\b.ts:1:2)"], "C:\\app\\")).toEqual([{ file: "a/b.ts", line: 1, column: 2 }]);
  expect(traceOf(["new X (file:///C:/app/b.ts:1:2)"], "C:\\app")).toEqual([{ file: "b.ts", line: 1, column: 2 }]);
});

test.each([
  ["no root", ["/app/a.ts:1:2"], ""],
  ["frames that are none", [1, null, "", "x".repeat(1_000_000), "eval at <anonymous>", "file:///%zz:1:2"], "/app"],
])("%s gives no trace", (_what, frames, root) => {
  expect(readMetadata({ metadata: { stackTrace: frames } }, root === "" ? undefined : root)).toEqual({});
});

test.each([undefined, null, "x", {}, { metadata: null }, { metadata: { path: 1, stackTrace: "x" } }])(
  "a comment of another shape says nothing: %j",
  (comment) => {
    expect(readMetadata(comment, "/app")).toEqual({});
  },
);
