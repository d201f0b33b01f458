import { readFileSync } from "node:fs";
import importX from "eslint-plugin-import-x";
import { createTypeScriptImportResolver } from "eslint-import-resolver-typescript";
import jsdoc from "eslint-plugin-jsdoc";
import tseslint from "typescript-eslint";

const readTable = (name) => JSON.parse(readFileSync(new URL(`./architecture/${name}.json`, import.meta.url), "utf8"));
const { rooms } = readTable("rooms");
const limits = readTable("limits");

const isFile = (room) => /\.\w+$/.test(room.path);
const filesOf = (room) => (isFile(room) ? room.path : `${room.path}/**/*.{ts,mts,cts,js,mjs,cjs}`);
const matches = (pattern, room) =>
  pattern === room.name ||
  (pattern === "*" && room.name !== "test") ||
  (pattern.endsWith("/*") && room.name.startsWith(pattern.slice(0, -1)));
const allowedFrom = (room) =>
  rooms.filter((other) =>
    [...room.mayImport, ...(room.mayImportTypes ?? [])].some((pattern) => matches(pattern, other)),
  );

const zoneOf = (room) => ({
  target: `./${isFile(room) ? room.path : `${room.path}/**/*`}`,
  from: "./",
  except: [...new Set(["node_modules", room.path, ...allowedFrom(room).map((other) => other.path)])],
  message: `\`${room.name}\` may import ${describeAllowed(room)}: ${room.reason}.`,
});

function describeAllowed(room) {
  const types = (room.mayImportTypes ?? []).map((name) => `types of \`${name}\``);
  const names = [...room.mayImport.map((name) => (name === "*" ? "every room but `test`" : `\`${name}\``)), ...types];
  return names.length === 0 ? "itself and packages only" : `only itself, packages, ${names.join(", ")}`;
}

const PROVIDER_ROOT = {
  regex: "^@cdktf/provider-[^/]+(/(lib(/index)?)?)?$",
  message:
    "Import the resource's own module, e.g. @cdktf/provider-aws/lib/vpc: the package root loads every resource of the provider (seconds and hundreds of megabytes).",
};
const ENVIRONMENT_FROM_PROCESS = {
  group: ["node:process", "process"],
  message:
    "Use the global `process`; the environment is read in main.ts, cli/ and scripts/ only and handed down as a value.",
};
/** A room of which another may take the types only: the value import is refused by name. */
const typesOnly = (name) => ({
  group: [`../${name}`, `../${name}/**`],
  allowTypeImports: true,
  message: `Only types of \`${name}\` may be imported here: the value is handed down by main.ts.`,
});

const NO_PLAIN_ERROR = {
  selector: "NewExpression[callee.name='Error'], CallExpression[callee.name='Error']",
  message:
    "Throw a typed error with a stable code (constructs/core/errors.ts or the room's own): callers and tests tell errors apart by it.",
};
const NO_PROCESS_ENV = {
  object: "process",
  property: "env",
  message:
    "The environment is read in main.ts, cli/ and scripts/ only and handed down as a value, so that the same config gives the same bytes.",
};

const named = (...names) =>
  rooms.filter((room) => names.some((name) => room.name === name || room.name.startsWith(`${name}/`)));
const READS_ENVIRONMENT = named("main", "cli", "scripts", "tools", "bench", "test");
const TYPED_ERRORS = named("constructs", "stacks", "policy", "config", "catalog", "sandbox", "toolchain", "graph");
const PROPS_INTERFACE = "TSInterfaceDeclaration[id.name=/(Props|Options|Attributes)$/]";

