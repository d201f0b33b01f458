import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { writeTerraformCliConfig } from "../../toolchain/terraform-cli-config";
import type { ProviderMirror } from "../../toolchain/provider-mirror";
import { FakeHost } from "./fake-host";

const AWS = "registry.terraform.io/hashicorp/aws";
const FOUND: ProviderMirror = { location: "/opt/mirror", origin: "found" };

let host: FakeHost;
let file: string;
beforeEach(() => {
  host = new FakeHost();
  file = join(host.root, "sandbox", "terraform.rc");
});
afterEach(() => {
  host.remove();
});

function write(mirror?: ProviderMirror): string | undefined {
  return writeTerraformCliConfig({ host, file, sources: [{ provider: AWS, mirror }] });
}

test("without a mirror and without a file of the user nothing is written", () => {
  expect(write()).toBeUndefined();
  expect(existsSync(file)).toBe(false);
});

test("a mirror that was found goes into a file of ours, for its provider alone", () => {
  expect(write(FOUND)).toBe(file);
  expect(readFileSync(file, "utf8")).toBe(`disable_checkpoint = true

provider_installation {
  filesystem_mirror {
    path    = "/opt/mirror"
    include = ["registry.terraform.io/hashicorp/aws"]
  }
  direct {
    exclude = ["registry.terraform.io/hashicorp/aws"]
  }
}
`);
});

test("a network mirror is written as one", () => {
  write({ location: "https://mirror.example.com/", origin: "named" });
  expect(readFileSync(file, "utf8")).toContain(`  network_mirror {
    url     = "https://mirror.example.com/"`);
});

test("a folder Terraform looks into by itself needs no file", () => {
  expect(write({ location: "/home/x/.terraform.d/plugins", origin: "implied" })).toBeUndefined();
});

test("the user's own file stays in force", () => {
  host.write("home/.terraformrc", 'plugin_cache_dir = "/cache"');
  expect(write(FOUND)).toBeUndefined();
  host.env.TF_CLI_CONFIG_FILE = host.write("own.rc");
  expect(write(FOUND)).toBe(host.env.TF_CLI_CONFIG_FILE);
});

test("a mirror the user names overrides his file", () => {
  host.write("home/.terraformrc");
  expect(write({ location: "/named", origin: "named" })).toBe(file);
});

test("a TF_CLI_CONFIG_FILE that is not there is replaced, so that Terraform does not warn on every call", () => {
  host.env.TF_CLI_CONFIG_FILE = "/nowhere/terraform.rc";
  expect(write()).toBe(file);
  expect(readFileSync(file, "utf8")).toBe("disable_checkpoint = true\n");
});
