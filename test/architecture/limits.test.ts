import { findLongFiles, findLongFunctions } from "./checks/limits";
import { readFixture, readRepositoryJson, readSourceTree } from "./support/source-tree";

const limits = readRepositoryJson<{ file: number; function: number; main: number }>("architecture/limits.json");

describe("this repository", () => {
  const files = readSourceTree();

  test("keeps every file within the limit of code lines", () => {
    expect(files.flatMap((file) => findLongFiles(file, file.path === "main.ts" ? limits.main : limits.file))).toEqual(
      [],
    );
  });

  test("keeps every function within the limit of code lines, test suites excepted", () => {
    const own = files.filter((file) => !file.path.startsWith("test/"));
    expect(own.flatMap((file) => findLongFunctions(file, limits.function))).toEqual([]);
  });
});

describe("the checks find", () => {
  test("a long file, counting neither comments nor blank lines", () => {
    expect(readFixture("limits").flatMap((file) => findLongFiles(file, 18))).toMatchInlineSnapshot(`
     [
       "long.ts has 19 code lines, at most 18 are allowed: split value classes first, then grants, then helpers.",
     ]
    `);
    expect(readFixture("limits").flatMap((file) => findLongFiles(file, 19))).toEqual([]);
  });

  test("long functions, constructors and arrow functions", () => {
    expect(readFixture("limits").flatMap((file) => findLongFunctions(file, 4))).toMatchInlineSnapshot(`
     [
       "long.ts:3 \`long\` has 5 code lines, at most 4 are allowed.",
       "long.ts:13 constructor has 6 code lines, at most 4 are allowed.",
       "long.ts:21 \`arrow\` has 6 code lines, at most 4 are allowed.",
     ]
    `);
  });
});
