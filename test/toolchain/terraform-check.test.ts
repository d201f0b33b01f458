import { checkTerraform } from "../../toolchain/terraform-check";
import { FakeHost } from "./fake-host";

let host: FakeHost;
beforeEach(() => {
  host = new FakeHost();
});
afterEach(() => {
  host.remove();
});

test("Terraform that fits is found with its registry", async () => {
  const path = host.install("terraform", "echo 'Terraform v1.11.4'", "echo 'on linux_amd64'");
  expect((await checkTerraform(host)).tool).toEqual({
    product: "Terraform",
    binaryName: "terraform",
    path,
    version: "1.11.4",
    registry: "registry.terraform.io",
  });
});

test("OpenTofu is taken where there is no Terraform that fits", async () => {
  host.install("terraform", "echo 'Terraform v1.5.7'");
  const path = host.install("tofu", "echo 'OpenTofu v1.10.6'");
  expect((await checkTerraform(host)).tool).toEqual({
    product: "OpenTofu",
    binaryName: "tofu",
    path,
    version: "1.10.6",
    registry: "registry.opentofu.org",
  });
});

test("TERRAFORM_BINARY_NAME decides, as it does for cdktf", async () => {
  host.install("terraform", "echo 'Terraform v1.11.4'");
  host.env.TERRAFORM_BINARY_NAME = host.install("terraform-1.12", "echo 'Terraform v1.12.1'");
  expect((await checkTerraform(host)).version).toBe("1.12.1");
});

test("a TERRAFORM_BINARY_NAME that is not there is named", async () => {
  host.env.TERRAFORM_BINARY_NAME = "terrafrom";
  expect(await checkTerraform(host)).toEqual({
    name: "Terraform",
    status: "missing",
    detail: "TERRAFORM_BINARY_NAME is `terrafrom`, and no such program is on the PATH",
    fix: "see https://developer.hashicorp.com/terraform/install",
  });
});

test.each([
  ["brew", "darwin", "brew install hashicorp/tap/terraform"],
  ["winget", "win32", "winget install Hashicorp.Terraform"],
  ["dnf", "linux", "sudo dnf install -y opentofu"],
  ["pacman", "linux", "sudo pacman -S opentofu"],
])("missing Terraform comes with the command of %s", async (manager, platform, fix) => {
  host.platform = platform;
  host.install(manager);
  expect(await checkTerraform(host)).toEqual({
    name: "Terraform",
    status: "missing",
    detail: "neither `terraform` nor `tofu` is on the PATH: Flightdeck needs one of them, 1.10 or later",
    fix,
  });
});

test("a Terraform that is too old is named with its version and the reason", async () => {
  const path = host.install("terraform", "echo 'Terraform v1.9.8'");
  expect(await checkTerraform(host)).toMatchObject({
    status: "unfit",
    path,
    version: "1.9.8",
    detail: "Terraform 1.9.8 is too old: Flightdeck needs 1.10 or later, for S3's own state locking",
  });
});

test("a Terraform that does not run says what it said", async () => {
  const path = host.install("terraform", "echo 'wrong architecture' >&2", "exit 1");
  expect(await checkTerraform(host)).toMatchObject({
    status: "unfit",
    detail: `\`${path} version\` failed: wrong architecture`,
  });
});
