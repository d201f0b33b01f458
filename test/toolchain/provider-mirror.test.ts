import { join } from "node:path";
import { findProviderMirror } from "../../toolchain/provider-mirror";
import { ToolchainError } from "../../toolchain/toolchain-error";
import { FakeHost } from "./fake-host";

const RELEASE = { registry: "registry.terraform.io", name: "hashicorp/aws", version: "5.100.0" };
const UNPACKED = "registry.terraform.io/hashicorp/aws/5.100.0/linux_amd64/terraform-provider-aws_v5.100.0_x5";
const PACKED = "registry.terraform.io/hashicorp/aws/terraform-provider-aws_5.100.0_linux_amd64.zip";

let host: FakeHost;
let opt: string;
beforeEach(() => {
  host = new FakeHost();
  opt = join(host.root, "opt");
});
afterEach(() => {
  host.remove();
});

test("without a mirror there is none", () => {
  expect(findProviderMirror(host, RELEASE, opt)).toBeUndefined();
});

test.each([UNPACKED, PACKED])("a folder below /opt that holds %s is found", (file) => {
  host.write(`opt/terraform-mirror/${file}`);
  expect(findProviderMirror(host, RELEASE, opt)).toEqual({ location: join(opt, "terraform-mirror"), origin: "found" });
});

test.each([
  ["another version", UNPACKED.replaceAll("5.100.0", "5.99.0")],
  ["another platform", UNPACKED.replace("linux_amd64", "darwin_arm64")],
  ["another registry", UNPACKED.replace("terraform.io", "opentofu.org")],
])("a folder that holds %s is not a mirror for it", (_, file) => {
  host.write(`opt/terraform-mirror/${file}`);
  expect(findProviderMirror(host, RELEASE, opt)).toBeUndefined();
});

test("a folder Terraform itself looks into comes before /opt", () => {
  host.write(`opt/terraform-mirror/${UNPACKED}`);
  host.write(`home/.terraform.d/plugins/${UNPACKED}`);
  expect(findProviderMirror(host, RELEASE, opt)).toEqual({
    location: join(host.home, ".terraform.d", "plugins"),
    origin: "implied",
  });
});

test("the mirror named comes before all others", () => {
  host.write(`home/.terraform.d/plugins/${UNPACKED}`);
  host.write(`named/${UNPACKED}`);
  host.env.FLIGHTDECK_PROVIDER_MIRROR = join(host.root, "named");
  expect(findProviderMirror(host, RELEASE, opt)).toEqual({ location: join(host.root, "named"), origin: "named" });
});

test("a network mirror is taken as it is", () => {
  host.env.FLIGHTDECK_PROVIDER_MIRROR = "https://mirror.example.com/providers/";
  expect(findProviderMirror(host, RELEASE, opt)).toEqual({
    location: "https://mirror.example.com/providers/",
    origin: "named",
  });
});

test("a named folder that lacks the provider is refused", () => {
  host.env.FLIGHTDECK_PROVIDER_MIRROR = "/nowhere";
  expect(() => findProviderMirror(host, RELEASE, opt)).toThrow(
    new ToolchainError(
      "PROVIDER_MIRROR_EMPTY",
      "FLIGHTDECK_PROVIDER_MIRROR must be a provider mirror that holds registry.terraform.io/hashicorp/aws 5.100.0 for linux_amd64, got `/nowhere`; fill it with `terraform providers mirror`",
    ),
  );
});
