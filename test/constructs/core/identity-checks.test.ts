import { checkIdentity } from "../../../constructs/core/identity-checks";
import type { EnvironmentIdentity } from "../../../constructs/core/naming";
import { PropChecks } from "../../../constructs/core/prop-checks";
import { IDENTITY, failure } from "../../support/fixtures";

const check = (changes: Partial<EnvironmentIdentity>) =>
  checkIdentity(new PropChecks(undefined, "INVALID"), { ...IDENTITY, ...changes }).throwIfAny();
const words = "must be lower-case letters and digits, starting with a letter, in words joined by single hyphens";

test.each(["eu-central-1", "us-gov-west-1", "ap-southeast-2", "cn-north-1"])("takes the region %s", (region) => {
  expect(() => check({ region })).not.toThrow();
});

test("reports every part that is wrong", () => {
  expect(
    failure(() => check({ project: "1atlas", stage: "Dev", account: "11111111111", region: "europe" })).message,
  ).toBe(
    [
      `\`identity.project\` ${words}, got "1atlas"`,
      `\`identity.stage\` ${words}, got "Dev"`,
      '`identity.account` must be an AWS account id of 12 digits, got "11111111111"',
      '`identity.region` must be an AWS region such as eu-central-1, got "europe"',
    ].join("\n"),
  );
});

test.each([11, 13])("refuses an account of %i digits", (digits) => {
  const account = "1".repeat(digits);

  expect(failure(() => check({ account })).message).toBe(
    `\`identity.account\` must be an AWS account id of 12 digits, got "${account}"`,
  );
});
