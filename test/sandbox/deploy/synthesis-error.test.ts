import { synthesisError } from "../../../sandbox/deploy/synthesis-error";

test("a message of several lines is kept whole", () => {
  const lines = [
    "ERROR: cdktf encountered an error while synthesizing",
    "Synth command: node --import tsx main.ts",
    "Command output on stderr:",
    '    config/environments/atlas/dev.yaml:3 account: must be 12 digits, got "12"',
    '    config/environments/atlas/dev.yaml:4 region: is not a region, got "mars"',
  ];
  expect(synthesisError(lines)).toBe(
    'config/environments/atlas/dev.yaml:3 account: must be 12 digits, got "12"\nconfig/environments/atlas/dev.yaml:4 region: is not a region, got "mars"',
  );
});

test("without output on stderr everything cdktf said is shown", () => {
  const lines = ["ERROR: cdktf encountered an error while synthesizing", "Error:         non-zero exit code 1"];
  expect(synthesisError(lines)).toBe(lines.join("\n"));
});

test("other trouble is none of synthesis", () => {
  expect(synthesisError(["Invoking Terraform CLI failed with exit code 1"])).toBeUndefined();
});
