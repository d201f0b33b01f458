import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Manifest } from "../../tools/cdk-terrain";
import { switchToCdkTerrain } from "../../tools/cdk-terrain";

const ROOT = resolve(__dirname, "../..");
let copy: string;

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), "flightdeck-cdk-terrain-"));
  copyProduct(copy);
  writeFileSync(join(copy, "package.json"), JSON.stringify(switchToCdkTerrain(productManifest()), null, 2));
  const npm = ["install", "--ignore-scripts", "--prefer-offline", "--no-package-lock", "--no-audit", "--no-fund"];
  execFileSync("npm", npm, { cwd: copy, stdio: "pipe" });
}, 300_000);

afterAll(() => rmSync(copy, { recursive: true, force: true }));

test("the switch leaves one core, CDK Terrain, under the name of CDKTF", () => {
  const { name, version } = readJson(join(copy, "node_modules/cdktf/package.json")) as Record<string, unknown>;
  expect({ name, version }).toEqual({ name: "cdktn", version: "0.24.0" });
  expect(existsSync(join(copy, "node_modules/@cdktf/provider-aws/node_modules"))).toBe(false);
});

test("both engines synthesise the same JSON for every stack of every environment", () => {
  const withCdktf = synthesise(ROOT, join(copy, "out-cdktf"));
  const withCdkTerrain = synthesise(copy, join(copy, "out-cdk-terrain"));

  expect([withCdktf.engines, withCdkTerrain.engines]).toEqual([["0.21.0"], ["0.24.0"]]);
  expect(Object.keys(withCdktf.stacks)).toContain("atlas-dev-cluster");
  expect(withCdkTerrain.stacks).toEqual(withCdktf.stacks);
}, 120_000);

test("the product type-checks against CDK Terrain", () => {
  const { compilerOptions } = readJson(join(ROOT, "tsconfig.json")) as { compilerOptions: object };
  const types = { types: ["node"], typeRoots: [join(ROOT, "node_modules/@types")] };
  const config = { compilerOptions: { ...compilerOptions, ...types }, files: ["main.ts"] };
  writeFileSync(join(copy, "tsconfig.json"), JSON.stringify(config));

  const compiler = join(ROOT, "node_modules/typescript/bin/tsc");
  expect(run(process.execPath, [compiler, "--noEmit", "-p", copy], copy)).toBe("");
}, 120_000);

function copyProduct(to: string): void {
  const { rooms } = readJson(join(ROOT, "architecture/rooms.json")) as { rooms: { name: string; path: string }[] };
  const paths = rooms.filter((room) => room.name !== "test").map((room) => room.path);
  for (const path of [...paths, "cdktf.json", ".npmrc"].filter((path) => existsSync(join(ROOT, path)))) {
    cpSync(join(ROOT, path), join(to, path), { recursive: true });
  }
}

/** What runs the product: without tools for its development, and without the command line, which is not switched. */
function productManifest(): Manifest {
  const {
    devDependencies: _development,
    scripts: _scripts,
    bin: _bin,
    ...manifest
  } = readJson(join(ROOT, "package.json")) as Manifest & Record<string, unknown>;
  const { "cdktf-cli": _commandLine, ...dependencies } = manifest.dependencies;
  return { ...manifest, dependencies };
}

interface Synthesis {
  /** The versions of the engine that the JSON names. */
  readonly engines: readonly string[];
  /** The JSON of every stack, without the engine's version, which is all that may differ. */
  readonly stacks: Readonly<Record<string, unknown>>;
}

interface StackJson {
  readonly "//": { readonly metadata: { readonly version: string } };
}

function synthesise(root: string, outdir: string): Synthesis {
  run(process.execPath, ["--import", "tsx", "main.ts"], root, { CDKTF_OUTDIR: outdir });
  const ids = readdirSync(join(outdir, "stacks")).sort();
  const jsons = ids.map((id) => readJson(join(outdir, "stacks", id, "cdk.tf.json")) as StackJson);
  const engines = [...new Set(jsons.map((json) => json["//"].metadata.version))];
  return { engines, stacks: Object.fromEntries(jsons.map((json, index) => [ids[index], withoutVersion(json)])) };
}

function withoutVersion({ "//": comment, ...rest }: StackJson): unknown {
  const { version: _engine, ...metadata } = comment.metadata;
  return { ...rest, "//": { ...comment, metadata } };
}

function run(command: string, args: readonly string[], cwd: string, env: Record<string, string> = {}): string {
  return execFileSync(command, args, { cwd, encoding: "utf8", env: { ...process.env, ...env }, stdio: "pipe" });
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, "utf8"));
}
