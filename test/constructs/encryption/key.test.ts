import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { KeyProps } from "../../../constructs/encryption/key";
import { Key } from "../../../constructs/encryption/key";
import { IDENTITY, RecordingGrantee, failure } from "../../support/fixtures";
import { resolved, synth, synthesize, testStack } from "../../support/synth";

const MINIMAL: KeyProps = { identity: IDENTITY, purpose: "data" };
const keyWith = (props: Partial<KeyProps> = {}, use: (key: Key) => void = () => undefined) =>
  synthesize((stack) => {
    use(new Key(stack, "Key", { ...MINIMAL, ...props }));
  });
const refused = (props: Partial<KeyProps>) => failure(() => new Key(testStack(), "Key", { ...MINIMAL, ...props }));

const ADMINISTRATION = {
  Sid: "AccountAdministersThroughIam",
  Effect: "Allow",
  Principal: { AWS: "arn:aws:iam::111111111111:root" },
  Action: "kms:*",
  Resource: "*",
};
const LOG_GROUPS = "arn:aws:logs:eu-central-1:111111111111:log-group:/aws/eks/atlas-dev/*";

describe("Key with minimal props", () => {
  const out = keyWith();

  test("rotates, waits 30 days before it is deleted, and is protected from being destroyed", () => {
    expect(out.resource("aws_kms_key")).toEqual({
      description: "Encrypts the data of atlas/dev",
      enable_key_rotation: true,
      deletion_window_in_days: 30,
      lifecycle: { prevent_destroy: true },
      policy: expect.any(String),
      tags: { Name: "atlas-dev-data" },
    });
  });

  test("has an alias named after environment and purpose", () => {
    expect(out.resource("aws_kms_alias")).toEqual({
      name: "alias/atlas-dev-data",
      target_key_id: "${aws_kms_key.Key_961B73FD.key_id}",
    });
  });

  test("leaves access to the IAM policies of its account, and to nobody else", () => {
    expect(out.policy("aws_kms_key")).toEqual({ Version: "2012-10-17", Statement: [ADMINISTRATION] });
  });

  test("names the account in the partition of its region", () => {
    const china = keyWith({ identity: { ...IDENTITY, region: "cn-north-1" } });

    expect(china.policy("aws_kms_key")).toMatchObject({
      Statement: [{ Principal: { AWS: "arn:aws-cn:iam::111111111111:root" } }],
    });
  });

  test("keeps its address", () => {
    expect(out.addresses("aws_kms_key")).toEqual({ "Key/Resource": "aws_kms_key.Key_961B73FD" });
    expect(out.addresses("aws_kms_alias")).toEqual({ "Key/Alias": "aws_kms_alias.Key_Alias_6C2E2031" });
  });
});

describe("Key with all props", () => {
  test("takes the deletion window and gives up its protection", () => {
    const key = keyWith({ deletionWindowDays: 7, deletionProtection: false }).resource("aws_kms_key");

    expect(key).toMatchObject({ deletion_window_in_days: 7 });
    expect(key).not.toHaveProperty("lifecycle");
  });

  test.each([7, 30])("takes a deletion window of %i days", (deletionWindowDays) => {
    expect(keyWith({ deletionWindowDays }).resource("aws_kms_key")).toMatchObject({
      deletion_window_in_days: deletionWindowDays,
    });
  });
});

test("a Key of another region, alias included, is made through the provider of that region", () => {
  const out = synthesize((stack) => {
    const provider = new AwsProvider(stack, "Replicas", { alias: "replicas", region: "eu-west-1" });
    new Key(stack, "Key", { ...MINIMAL, identity: { ...IDENTITY, region: "eu-west-1" }, provider });
  });

  expect(out.resource("aws_kms_key")).toMatchObject({ provider: "aws.replicas" });
  expect(out.resource("aws_kms_alias")).toMatchObject({ provider: "aws.replicas" });
});

