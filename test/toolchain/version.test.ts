import { formatVersion, isAtLeast, parseVersion } from "../../toolchain/version";

test.each([
  ["Terraform v1.11.4\non linux_amd64", [1, 11, 4]],
  ["OpenTofu v1.10.0-beta1", [1, 10, 0]],
  ["Python 3.12", [3, 12, 0]],
])("%j is read", (text, version) => {
  expect(parseVersion(text)).toEqual(version);
});

test("a text without a version is none", () => {
  expect(parseVersion("command not found")).toBeUndefined();
});

test.each([
  [[1, 10, 0], true],
  [[1, 9, 9], false],
  [[1, 10, 1], true],
  [[2, 0, 0], true],
  [[0, 99, 0], false],
] as const)("%j is at least 1.10.0: %s", (version, expected) => {
  expect(isAtLeast(version, [1, 10, 0])).toBe(expected);
});

test("a version is written with three parts", () => {
  expect(formatVersion([1, 2, 3])).toBe("1.2.3");
});
