import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { TerraformStack } from "cdktf";
import { Key } from "../../../constructs/encryption/key";
import type { ReplicaStoreProps } from "../../../constructs/storage/replica-store";
import { ReplicaStore } from "../../../constructs/storage/replica-store";
import { IDENTITY, RecordingGrantee, failure } from "../../support/fixtures";
import { resolved, synthesize, testStack } from "../../support/synth";

const KEY_ARN = "arn:aws:kms:eu-west-1:111111111111:key/1";

function replicaIn(stack: TerraformStack, props: Partial<ReplicaStoreProps> = {}, region?: string): ReplicaStore {
  const provider = new AwsProvider(stack, "Replicas", { alias: "replicas", region });
  return new ReplicaStore(stack, "Replica", { identity: IDENTITY, storeName: "datasets", provider, ...props });
}
const replicaWith = (props: Partial<ReplicaStoreProps> = {}) =>
  synthesize((stack) => replicaIn(stack, props, "eu-west-1"));
const refused = (props: Partial<ReplicaStoreProps>, region?: string) =>
  failure(() => replicaIn(testStack(), props, region));
const keyIn = (stack: TerraformStack, keyArn = KEY_ARN) => Key.fromKeyAttributes(stack, "ReplicaKey", { keyArn });

describe("ReplicaStore with minimal props", () => {
  const out = replicaWith();

  test("is named after the region of the copies, and protected from being destroyed", () => {
    const name = "atlas-dev-datasets-111111111111-eu-west-1";

    expect(out.resource("aws_s3_bucket")).toEqual({
      bucket: name,
      force_destroy: false,
      lifecycle: { prevent_destroy: true },
      provider: "aws.replicas",
      tags: { Name: name },
    });
  });

  test("has a key of its own in that region, protected too", () => {
    expect(out.resource("aws_kms_key")).toMatchObject({
      provider: "aws.replicas",
      lifecycle: { prevent_destroy: true },
      tags: { Name: "atlas-dev-datasets-replica" },
    });
    expect(out.resource("aws_s3_bucket_server_side_encryption_configuration").rule).toEqual([
      {
        apply_server_side_encryption_by_default: {
          sse_algorithm: "aws:kms",
          kms_master_key_id: "${aws_kms_key.Replica_Key_29E01B67.arn}",
        },
        bucket_key_enabled: true,
      },
    ]);
  });

  test("makes everything through the provider of the other region", () => {
    const resources = Object.keys(out.counts()).flatMap((type) => Object.values(out.resources(type)));

    expect(resources).toHaveLength(9);
    expect(resources.filter(({ provider }) => provider !== "aws.replicas")).toEqual([]);
  });

  test("keeps its addresses", () => {
    expect(out.addresses("aws_s3_bucket")).toEqual({ "Replica/Resource": "aws_s3_bucket.Replica_DDFB2A87" });
    expect(out.addresses("aws_kms_key")).toEqual({ "Replica/Key/Resource": "aws_kms_key.Replica_Key_29E01B67" });
  });

  test("tells its ARN when it keeps versions, so that who copies waits for them", () => {
    const stack = testStack();
    const replica = replicaIn(stack, {}, "eu-west-1");

    expect(resolved(stack, replica.bucketArn)).toBe(
      "arn:aws:s3:::${aws_s3_bucket_versioning.Replica_Versioning_556A9FB1.bucket}",
    );
    expect(replica).toMatchObject({ region: "eu-west-1", objectLocked: false });
  });
});

describe("ReplicaStore with all props", () => {
  test("takes key, name, lifecycle and archives, and gives up its protection", () => {
    const out = synthesize((stack) => {
      const props = {
        encryptionKey: keyIn(stack),
        bucketName: "company-copies",
        noncurrentRetentionDays: 7,
        expireAfterDays: 365,
        intelligentTiering: { archiveAfterDays: 90 },
        deletionProtection: false,
      };
      replicaIn(stack, props, "eu-west-1");
    });

    expect(out.resource("aws_s3_bucket")).toMatchObject({ bucket: "company-copies", force_destroy: true });
    expect(out.resource("aws_s3_bucket")).not.toHaveProperty("lifecycle");
    expect(out.counts()).not.toHaveProperty("aws_kms_key");
    expect(out.resource("aws_s3_bucket_lifecycle_configuration").rule).toMatchObject([
      {},
      { noncurrent_version_expiration: [{ noncurrent_days: 7 }] },
      {},
      { transition: [{ days: 0, storage_class: "INTELLIGENT_TIERING" }] },
      { expiration: [{ days: 365 }] },
    ]);
    expect(out.resource("aws_s3_bucket_intelligent_tiering_configuration")).toEqual({
      bucket: "${aws_s3_bucket.Replica_DDFB2A87.bucket}",
      name: "archives",
      provider: "aws.replicas",
      tiering: [{ access_tier: "ARCHIVE_ACCESS", days: 90 }],
    });
  });

  test("has a lock where asked, and then keeps older versions as long and is never emptied", () => {
    const out = replicaWith({ objectLock: { mode: "governance", days: 90 }, deletionProtection: false });

    expect(out.resource("aws_s3_bucket")).toMatchObject({ object_lock_enabled: true, force_destroy: false });
    expect(out.resource("aws_s3_bucket_object_lock_configuration")).toMatchObject({
      provider: "aws.replicas",
      rule: { default_retention: { mode: "GOVERNANCE", days: 90 } },
    });
    expect(out.resource("aws_s3_bucket_lifecycle_configuration").rule).toMatchObject([
      {},
      { noncurrent_version_expiration: [{ noncurrent_days: 90 }] },
      {},
    ]);
  });
});

