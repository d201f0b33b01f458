import { execFileSync } from "node:child_process";
import { join, resolve } from "node:path";

interface Case {
  readonly name: string;
  readonly path: string;
  readonly text: string;
  readonly found: readonly string[];
}

const ENVIRONMENT =
  "The environment is read in main.ts, cli/ and scripts/ only and handed down as a value, so that the same config gives the same bytes.";
const TYPED =
  "Throw a typed error with a stable code (constructs/core/errors.ts or the room's own): callers and tests tell errors apart by it.";
const PROVIDER_ROOT =
  "'@cdktf/provider-aws' import is restricted from being used by a pattern. Import the resource's own module, e.g. @cdktf/provider-aws/lib/vpc: the package root loads every resource of the provider (seconds and hundreds of megabytes).";

const CASES: readonly Case[] = [
  {
    name: "a construct that imports the stacks",
    path: "constructs/network/fixture.ts",
    text: 'import type { Platform } from "../../stacks/platform";\nexport type Wrong = Platform;\n',
    found: [
      '1 import-x/no-restricted-paths: Unexpected path "../../stacks/platform" imported in restricted zone. `constructs/network` may import only itself, packages, `constructs/core`, `catalog`, `constructs/encryption`: a network outlives what runs in it, so it must not know what that is.',
    ],
  },
  {
    name: "a stack that goes past constructs/index.ts",
    path: "stacks/fixture.ts",
    text: 'import { resourceName } from "../constructs/core/naming";\nexport const wrong = resourceName;\n',
    found: [
      '1 import-x/no-restricted-paths: Unexpected path "../constructs/core/naming" imported in restricted zone. `stacks` may import only itself, packages, `constructs`, types of `config`: stacks are wiring: they use the library through constructs/index.ts and are handed a loaded configuration.',
    ],
  },
  {
    name: "a stack that loads a configuration, but not one that takes its type",
    path: "stacks/fixture.ts",
    text: 'import { loadEnvironment } from "../config";\nimport type { EnvironmentConfig } from "../config";\nexport const wrong = (): EnvironmentConfig => loadEnvironment("", "");\n',
    found: [
      "1 @typescript-eslint/no-restricted-imports: '../config' import is restricted from being used by a pattern. Only types of `config` may be imported here: the value is handed down by main.ts.",
    ],
  },
  {
    name: "a sandbox that knows our configuration",
    path: "sandbox/fixture.ts",
    text: 'export { loadEnvironment } from "../config";\n',
    found: [
      '1 import-x/no-restricted-paths: Unexpected path "../config" imported in restricted zone. `sandbox` may import only itself, packages, `catalog`, `toolchain`: the sandbox plays AWS, and AWS does not know who calls it; with our code inside, a deploy into it would prove nothing.',
    ],
  },
  {
    name: "a command that imports a test",
    path: "cli/fixture.ts",
    text: 'export { kebabCase } from "../test/architecture/checks/constructs";\n',
    found: [
      '1 import-x/no-restricted-paths: Unexpected path "../test/architecture/checks/constructs" imported in restricted zone. `cli` may import only itself, packages, every room but `test`: commands compose everything, tests excepted.',
    ],
  },
  {
    name: "an import cycle",
    path: "constructs/core/errors.ts",
    text: 'import { PropChecks } from "./prop-checks";\nexport const wrong = PropChecks;\n',
    found: ["1 import-x/no-cycle: Dependency cycle detected"],
  },
  {
    name: "the root of a provider",
    path: "constructs/network/fixture.ts",
    text: 'import { Vpc } from "@cdktf/provider-aws";\nexport const wrong = Vpc;\n',
    found: [`1 @typescript-eslint/no-restricted-imports: ${PROVIDER_ROOT}`],
  },
  {
    name: "the environment of the process below main.ts, in both ways to reach it",
    path: "toolchain/fixture.ts",
    text: 'import { env } from "node:process";\nexport const wrong = [env, process.env];\n',
    found: [
      "1 @typescript-eslint/no-restricted-imports: 'node:process' import is restricted from being used by a pattern. Use the global `process`; the environment is read in main.ts, cli/ and scripts/ only and handed down as a value.",
      `2 no-restricted-properties: 'process.env' is restricted from being used. ${ENVIRONMENT}`,
    ],
  },
  {
    name: "no fault with the environment in a command",
    path: "cli/fixture.ts",
    text: "export const home = process.env.HOME;\n",
    found: [],
  },
  {
    name: "a plain error",
    path: "config/fixture.ts",
    text: 'export function fail(): never {\n  throw new Error("no");\n}\n',
    found: [`2 no-restricted-syntax: ${TYPED}`],
  },
  {
    name: "`any` in a signature",
    path: "config/fixture.ts",
    text: "export function same(value: any): unknown {\n  return value;\n}\n",
    found: ["1 @typescript-eslint/no-explicit-any: Unexpected any. Specify a different type."],
  },
  {
    name: "a prop without documentation",
    path: "constructs/network/fixture.ts",
    text: "/** Props. */\nexport interface FixtureProps {\n  readonly name: string;\n}\n",
    found: ["3 jsdoc/require-jsdoc: Missing JSDoc comment."],
  },
  {
    name: "a function and a file over the limit",
    path: "catalog/fixture.ts",
    text: `export function long(): number[] {\n  return [\n${"    1,\n".repeat(400)}  ];\n}\n`,
    found: [
      "1 max-lines-per-function: Function 'long' has too many lines (404). Maximum allowed is 60.",
      "401 max-lines: File has too many lines (404). Maximum allowed is 400.",
    ],
  },
];

const root = resolve(__dirname, "../..");
const lint = execFileSync(process.execPath, [join(__dirname, "support/lint-texts.mjs")], {
  cwd: root,
  input: JSON.stringify(CASES.map(({ path, text }) => ({ path, text }))),
  encoding: "utf8",
});
const results = JSON.parse(lint) as string[][];

test.each(CASES.map(({ name, found }, index) => ({ name, found, index })))("lint reports $name", ({ found, index }) => {
  expect(results[index]).toEqual(found);
});
