import { isLeftover } from "../../../sandbox/deploy/running-terraform";
import { descendantsOf, isTerraform, parseProcesses } from "../../../sandbox/deploy/process-table";

const PROCESSES = parseProcesses(
  [
    "    1     0 /sbin/init",
    "  100     1 node node_modules/.bin/cdktf deploy x-dev-network",
    "  101   100 terraform apply -auto-approve",
    "  102   101 .terraform/providers/registry.terraform.io/hashicorp/aws/5.100.0/linux_amd64/terraform-provider-aws_v5.100.0_x5",
    "  200     1 terraform apply",
    "",
  ].join("\n"),
);
const parent = (pid: number) => ({ pid, parent: 0, command: "" });

test("the processes below a process are found at any depth", () => {
  expect(descendantsOf(100, PROCESSES).map(({ pid }) => pid)).toEqual([101, 102]);
});

test("a provider is not taken for Terraform", () => {
  expect(PROCESSES.filter((entry) => isTerraform(entry, "terraform")).map(({ pid }) => pid)).toEqual([101, 200]);
});

test("Terraform below the cdktf that a dead deploy noted is a leftover", () => {
  expect(isLeftover({ pid: 101, folder: "/s", ancestors: [parent(100), parent(1)] }, 100)).toBe(true);
});

test("Terraform whose cdktf is gone is a leftover", () => {
  expect(isLeftover({ pid: 200, folder: "/s", ancestors: [parent(1)] }, undefined)).toBe(true);
});

test("Terraform that somebody else started is none", () => {
  expect(isLeftover({ pid: 101, folder: "/s", ancestors: [parent(300), parent(1)] }, 100)).toBe(false);
});
