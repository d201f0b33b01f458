import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { main } from "../main";
import { ROOT } from "./support/platform";

const TODAY = "2026-11-21";
let folder: string;
let outdir: string;
let messages: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "flightdeck-main-"));
  outdir = join(folder, "out");
  process.env.CDKTF_OUTDIR = outdir;
  messages = "";
  jest.spyOn(process.stderr, "write").mockImplementation((text) => {
    messages += String(text);
    return true;
  });
});

afterEach(() => {
  delete process.env.CDKTF_OUTDIR;
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

const stacks = () => readdirSync(join(outdir, "stacks")).sort();
const stacksOf = (...names: string[]) =>
  names.flatMap((name) => ["cluster", "controllers", "data", "network"].map((layer) => `${name}-${layer}`));

test("synthesises every environment", async () => {
  expect(await main(ROOT, {}, TODAY)).toBe(0);
  expect(stacks()).toEqual(stacksOf("atlas-dev", "atlas-prod", "atlas-staging"));
});

test("synthesises the environments that are named, each once", async () => {
  expect(await main(ROOT, { FLIGHTDECK_ENVIRONMENTS: "atlas/staging, atlas/dev,atlas/dev," }, TODAY)).toBe(0);
  expect(stacks()).toEqual(stacksOf("atlas-dev", "atlas-staging"));
});

test("an environment that does not exist ends with a message and exit code 2, and nothing is written", async () => {
  expect(await main(ROOT, { FLIGHTDECK_ENVIRONMENTS: "atlas/qa" }, TODAY)).toBe(2);
  expect(messages).toBe(
    'config/environments: has no environment "atlas/qa"; allowed: atlas/dev, atlas/prod, atlas/staging\n',
  );
  expect(readdirSync(folder)).toEqual([]);
});

test("takes the environments from another folder", async () => {
  expect(await main(ROOT, { FLIGHTDECK_CONFIG_ROOT: folder }, TODAY)).toBe(2);
  expect(messages).toBe(
    "config/environments: must hold at least one environment; allowed: config/environments/<project>/<stage>.yaml\n",
  );
});

test("a sandbox that is not on this machine ends with a message and exit code 2, and nothing is written", async () => {
  expect(await main(ROOT, { FLIGHTDECK_SANDBOX_ENDPOINT: "http://example.com:4566" }, TODAY)).toBe(2);
  expect(messages).toBe(
    "`FLIGHTDECK_SANDBOX_ENDPOINT` must be an address of this machine, as in http://127.0.0.1:4566, without a path, " +
      'got "http://example.com:4566"\n',
  );
  expect(readdirSync(folder)).toEqual([]);
});
