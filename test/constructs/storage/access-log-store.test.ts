import type { TerraformStack } from "cdktf";
import type { AccessLogStoreProps } from "../../../constructs/storage/access-log-store";
import { AccessLogStore } from "../../../constructs/storage/access-log-store";
import { IDENTITY, RecordingGrantee, failure } from "../../support/fixtures";
import { resolved, synthesize, testStack } from "../../support/synth";

const BUCKET = "${aws_s3_bucket.Logs_6819BB44.bucket}";
const BUCKET_ARN = "${aws_s3_bucket.Logs_6819BB44.arn}";
const REPORTS = { bucketName: "company-datasets", account: "111111111111", prefix: "access/" };

const storeIn = (stack: TerraformStack, props: Partial<AccessLogStoreProps> = {}) =>
  new AccessLogStore(stack, "Logs", { identity: IDENTITY, ...props });
const storeWith = (props: Partial<AccessLogStoreProps> = {}, use: (store: AccessLogStore) => void = () => undefined) =>
  synthesize((stack) => use(storeIn(stack, props)));
const allowed = (use: (store: AccessLogStore) => void, region = "eu-central-1") => {
  const out = storeWith({ identity: { ...IDENTITY, region } }, use);
  return (out.policy("aws_s3_bucket_policy") as { Statement: object[] }).Statement.slice(2);
};

describe("AccessLogStore with minimal props", () => {
  const out = storeWith();

  test("is named after environment, account and region, and protected from being destroyed", () => {
    const name = "atlas-dev-access-logs-111111111111-eu-central-1";

    expect(out.resource("aws_s3_bucket")).toEqual({
      bucket: name,
      force_destroy: false,
      lifecycle: { prevent_destroy: true },
      tags: { Name: name },
    });
  });

  test("is encrypted with keys of S3, since S3 delivers access logs to no other bucket", () => {
    expect(out.resource("aws_s3_bucket_server_side_encryption_configuration")).toEqual({
      bucket: BUCKET,
      rule: [{ apply_server_side_encryption_by_default: { sse_algorithm: "AES256" } }],
    });
  });

  test("is closed to the public, keeps versions, and has no lock", () => {
    expect(out.counts()).toEqual({
      aws_s3_bucket: 1,
      aws_s3_bucket_lifecycle_configuration: 1,
      aws_s3_bucket_ownership_controls: 1,
      aws_s3_bucket_policy: 1,
      aws_s3_bucket_public_access_block: 1,
      aws_s3_bucket_server_side_encryption_configuration: 1,
      aws_s3_bucket_versioning: 1,
    });
  });

  test("lets nobody write, and nobody in without TLS 1.2", () => {
    expect(out.policy("aws_s3_bucket_policy")).toMatchObject({
      Statement: [
        { Sid: "DenyWithoutTls", Effect: "Deny" },
        { Sid: "DenyOldTls", Effect: "Deny" },
      ],
    });
    expect(allowed(() => undefined)).toEqual([]);
  });

  test("forgets after a year", () => {
    expect(out.resource("aws_s3_bucket_lifecycle_configuration").rule).toMatchObject([
      { id: "abort-incomplete-uploads" },
      { noncurrent_version_expiration: [{ noncurrent_days: 30 }] },
      { id: "remove-lone-delete-markers" },
      { expiration: [{ days: 365 }] },
    ]);
  });

  test("keeps its address", () => {
    expect(out.addresses("aws_s3_bucket")).toEqual({ "Logs/Resource": "aws_s3_bucket.Logs_6819BB44" });
  });
});

test("AccessLogStore takes names, days, and gives up its protection", () => {
  const out = storeWith({
    storeName: "audit",
    bucketName: "company-audit",
    expireAfterDays: 30,
    noncurrentRetentionDays: 1,
    deletionProtection: false,
  });

  expect(out.resource("aws_s3_bucket")).toEqual({
    bucket: "company-audit",
    force_destroy: true,
    tags: { Name: "company-audit" },
  });
  expect(out.resource("aws_s3_bucket_lifecycle_configuration").rule).toMatchObject([
    {},
    { noncurrent_version_expiration: [{ noncurrent_days: 1 }] },
    {},
    { expiration: [{ days: 30 }] },
  ]);
  expect(storeWith({ storeName: "audit" }).resource("aws_s3_bucket")).toMatchObject({
    bucket: "atlas-dev-audit-111111111111-eu-central-1",
  });
});

