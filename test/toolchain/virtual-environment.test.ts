import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ensureVirtualEnvironment, virtualEnvironmentFolder } from "../../toolchain/virtual-environment";
import { FakeHost } from "./fake-host";

let host: FakeHost;
let cacheFolder: string;
let requirementsFile: string;
beforeEach(() => {
  host = new FakeHost();
  host.env.PATH = `${host.bin}:/usr/bin:/bin`;
  cacheFolder = join(host.root, "cache");
  requirementsFile = host.write("requirements.txt", "moto==5.2.5 --hash=sha256:00\nflask==3.1.3 --hash=sha256:00\n");
});
afterEach(() => {
  host.remove();
});

/** A Python whose venv has a pip that runs the lines of shell given. */
function python(...pip: string[]): { path: string; version: string } {
  const inner = ["#!/bin/sh", ...pip].map((line) => `echo '${line}' >> "$3/bin/python"`);
  const make = ['mkdir -p "$3/bin"', 'echo "home = $3" > "$3/pyvenv.cfg"', ...inner, 'chmod +x "$3/bin/python"'];
  return { path: host.install("python3", ...make, 'echo "#!$3/bin/python" > "$3/bin/moto_server"'), version: "3.12.1" };
}

const ensure = (tool: { path: string; version: string }, onProgress?: (text: string) => void) =>
  ensureVirtualEnvironment({ cacheFolder, requirementsFile, python: tool, env: host.env, onProgress });

test("it is built once, complete, and its scripts name the folder it ends in", async () => {
  const tool = python("echo Collecting moto", "echo Collecting flask", "echo Installing collected packages: moto");
  const said: string[] = [];
  const first = await ensure(tool, (text) => said.push(text));
  expect(first).toEqual({
    path: virtualEnvironmentFolder({ cacheFolder, requirementsFile, python: tool }),
    python: join(first.path, "bin", "python"),
    built: true,
  });
  expect(readFileSync(join(first.path, "bin", "moto_server"), "utf8")).toBe(`#!${first.path}/bin/python\n`);
  expect(readdirSync(cacheFolder)).toEqual([first.path.split("/").at(-1)]);
  expect(said).toEqual([
    "creating a virtual environment with Python 3.12.1",
    "downloading moto (1 of 2)",
    "downloading flask (2 of 2)",
    "installing 2 packages",
  ]);
  expect(await ensure(tool)).toMatchObject({ path: first.path, built: false });
});

test("other pins and another minor version of Python have folders of their own, a patch release has not", () => {
  const folder = (version: string) =>
    virtualEnvironmentFolder({ cacheFolder, requirementsFile, python: { path: "/python", version } });
  const before = folder("3.12.1");
  expect(folder("3.12.9")).toBe(before);
  expect(folder("3.13.0")).not.toBe(before);
  host.write("requirements.txt", "moto==5.2.6 --hash=sha256:00\n");
  expect(folder("3.12.1")).not.toBe(before);
});

test("what a killed run has left behind is removed and built anew", async () => {
  const tool = python("exit 0");
  const path = virtualEnvironmentFolder({ cacheFolder, requirementsFile, python: tool });
  mkdirSync(join(path, "lib"), { recursive: true });
  mkdirSync(`${path}.building-999999999-0a1b2c`);
  expect((await ensure(tool)).built).toBe(true);
  expect(existsSync(`${path}.building-999999999-0a1b2c`)).toBe(false);
});

test("of two that build at once both end with the same complete environment", async () => {
  const tool = python("sleep 0.1");
  const [one, two] = await Promise.all([ensure(tool), ensure(tool)]);
  expect(one.path).toBe(two.path);
  expect(readdirSync(cacheFolder)).toHaveLength(1);
});

test("a package without a wheel for this platform is built from its hashed source", async () => {
  const tool = python(
    'case "$*" in *only-binary*) echo "ERROR: No matching distribution found for moto" >&2; exit 1;; esac',
  );
  expect((await ensure(tool)).built).toBe(true);
});

test("a failure says the last words of pip and leaves nothing behind", async () => {
  const tool = python('echo "ERROR: Could not connect" >&2', "exit 1");
  await expect(ensure(tool)).rejects.toMatchObject({
    code: "VIRTUAL_ENVIRONMENT_FAILED",
    message:
      "The virtual environment of the sandbox could not be built: `pip install` failed.\n  ERROR: Could not connect",
  });
  expect(readdirSync(cacheFolder)).toEqual([]);
});
