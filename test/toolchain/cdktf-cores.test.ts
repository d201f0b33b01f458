import { join } from "node:path";
import { checkCdktfCores } from "../../toolchain/cdktf-cores";
import { FakeHost } from "./fake-host";

let host: FakeHost;
beforeEach(() => {
  host = new FakeHost();
});
afterEach(() => {
  host.remove();
});

function addPackage(folder: string, name: string, version: string): void {
  host.write(`project/node_modules/${folder}/package.json`, JSON.stringify({ name, version }));
}
const check = () => checkCdktfCores(join(host.root, "project"));

test("one copy is fine", () => {
  addPackage("cdktf", "cdktf", "0.21.0");
  expect(check()).toEqual({
    name: "CDKTF core",
    status: "ok",
    version: "cdktf 0.21.0",
    detail: "one copy for all providers",
  });
});

test("two copies are named with their places", () => {
  addPackage("cdktf", "cdktn", "0.24.0");
  addPackage("@cdktf/provider-aws/node_modules/cdktf", "cdktf", "0.21.0");
  expect(check()).toMatchObject({
    status: "unfit",
    detail:
      "2 copies: cdktn 0.24.0 in node_modules/cdktf, cdktf 0.21.0 in node_modules/@cdktf/provider-aws/node_modules/cdktf",
  });
});

test("none at all means that packages are not installed", () => {
  expect(check()).toMatchObject({ status: "missing", fix: "npm ci --ignore-scripts" });
});