describe("AccessLogStore lets S3 write", () => {
  const statement = (service: string, prefix: string, partition = "aws") => ({
    Effect: "Allow",
    Principal: { Service: service },
    Action: "s3:PutObject",
    Resource: `${BUCKET_ARN}/${prefix}*`,
    Condition: {
      ArnLike: { "aws:SourceArn": `arn:${partition}:s3:::company-datasets` },
      StringEquals: { "aws:SourceAccount": "111111111111" },
    },
  });

  test("the access logs of one bucket under one prefix", () => {
    expect(allowed((store) => store.allowServerAccessLogs(REPORTS))).toEqual([
      statement("logging.s3.amazonaws.com", "access/"),
    ]);
  });

  test("the inventories of one bucket under one prefix", () => {
    expect(allowed((store) => store.allowInventories({ ...REPORTS, prefix: "inventory/" }))).toEqual([
      statement("s3.amazonaws.com", "inventory/"),
    ]);
  });

  test("for a source in the partition of its region, and twice the same once", () => {
    const twice = (store: AccessLogStore) => [1, 2].forEach(() => store.allowServerAccessLogs(REPORTS));

    expect(allowed(twice, "cn-north-1")).toEqual([statement("logging.s3.amazonaws.com", "access/", "aws-cn")]);
  });

  test("before it tells its name, so that who logs waits for the permission", () => {
    const stack = testStack();
    const policy = "${aws_s3_bucket_policy.Logs_Policy_0AE5C130.bucket}";

    expect(resolved(stack, storeIn(stack).bucketName)).toBe(policy);
  });
});

test("AccessLogStore.grantRead gives bucket and objects, under a prefix where asked, and no key", () => {
  const stack = testStack();
  const store = storeIn(stack);
  const objects = ["s3:GetObject", "s3:GetObjectVersion"];

  expect(resolved(stack, store.grantRead(new RecordingGrantee()).statements)).toEqual([
    { actions: ["s3:GetBucketLocation", "s3:ListBucket"], resources: [BUCKET_ARN] },
    { actions: objects, resources: [`${BUCKET_ARN}/*`] },
  ]);
  expect(resolved(stack, store.grantRead(new RecordingGrantee(), "access/").statements)).toContainEqual({
    actions: objects,
    resources: [`${BUCKET_ARN}/access/*`],
  });
  expect(failure(() => store.grantRead(new RecordingGrantee(), "access")).message).toMatch(/in test\/Logs$/);
});

test("AccessLogStore refuses everything that is wrong at once", () => {
  const wrong = { storeName: "Logs", bucketName: "ab", expireAfterDays: 0, noncurrentRetentionDays: 0 };

  expect(failure(() => storeIn(testStack(), wrong))).toEqual({
    code: "INVALID_ACCESS_LOG_STORE_PROPS",
    message: [
      '`storeName` must be lower-case letters and digits, in words joined by single hyphens, got "Logs"',
      '`bucketName` must be 3 to 63 lower-case letters, digits and hyphens, with a letter or digit at both ends, got "ab"',
      "`noncurrentRetentionDays` must be a whole number of days, at least 1, got 0",
      "`expireAfterDays` must be a whole number of days, at least 1, got 0",
      "  in test/Logs",
    ].join("\n"),
  });
});

describe("AccessLogStore.fromAccessLogStoreAttributes", () => {
  const imported = (bucketName: string, region = "eu-central-1") =>
    AccessLogStore.fromAccessLogStoreAttributes(testStack(), "Shared", { bucketName, region });

  test("has name, ARN and region, can be granted, and leaves the policy to its owner", () => {
    const store = imported("company-logs", "us-gov-west-1");
    const grantee = new RecordingGrantee();
    store.allowServerAccessLogs(REPORTS);
    store.allowInventories(REPORTS);
    store.grantRead(grantee);

    expect(store).toMatchObject({
      bucketName: "company-logs",
      bucketArn: "arn:aws-us-gov:s3:::company-logs",
      region: "us-gov-west-1",
    });
    expect(grantee.statements).toContainEqual({
      actions: ["s3:GetObject", "s3:GetObjectVersion"],
      resources: ["arn:aws-us-gov:s3:::company-logs/*"],
    });
    expect(store.node.children).toEqual([]);
  });

  test("refuses a name that no bucket has", () => {
    expect(failure(() => imported("Logs"))).toEqual({
      code: "INVALID_ACCESS_LOG_STORE_ATTRIBUTES",
      message:
        '`bucketName` must be 3 to 63 lower-case letters, digits and hyphens, with a letter or digit at both ends, got "Logs"\n  in test/Shared',
    });
  });
});