test("ReplicaStore grants give bucket, objects and the key of the copies", () => {
  const stack = testStack();
  const grant = replicaIn(stack, { encryptionKey: keyIn(stack) }, "eu-west-1").grantRead(
    new RecordingGrantee(),
    "raw/",
  );

  expect(resolved(stack, grant.statements)).toContainEqual({
    actions: ["kms:Decrypt", "kms:DescribeKey"],
    resources: [KEY_ARN],
  });
  expect(resolved(stack, grant.statements)).toContainEqual({
    actions: ["s3:GetObject", "s3:GetObjectVersion"],
    resources: ["arn:aws:s3:::${aws_s3_bucket_versioning.Replica_Versioning_556A9FB1.bucket}/raw/*"],
  });
});

describe("ReplicaStore refuses", () => {
  test.each([
    [undefined, "must be an AWS region such as eu-west-1, got nothing"],
    ["europe", 'must be an AWS region such as eu-west-1, got "europe"'],
    ["eu-central-1", 'must be another region than `identity.region`, got "eu-central-1"'],
    ["cn-north-1", 'must be in the same partition of AWS as `identity.region` (eu-central-1), got "cn-north-1"'],
  ])("a provider for the region %p", (region, rule) => {
    expect(refused({}, region)).toEqual({
      code: "INVALID_REPLICA_STORE_PROPS",
      message: `\`provider.region\` ${rule}\n  in test/Replica`,
    });
  });

  test("a key in another region than the copies", () => {
    const stack = testStack();
    const keyArn = "arn:aws:kms:eu-central-1:111111111111:key/1";

    expect(failure(() => replicaIn(stack, { encryptionKey: keyIn(stack, keyArn) }, "eu-west-1")).message).toBe(
      `\`encryptionKey\` must be in the region of the copies (eu-west-1), got "${keyArn}"\n  in test/Replica`,
    );
  });

  test("everything that is wrong at once", () => {
    const wrong: Partial<ReplicaStoreProps> = {
      storeName: "Data",
      bucketName: "-x",
      expireAfterDays: 0,
      noncurrentRetentionDays: 5,
      objectLock: { mode: "governance", days: 6 },
    };

    expect(refused(wrong, "eu-central-1").message.split("\n")).toEqual([
      '`storeName` must be lower-case letters and digits, in words joined by single hyphens, got "Data"',
      '`bucketName` must be 3 to 63 lower-case letters, digits and hyphens, with a letter or digit at both ends, got "-x"',
      '`provider.region` must be another region than `identity.region`, got "eu-central-1"',
      "`expireAfterDays` must be a whole number of days, at least 1, got 0",
      "`noncurrentRetentionDays` must be at least `objectLock.days` (6), since no version can be deleted before, got 5",
      "  in test/Replica",
    ]);
  });
});

describe("ReplicaStore.fromReplicaStoreAttributes", () => {
  const imported = (bucketName: string, region = "eu-west-1", objectLocked?: boolean) => {
    const stack = testStack();
    const attributes = { bucketName, region, encryptionKey: keyIn(stack), objectLocked };
    return ReplicaStore.fromReplicaStoreAttributes(stack, "Shared", attributes);
  };

  test("has name, ARN, region and lock, and can be granted", () => {
    const grantee = new RecordingGrantee();
    const store = imported("company-copies");
    store.grantReadWrite(grantee);

    expect(store).toMatchObject({
      bucketName: "company-copies",
      bucketArn: "arn:aws:s3:::company-copies",
      region: "eu-west-1",
      objectLocked: false,
    });
    expect(imported("company-copies", "eu-west-1", true).objectLocked).toBe(true);
    expect(grantee.statements.flatMap(({ resources }) => resources)).toEqual([
      KEY_ARN,
      "arn:aws:s3:::company-copies",
      "arn:aws:s3:::company-copies/*",
    ]);
  });

  test("refuses a name that no bucket has, and a key in another region", () => {
    expect(failure(() => imported("Copies", "eu-west-2"))).toEqual({
      code: "INVALID_REPLICA_STORE_ATTRIBUTES",
      message: [
        '`bucketName` must be 3 to 63 lower-case letters, digits and hyphens, with a letter or digit at both ends, got "Copies"',
        `\`encryptionKey\` must be in the region of the copies (eu-west-2), got "${KEY_ARN}"`,
        "  in test/Shared",
      ].join("\n"),
    });
  });
});
