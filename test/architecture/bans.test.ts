import { findEnvironmentReads, findExportedAny, findPlainErrors, findProviderRootImports } from "./checks/bans";
import { readFixture, readSourceTree } from "./support/source-tree";

const files = readSourceTree();
const within = (...rooms: string[]): typeof files =>
  files.filter((file) => rooms.some((room) => file.path === room || file.path.startsWith(`${room}/`)));
const outside = (...rooms: string[]): typeof files => files.filter((file) => !within(...rooms).includes(file));

describe("this repository", () => {
  test("reads the environment only in main.ts, cli/ and what surrounds the product", () => {
    const product = outside("main.ts", "cli", "scripts", "tools", "bench", "test");
    expect(product.flatMap(findEnvironmentReads)).toEqual([]);
  });

  test("imports no provider by its root", () => {
    expect(files.flatMap(findProviderRootImports)).toEqual([]);
  });

  test("throws typed errors only", () => {
    const typed = within("constructs", "stacks", "policy", "config", "catalog", "sandbox", "toolchain", "graph");
    expect(typed.flatMap(findPlainErrors)).toEqual([]);
  });

  test("exports no `any`", () => {
    expect(outside("test").flatMap(findExportedAny)).toEqual([]);
  });
});

describe("the checks find", () => {
  const [fixture] = readFixture("bans");

  test("every way to read the environment", () => {
    expect(findEnvironmentReads(fixture!)).toMatchInlineSnapshot(`
     [
       "constructs/vpc.ts:6 reads the process environment: take the value as an argument, main.ts and cli/ read it.",
       "constructs/vpc.ts:6 reads the process environment: take the value as an argument, main.ts and cli/ read it.",
       "constructs/vpc.ts:6 reads the process environment: take the value as an argument, main.ts and cli/ read it.",
       "constructs/vpc.ts:7 reads the process environment: take the value as an argument, main.ts and cli/ read it.",
       "constructs/vpc.ts:1 imports \`node:process\`: use the global \`process\`, whose use is checked.",
     ]
    `);
  });

  test("imports of a provider's root", () => {
    expect(findProviderRootImports(fixture!)).toMatchInlineSnapshot(`
     [
       "constructs/vpc.ts:2 imports the root of @cdktf/provider-aws: import one resource's module (…/lib/vpc), the root loads all of the provider.",
       "constructs/vpc.ts:4 imports the root of @cdktf/provider-aws/lib: import one resource's module (…/lib/vpc), the root loads all of the provider.",
     ]
    `);
  });

  test("plain errors, thrown or handed on", () => {
    expect(findPlainErrors(fixture!)).toMatchInlineSnapshot(`
     [
       "constructs/vpc.ts:11 makes a plain Error: use a typed error with a stable code.",
       "constructs/vpc.ts:12 makes a plain Error: use a typed error with a stable code.",
     ]
    `);
  });

  test("`any` in exported signatures, but not in bodies and private members", () => {
    expect(findExportedAny(fixture!)).toMatchInlineSnapshot(`
     [
       "constructs/vpc.ts:9 has \`any\` in an exported signature: name the type, or use \`unknown\`.",
       "constructs/vpc.ts:17 has \`any\` in an exported signature: name the type, or use \`unknown\`.",
     ]
    `);
  });
});
