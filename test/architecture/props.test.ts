import { findPropsGaps } from "./checks/props";
import { readFixture, readSourceTree } from "./support/source-tree";

test("every prop of constructs and stacks is documented, readonly, and states its default", () => {
  const files = readSourceTree(undefined, (path) => /^(constructs|stacks)\//.test(path));
  expect(files.flatMap(findPropsGaps)).toEqual([]);
});

test("the check finds props that are undocumented, mutable, or optional without a default, nested ones too", () => {
  expect(readFixture("props").flatMap(findPropsGaps)).toMatchInlineSnapshot(`
   [
     "constructs/bucket.ts:5 \`BucketProps.undocumented\` has no documentation: say in a sentence what it is and what follows from it.",
     "constructs/bucket.ts:7 \`BucketProps.days\` is not \`readonly\`: props are handed over once and never changed.",
     "constructs/bucket.ts:9 \`BucketProps.encrypted\` is optional without \`@default\`: say the value, or what happens, when it is left out.",
     "constructs/bucket.ts:15 \`BucketProps.versioned\` is optional without \`@default\`: say the value, or what happens, when it is left out.",
     "constructs/bucket.ts:21 \`BucketProps.lifecycle.after\` has no documentation: say in a sentence what it is and what follows from it.",
     "constructs/bucket.ts:21 \`BucketProps.lifecycle.after\` is not \`readonly\`: props are handed over once and never changed.",
     "constructs/bucket.ts:25 \`BucketOptions.region\` has no documentation: say in a sentence what it is and what follows from it.",
     "constructs/bucket.ts:25 \`BucketOptions.region\` is not \`readonly\`: props are handed over once and never changed.",
   ]
  `);
});
