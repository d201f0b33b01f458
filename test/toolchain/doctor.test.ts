import { join, resolve } from "node:path";
import { sandboxPrograms } from "../../catalog";
import { examine } from "../../toolchain/doctor";
import { FakeHost } from "./fake-host";

let host: FakeHost;
beforeEach(() => {
  host = new FakeHost();
});
afterEach(() => {
  host.remove();
});

test("on a bare machine every missing thing has the command that mends it", async () => {
  host.install("brew");
  host.platform = "darwin";
  const checks = await examine({
    host,
    nodeVersion: "18.20.0",
    projectFolder: join(host.root, "project"),
    requirementsFile: host.write("requirements.txt"),
    provider: { name: "hashicorp/aws", version: "5.100.0" },
    controlPlane: { pins: sandboxPrograms, moduleFolder: resolve(__dirname, "..", "..", "tools") },
  });
  expect(checks.map(({ name, status, fix }) => [name, status, fix])).toEqual([
    ["Node.js", "unfit", "brew install node@22"],
    ["CDKTF core", "missing", "npm ci --ignore-scripts"],
    ["Terraform", "missing", "brew install hashicorp/tap/terraform"],
    ["AWS provider", "later", undefined],
    ["Python", "missing", "brew install python@3.13"],
    ["Virtual environment", "later", undefined],
    ["Control plane", "later", undefined],
  ]);
});