describe("Key.allowCloudWatchLogs", () => {
  test("lets the service of the region encrypt the log groups of the pattern only", () => {
    const out = keyWith({}, (key) => key.allowCloudWatchLogs(LOG_GROUPS));

    expect(out.policy("aws_kms_key")).toEqual({
      Version: "2012-10-17",
      Statement: [
        ADMINISTRATION,
        {
          Effect: "Allow",
          Principal: { Service: "logs.eu-central-1.amazonaws.com" },
          Action: ["kms:Decrypt*", "kms:Describe*", "kms:Encrypt*", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
          Resource: "*",
          Condition: { ArnLike: { "kms:EncryptionContext:aws:logs:arn": LOG_GROUPS } },
        },
      ],
    });
  });

  test("allows two patterns, and one that is given twice once", () => {
    const flowLogs = "arn:aws:logs:eu-central-1:111111111111:log-group:/aws/vpc/atlas-dev";
    const out = keyWith({}, (key) => {
      [LOG_GROUPS, flowLogs, LOG_GROUPS].forEach((pattern) => key.allowCloudWatchLogs(pattern));
    });

    const { Statement: statements } = out.policy("aws_kms_key") as { Statement: object[] };
    expect(statements.slice(1)).toMatchObject([
      { Condition: { ArnLike: { "kms:EncryptionContext:aws:logs:arn": LOG_GROUPS } } },
      { Condition: { ArnLike: { "kms:EncryptionContext:aws:logs:arn": flowLogs } } },
    ]);
  });

  test.each([
    "*",
    "/aws/eks/atlas-dev",
    "arn:aws:logs:us-east-1:111111111111:log-group:/x",
    "arn:aws:logs:eu-central-1:222222222222:log-group:/x",
  ])("refuses %p", (pattern) => {
    const key = new Key(testStack(), "Key", MINIMAL);

    expect(failure(() => key.allowCloudWatchLogs(pattern))).toEqual({
      code: "INVALID_LOG_GROUP_ARN",
      message: `\`logGroupArnPattern\` must start with arn:aws:logs:eu-central-1:111111111111:log-group:, got "${pattern}"\n  in test/Key`,
    });
  });
});

describe.each([
  ["allowAutoScaling", "autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling"],
  ["allowSpotInstances", "spot.amazonaws.com/AWSServiceRoleForEC2Spot"],
] as const)("Key.%s", (method, role) => {
  const ofRole = {
    StringEquals: { "kms:CallerAccount": "111111111111" },
    ArnEquals: { "aws:PrincipalArn": `arn:aws:iam::111111111111:role/aws-service-role/${role}` },
  };

  test("lets one service-linked role of the account use the key, and pass that on to AWS services alone", () => {
    const out = keyWith({}, (key) => key[method]());

    const allowed = { Effect: "Allow", Principal: { AWS: "*" }, Resource: "*" };
    expect(out.policy("aws_kms_key")).toEqual({
      Version: "2012-10-17",
      Statement: [
        ADMINISTRATION,
        {
          ...allowed,
          Action: ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
          Condition: ofRole,
        },
        {
          ...allowed,
          Action: "kms:CreateGrant",
          Condition: { ...ofRole, Bool: { "kms:GrantIsForAWSResource": "true" } },
        },
      ],
    });
  });

  test("says the same once when it is asked twice", () => {
    const twice = keyWith({}, (key) => [0, 1].forEach(() => key[method]()));
    const { Statement: statements } = twice.policy("aws_kms_key") as { Statement: object[] };

    expect(statements).toHaveLength(3);
  });
});

test("a key knows whether Auto Scaling may use it", () => {
  const key = new Key(testStack(), "Key", MINIMAL);

  expect(key.allowsAutoScaling).toBe(false);
  key.allowAutoScaling();
  expect(key.allowsAutoScaling).toBe(true);
});

describe("Key grants", () => {
  test.each([
    ["grantDecrypt", ["kms:Decrypt", "kms:DescribeKey"]],
    [
      "grantEncryptDecrypt",
      ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey", "kms:ReEncryptFrom", "kms:ReEncryptTo"],
    ],
  ] as const)("%s gives exactly its actions on exactly this key", (method, actions) => {
    const grantee = new RecordingGrantee();
    const stack = testStack();
    const key = new Key(stack, "Key", MINIMAL);

    const grant = key[method](grantee);

    const statement = { actions, resources: ["${aws_kms_key.Key_961B73FD.arn}"] };
    expect(resolved(stack, grantee.statements)).toEqual([statement]);
    expect(resolved(stack, grant.statements)).toEqual([statement]);
  });

  test("grantVolumeEncryption lets EBS be passed the use of the key, and nobody else", () => {
    const grantee = new RecordingGrantee();
    const stack = testStack();
    new Key(stack, "Key", MINIMAL).grantVolumeEncryption(grantee);

    const resources = ["${aws_kms_key.Key_961B73FD.arn}"];
    expect(resolved(stack, grantee.statements)).toEqual([
      {
        actions: [
          "kms:Decrypt",
          "kms:DescribeKey",
          "kms:Encrypt",
          "kms:GenerateDataKeyWithoutPlaintext",
          "kms:ReEncryptFrom",
          "kms:ReEncryptTo",
        ],
        resources,
      },
      {
        actions: ["kms:CreateGrant"],
        resources,
        conditions: { Bool: { "kms:GrantIsForAWSResource": "true" } },
      },
    ]);
  });

  test("leave the policy of the key as it is", () => {
    const stack = testStack();
    new Key(stack, "Key", MINIMAL).grantEncryptDecrypt(new RecordingGrantee());

    expect(synth(stack).policy("aws_kms_key")).toMatchObject({ Statement: [ADMINISTRATION] });
  });
});

describe("Key refuses", () => {
  test.each([6, 31, 7.5, Number.NaN])("a deletion window of %p days", (deletionWindowDays) => {
    const shown = Number.isNaN(deletionWindowDays) ? '"NaN"' : deletionWindowDays;

    expect(refused({ deletionWindowDays })).toEqual({
      code: "INVALID_KEY_PROPS",
      message: `\`deletionWindowDays\` must be a whole number of days from 7 to 30, got ${shown}\n  in test/Key`,
    });
  });

  test("everything that is wrong at once", () => {
    const identity = { ...IDENTITY, project: "" };

    expect(refused({ identity, purpose: "My data", deletionWindowDays: 0 }).message.split("\n")).toEqual([
      '`identity.project` must be lower-case letters and digits, starting with a letter, in words joined by single hyphens, got ""',
      '`purpose` must be lower-case letters and digits, in words joined by single hyphens, got "My data"',
      "`deletionWindowDays` must be a whole number of days from 7 to 30, got 0",
      "  in test/Key",
    ]);
  });
});

describe("Key.fromKeyAttributes", () => {
  const keyArn = "arn:aws:kms:eu-central-1:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab";

  test("has ARN and id, can be granted, and defines nothing", () => {
    const grantee = new RecordingGrantee();
    const out = synthesize((stack) => {
      const key = Key.fromKeyAttributes(stack, "Shared", { keyArn });
      expect(key).toMatchObject({ keyArn, keyId: "1234abcd-12ab-34cd-56ef-1234567890ab" });
      key.grantDecrypt(grantee);
    });

    expect(out.counts()).toEqual({});
    expect(grantee.statements).toEqual([{ actions: ["kms:Decrypt", "kms:DescribeKey"], resources: [keyArn] }]);
  });

  test.each(["alias/data", "arn:aws:kms:eu-central-1:111111111111:alias/data", "1234abcd", ""])(
    "refuses %p",
    (wrong) => {
      expect(failure(() => Key.fromKeyAttributes(testStack(), "Shared", { keyArn: wrong }))).toEqual({
        code: "INVALID_KEY_ATTRIBUTES",
        message: `\`keyArn\` must be an ARN arn:<partition>:kms:<region>:<account>:key/<id>, got "${wrong}"\n  in test/Shared`,
      });
    },
  );
});
