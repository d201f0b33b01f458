import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { prepareStackFolder, setStrandedStateAside, strandedState } from "../../../sandbox/deploy/stack-folder";

const PROVIDER = {
  registry: "registry.terraform.io",
  name: "hashicorp/aws",
  version: "5.100.0",
  constraints: ">= 5.100.0, < 7.0.0",
};
const SETTINGS = { providers: [PROVIDER], endpoint: "http://127.0.0.1:4566", bucket: "state" };
const PINNED = `provider "registry.terraform.io/hashicorp/aws" {
  version     = "5.100.0"
  constraints = ">= 5.100.0, < 7.0.0"
}
`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "stack-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

test("the provider is pinned in a folder that is not there yet", () => {
  const fresh = join(folder, "stacks", "a-dev-network");
  prepareStackFolder(fresh, SETTINGS);
  expect(readFileSync(join(fresh, ".terraform.lock.hcl"), "utf8")).toBe(PINNED);
});

test("checksums that Terraform has added to the pin stay", () => {
  const filled = PINNED.replace("\n}", '\n  hashes = [\n    "h1:abc=",\n  ]\n}');
  writeFileSync(join(folder, ".terraform.lock.hcl"), filled);
  prepareStackFolder(folder, SETTINGS);
  expect(readFileSync(join(folder, ".terraform.lock.hcl"), "utf8")).toBe(filled);
});

test.each([
  ["another version", PINNED.replace("5.100.0", "6.25.0")],
  ["another window", PINNED.replace("< 7.0.0", "< 6.0.0")],
  ["the registry of the other product", PINNED.replace("terraform.io", "opentofu.org")],
])("a lock file with %s is replaced, and the provider installed for it goes", (_, text) => {
  mkdirSync(join(folder, ".terraform", "providers"), { recursive: true });
  writeFileSync(join(folder, ".terraform.lock.hcl"), text);
  prepareStackFolder(folder, SETTINGS);
  expect(readFileSync(join(folder, ".terraform.lock.hcl"), "utf8")).toBe(PINNED);
  expect(existsSync(join(folder, ".terraform", "providers"))).toBe(false);
});

const backend = (s3: string, bucket: string) => JSON.stringify({ backend: { config: { bucket, endpoints: { s3 } } } });

test.each([
  ["of another port", backend("http://127.0.0.1:4567", "state"), []],
  ["of another bucket", backend("http://127.0.0.1:4566", "other"), []],
  ["that Terraform was killed over", '{"backend":', []],
  ["of the same sandbox", backend("http://127.0.0.1:4566", "state"), ["terraform.tfstate"]],
])("backend settings %s: only those that still hold are kept, so that no other is a migration", (_, text, kept) => {
  mkdirSync(join(folder, ".terraform"));
  writeFileSync(join(folder, ".terraform", "terraform.tfstate"), text);
  prepareStackFolder(folder, SETTINGS);
  expect(readdirSync(join(folder, ".terraform"))).toEqual(kept);
});

test("a state that was not uploaded is found, and kept when it is set aside", () => {
  expect(strandedState(folder)).toBeUndefined();
  writeFileSync(join(folder, "errored.tfstate"), "state");
  const file = strandedState(folder) ?? "";
  const aside = setStrandedStateAside(file, new Date("2026-11-21T10:00:00Z"));
  expect(aside).toBe(join(folder, "errored.tfstate.2026-11-21T10-00-00-000Z"));
  expect(readFileSync(aside, "utf8")).toBe("state");
  expect(strandedState(folder)).toBeUndefined();
});
