import { findMisnamedConstructs, findUntestedConstructs, kebabCase } from "./checks/constructs";
import { parseSource } from "./checks/source-file";
import { readFixture, readSourceTree } from "./support/source-tree";

describe("this repository", () => {
  const files = readSourceTree(undefined, (path) => /^(test\/)?(constructs|stacks)\//.test(path));
  const own = files.filter((file) => !file.path.startsWith("test/"));

  test("has at most one exported construct per file, named as the file", () => {
    expect(own.flatMap(findMisnamedConstructs)).toEqual([]);
  });

  test("has a test of the same name for every construct", () => {
    expect(findUntestedConstructs(files)).toEqual([]);
  });
});

describe("the checks find", () => {
  test("two constructs in one file, and a construct under another name", () => {
    expect(readFixture("constructs").flatMap(findMisnamedConstructs)).toEqual([
      "constructs/storage/bucket.ts exports the construct EksBucket: its file must be named eks-bucket.ts.",
      "constructs/storage/stores.ts exports 2 constructs (ColdStore, ClusterStore): one exported construct per file.",
    ]);
  });

  test("constructs without a test", () => {
    const tested = parseSource("test/constructs/storage/key.test.ts", "");
    expect(findUntestedConstructs([...readFixture("constructs"), tested])).toEqual([
      "constructs/storage/bucket.ts has no test of its own: test/constructs/storage/bucket.test.ts is missing.",
      "constructs/storage/object-store.ts has no test of its own: test/constructs/storage/object-store.test.ts is missing.",
      "constructs/storage/stores.ts has no test of its own: test/constructs/storage/stores.test.ts is missing.",
    ]);
  });
});

test.each([
  ["EksCluster", "eks-cluster"],
  ["GpuNodePool", "gpu-node-pool"],
  ["Vpc", "vpc"],
  ["S3Store", "s3-store"],
])("%s is kept in %s.ts", (name, stem) => {
  expect(kebabCase(name)).toBe(stem);
});
