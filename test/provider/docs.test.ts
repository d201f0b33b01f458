import { Construct } from "constructs";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { defineGivenNames, docPages, exampleStack, GIVEN_NAMES, runExample } from "../support/doc-examples";
import { synthesizePages } from "../support/every-construct";
import { ROOT } from "../support/platform";
import { synth } from "../support/synth";
import { TerraformValidator, WITHOUT_OBJECTS } from "../support/terraform";

/** Inside the repository, so that packages and the library are found as from `docs/constructs`. */
const FOLDER = join(ROOT, "docs/.examples");

let terraform: TerraformValidator;
beforeAll(() => {
  terraform = new TerraformValidator();
  mkdirSync(FOLDER, { recursive: true });
});
afterAll(() => {
  terraform.dispose();
  rmSync(FOLDER, { recursive: true, force: true });
});

test.each(docPages().map((page) => [page.name, page] as const))(
  "the example of %s synthesises as pasted",
  (name, { example }) => {
    const stack = exampleStack(name);
    const given = defineGivenNames(stack);
    const scope = new Construct(stack, "Example");
    runExample(example, given, scope);
    synth(stack);
    expect(scope.node.findAll().length).toBeGreaterThan(1);
  },
);

test("the example of every page compiles", () => {
  const given = Object.entries(GIVEN_NAMES).map(([name, type]) => `declare const ${name}: ${type};`);
  const files = docPages().map(({ name, example }) => {
    const file = join(FOLDER, `${name}.ts`);
    writeFileSync(file, `${example}\n${given.join("\n")}\nexport {};\n`);
    return file;
  });
  expect(problemsOf(files)).toEqual([]);
}, 120_000);

test(`the oldest providers of the windows accept the examples of all pages${WITHOUT_OBJECTS}`, () => {
  const { json } = synthesizePages();
  expect(terraform.validate("pages", JSON.stringify(json))).toMatchObject({ valid: true, diagnostics: [] });
}, 60_000);

function problemsOf(files: readonly string[]): string[] {
  const { config } = ts.readConfigFile(join(ROOT, "tsconfig.json"), (path) => ts.sys.readFile(path)) as {
    config: { compilerOptions: object };
  };
  const { options } = ts.convertCompilerOptionsFromJson({ ...config.compilerOptions, noEmit: true }, ROOT);
  // An example may define what it does not go on to use.
  const program = ts.createProgram(files, { ...options, noUnusedLocals: false, noUnusedParameters: false });
  return ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => {
    const place = file?.fileName.replace(`${FOLDER}/`, "") ?? "";
    return `${place}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
  });
}
