import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
// eslint-disable-next-line @typescript-eslint/no-require-imports -- it must stay plain CommonJS: it runs before anything is installed
const bootstrap = require("../../scripts/bootstrap.cjs") as {
  nodeProblem: (version: string) => string | undefined;
  readArguments: (args: string[]) => object;
  withoutUsage: (output: string) => string;
  modulesState: (root: string) => "missing" | "changed" | "current";
};

const LOCK = {
  packages: {
    "": {},
    "node_modules/zod": { version: "4.6.7" },
    "node_modules/mac": { version: "1.0.0", optional: true },
  },
};

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "bootstrap-"));
  write("package-lock.json", LOCK);
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

function write(path: string, content: object | string): void {
  mkdirSync(join(root, path, ".."), { recursive: true });
  writeFileSync(join(root, path), typeof content === "string" ? content : JSON.stringify(content));
}
const marker = (text: string): void => {
  write("node_modules/.flightdeck-lock-hash", text);
};

describe("the version of Node", () => {
  test.each(["20.19.0", "20.20.2", "22.0.0", "24.1.0"])("%s is fine", (version) => {
    expect(bootstrap.nodeProblem(version)).toBeUndefined();
  });

  test.each(["20.18.3", "18.20.0", "8.17.0"])("%s is refused in one line", (version) => {
    expect(bootstrap.nodeProblem(version)).toBe(
      `Flightdeck needs Node.js 20.19 or later, this is ${version}. Install it: nvm install 22, brew install node@22, or https://nodejs.org/en/download`,
    );
  });
});

describe("the packages", () => {
  test("are missing in a fresh clone", () => {
    expect(bootstrap.modulesState(root)).toBe("missing");
  });

  test("are current when the lock file is the one they were installed from", () => {
    marker(createHash("sha256").update(JSON.stringify(LOCK)).digest("hex"));
    expect(bootstrap.modulesState(root)).toBe("current");
  });

  test("have changed when the lock file is another one", () => {
    marker("hash of another lock file");
    expect(bootstrap.modulesState(root)).toBe("changed");
  });

  test("that a plain npm ci has installed are current", () => {
    write("node_modules/.package-lock.json", { packages: { "node_modules/zod": { version: "4.6.7" } } });
    expect(bootstrap.modulesState(root)).toBe("current");
  });

  test.each([
    ["another version", { "node_modules/zod": { version: "3.0.0" } }],
    ["a package less", {}],
  ])("with %s than the lock file have changed", (_, packages) => {
    write("node_modules/.package-lock.json", { packages });
    expect(bootstrap.modulesState(root)).toBe("changed");
  });

  test("that were cut off in the middle have changed", () => {
    write("node_modules/zod/package.json", {});
    expect(bootstrap.modulesState(root)).toBe("changed");
  });
});

describe("the arguments", () => {
  test("go to the command line", () => {
    expect(bootstrap.readArguments(["sandbox", "deploy", "atlas/dev"])).toEqual({
      kind: "cli",
      args: ["sandbox", "deploy", "atlas/dev"],
    });
  });

  test("name an npm script after --then", () => {
    expect(bootstrap.readArguments(["--then", "check", "--verbose"])).toEqual({
      kind: "script",
      script: "check",
      args: ["--verbose"],
    });
  });
});

test("of what npm prints when it fails, the page on its options is left out", () => {
  const output =
    "npm error code EUSAGE\nnpm error Missing: zod from lock file\nnpm error\nnpm error Clean install a project\nnpm error\nnpm error Usage:\n";
  expect(bootstrap.withoutUsage(output)).toBe("npm error code EUSAGE\nnpm error Missing: zod from lock file");
});