export default tseslint.config(
  { ignores: ["node_modules/", "cdktf.out/", ".flightdeck/", "coverage/", "test/architecture/fixtures/"] },
  {
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "max-lines": ["error", { max: limits.file, skipBlankLines: true, skipComments: true }],
      "no-warning-comments": ["error", { terms: ["todo", "fixme", "xxx"] }],
      eqeqeq: "error",
      "no-console": "off",
    },
  },
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strict, tseslint.configs.stylistic],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/explicit-module-boundary-types": ["error", { allowArgumentsExplicitlyTypedAsAny: true }],
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "separate-type-imports" }],
      "@typescript-eslint/no-unused-vars": [
        "error",
        {
          argsIgnorePattern: "^_",
          varsIgnorePattern: "^_",
          destructuredArrayIgnorePattern: "^_",
          ignoreRestSiblings: true,
        },
      ],
      "@typescript-eslint/no-extraneous-class": ["error", { allowWithDecorator: true, allowStaticOnly: true }],
      // With type information, and cheap:
      "@typescript-eslint/await-thenable": "error",
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": "error",
      "@typescript-eslint/only-throw-error": "error",
      "@typescript-eslint/return-await": ["error", "error-handling-correctness-only"],
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
    },
  },
  {
    plugins: { "import-x": importX, "@typescript-eslint": tseslint.plugin },
    files: ["**/*.{ts,mts,cts,js,mjs,cjs}"],
    settings: {
      "import-x/resolver-next": [createTypeScriptImportResolver({ project: `${import.meta.dirname}/tsconfig.json` })],
      "import-x/extensions": [".ts", ".mts", ".cts", ".js", ".mjs", ".cjs"],
      "import-x/parsers": { "@typescript-eslint/parser": [".ts", ".mts", ".cts"] },
    },
    rules: {
      "import-x/no-cycle": ["error", { ignoreExternal: true }],
      "import-x/no-self-import": "error",
      "import-x/no-restricted-paths": ["error", { basePath: import.meta.dirname, zones: rooms.map(zoneOf) }],
      "@typescript-eslint/no-restricted-imports": ["error", { patterns: [PROVIDER_ROOT] }],
    },
  },
  {
    files: ["**/*.ts"],
    ignores: READS_ENVIRONMENT.map(filesOf).concat("*.config.ts"),
    rules: {
      "no-restricted-properties": ["error", NO_PROCESS_ENV],
      "@typescript-eslint/no-restricted-imports": ["error", { patterns: [PROVIDER_ROOT, ENVIRONMENT_FROM_PROCESS] }],
    },
  },
  ...rooms
    .filter((room) => room.mayImportTypes)
    .map((room) => ({
      files: [filesOf(room)],
      rules: {
        "@typescript-eslint/no-restricted-imports": [
          "error",
          { patterns: [PROVIDER_ROOT, ENVIRONMENT_FROM_PROCESS, ...room.mayImportTypes.map(typesOnly)] },
        ],
      },
    })),
  {
    files: TYPED_ERRORS.map(filesOf),
    rules: { "no-restricted-syntax": ["error", NO_PLAIN_ERROR] },
  },
  {
    files: ["**/*.ts"],
    ignores: ["test/**"],
    rules: {
      "max-lines-per-function": [
        "error",
        { max: limits.function, skipBlankLines: true, skipComments: true, IIFEs: true },
      ],
    },
  },
  {
    files: ["constructs/**/*.ts", "stacks/**/*.ts"],
    plugins: { jsdoc },
    rules: {
      "jsdoc/require-jsdoc": [
        "error",
        {
          require: { FunctionDeclaration: false },
          contexts: [PROPS_INTERFACE, `${PROPS_INTERFACE} > TSInterfaceBody > TSPropertySignature`],
          enableFixer: false,
        },
      ],
      "jsdoc/require-description": [
        "error",
        { contexts: [`${PROPS_INTERFACE} > TSInterfaceBody > TSPropertySignature`] },
      ],
      "jsdoc/check-tag-names": ["error", { definedTags: ["default", "example"] }],
    },
  },
  {
    // The type of a zod schema is what zod infers; written out it would be a second schema.
    files: ["config/schema/**/*.ts"],
    rules: { "@typescript-eslint/explicit-module-boundary-types": "off" },
  },
  {
    files: ["test/**/*.ts"],
    rules: { "@typescript-eslint/no-non-null-assertion": "off" },
  },
);
