import type { TerraformStack } from "cdktf";
import { Secret, type SecretProps } from "../../../constructs/encryption/secret";
import { importedKey, KEY_ARN } from "../../support/cluster";
import { failure, IDENTITY, RecordingGrantee } from "../../support/fixtures";
import { resolved, synthesize, testStack } from "../../support/synth";

const SECRET_ARN = "arn:aws:secretsmanager:eu-central-1:111111111111:secret:atlas/dev/tracking/oauth-AbC123";

function secretIn(stack: TerraformStack, props: Partial<SecretProps> = {}): Secret {
  return new Secret(stack, "OAuth", {
    identity: IDENTITY,
    secretName: "tracking/oauth",
    description: "OAuth client",
    encryptionKey: importedKey(stack),
    ...props,
  });
}
const secretWith = (props: Partial<SecretProps> = {}) => synthesize((stack) => secretIn(stack, props));
const refused = (props: Partial<SecretProps>) => failure(() => secretIn(testStack(), props));
const granted = (stack: TerraformStack, grantee: RecordingGrantee) => resolved(stack, grantee.statements);

const onSecret = (secretArn: string) => ({
  actions: ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"],
  resources: [secretArn],
});
const onKey = { actions: ["kms:Decrypt", "kms:DescribeKey"], resources: [KEY_ARN] };

describe("Secret with minimal props", () => {
  const out = secretWith();

  test("is named after environment and purpose, encrypted, kept for 30 days and protected from being destroyed", () => {
    expect(out.resource("aws_secretsmanager_secret")).toEqual({
      name: "atlas/dev/tracking/oauth",
      description: "OAuth client",
      kms_key_id: KEY_ARN,
      recovery_window_in_days: 30,
      lifecycle: { prevent_destroy: true },
      tags: { Name: "atlas/dev/tracking/oauth" },
    });
  });

  test("has no value: nothing of it passes through Terraform", () => {
    expect(out.counts()).toEqual({ aws_secretsmanager_secret: 1 });
  });

  test("keeps its address", () => {
    expect(out.addresses("aws_secretsmanager_secret")).toEqual({
      "OAuth/Resource": "aws_secretsmanager_secret.OAuth_20C81344",
    });
  });
});

test("Secret without protection can be deleted at once", () => {
  const secret = secretWith({ deletionProtection: false, recoveryWindowDays: 0 }).resource("aws_secretsmanager_secret");

  expect(secret).toMatchObject({ recovery_window_in_days: 0 });
  expect(secret).not.toHaveProperty("lifecycle");
});

test("Secret grants reading the value, and its key", () => {
  const stack = testStack();
  const grantee = new RecordingGrantee();
  secretIn(stack).grantRead(grantee);

  expect(granted(stack, grantee)).toEqual([onSecret("${aws_secretsmanager_secret.OAuth_20C81344.arn}"), onKey]);
});

describe("Secret refuses", () => {
  const words = "must be lower-case words joined by hyphens, in parts joined by slashes";
  const days = "must be a whole number of days from 7 to 30, or 0 to delete at once";

  test.each(["a", "a-1/b", "tracking/oauth/client"])("nothing about the name %s", (secretName) => {
    expect(secretWith({ secretName }).resource("aws_secretsmanager_secret")).toMatchObject({
      name: `atlas/dev/${secretName}`,
    });
  });

  test.each(["", "/a", "a/", "a//b", "A", "a_b"])("the name %j", (secretName) => {
    expect(refused({ secretName })).toEqual({
      code: "INVALID_SECRET_PROPS",
      message: `\`secretName\` ${words}, got "${secretName}"\n  in test/OAuth`,
    });
  });

  test("a name over 512 characters, environment included", () => {
    expect(secretWith({ secretName: "a".repeat(502) }).counts()).toEqual({ aws_secretsmanager_secret: 1 });
    expect(refused({ secretName: "a".repeat(503) }).message).toMatch(
      /^`secretName` must make a name of at most 512 characters, got "atlas\/dev\/aaa.*\n {2}in test\/OAuth$/,
    );
  });

  test.each([7, 30])("nothing about %d days", (recoveryWindowDays) => {
    expect(secretWith({ recoveryWindowDays }).resource("aws_secretsmanager_secret")).toMatchObject({
      recovery_window_in_days: recoveryWindowDays,
    });
  });

  test.each([6, 31, 7.5, -1])("%d days", (recoveryWindowDays) => {
    expect(refused({ recoveryWindowDays }).message).toBe(
      `\`recoveryWindowDays\` ${days}, got ${recoveryWindowDays}\n  in test/OAuth`,
    );
  });

  test("to delete at once what is protected, and a description that says nothing", () => {
    expect(refused({ recoveryWindowDays: 0, description: " " }).message.split("\n")).toEqual([
      '`description` must say what the value is, got " "',
      "`recoveryWindowDays` must not be 0 with `deletionProtection`: what is worth protecting is worth calling back, got 0",
      "  in test/OAuth",
    ]);
  });
});

describe("Secret.fromSecretAttributes", () => {
  const imported = (stack: TerraformStack, secretArn: string, withKey: boolean) =>
    Secret.fromSecretAttributes(stack, "Shared", {
      secretArn,
      ...(withKey ? { encryptionKey: importedKey(stack) } : {}),
    });

  test("can be granted, with its key where it has one", () => {
    const stack = testStack();
    const grantee = new RecordingGrantee();
    imported(stack, SECRET_ARN, true).grantRead(grantee);

    expect(granted(stack, grantee)).toEqual([onSecret(SECRET_ARN), onKey]);
  });

  test("needs no grant on the key that AWS manages", () => {
    const stack = testStack();
    const grantee = new RecordingGrantee();
    imported(stack, SECRET_ARN, false).grantRead(grantee);

    expect(granted(stack, grantee)).toEqual([onSecret(SECRET_ARN)]);
  });

  test("takes a reference, and defines nothing", () => {
    const out = synthesize((stack) => imported(stack, secretIn(stack).secretArn, false));

    expect(out.counts()).toEqual({ aws_secretsmanager_secret: 1 });
  });

  test("refuses an ARN without the end that AWS gives it", () => {
    const secretArn = "arn:aws:secretsmanager:eu-central-1:111111111111:secret:oauth";

    expect(failure(() => imported(testStack(), secretArn, false))).toEqual({
      code: "INVALID_SECRET_ATTRIBUTES",
      message:
        "`secretArn` must be an ARN arn:<partition>:secretsmanager:<region>:<account>:secret:<name>-<6 characters>, " +
        `got "${secretArn}"\n  in test/Shared`,
    });
  });
});
