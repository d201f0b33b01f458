import type { TerraformStack } from "cdktf";
import { Key } from "../../../constructs/encryption/key";
import type { ObjectStoreProps } from "../../../constructs/storage/object-store";
import { ObjectStore } from "../../../constructs/storage/object-store";
import { IDENTITY, RecordingGrantee, failure } from "../../support/fixtures";
import { resolved, synthesize, testStack } from "../../support/synth";

const KEY_ARN = "arn:aws:kms:eu-central-1:111111111111:key/1";
const BUCKET = "${aws_s3_bucket.Datasets_0030EE04.bucket}";
const BUCKET_ARN = "${aws_s3_bucket.Datasets_0030EE04.arn}";

function storeIn(stack: TerraformStack, props: Partial<ObjectStoreProps> = {}): ObjectStore {
  const encryptionKey = Key.fromKeyAttributes(stack, "Key", { keyArn: KEY_ARN });
  return new ObjectStore(stack, "Datasets", { identity: IDENTITY, storeName: "datasets", encryptionKey, ...props });
}
const storeWith = (props: Partial<ObjectStoreProps> = {}) => synthesize((stack) => storeIn(stack, props));
const refused = (props: Partial<ObjectStoreProps>) => failure(() => storeIn(testStack(), props));

describe("ObjectStore with minimal props", () => {
  const out = storeWith();

  test("is named after environment, store, account and region, and protected from being destroyed", () => {
    const name = "atlas-dev-datasets-111111111111-eu-central-1";

    expect(out.resource("aws_s3_bucket")).toEqual({
      bucket: name,
      force_destroy: false,
      lifecycle: { prevent_destroy: true },
      tags: { Name: name },
    });
  });

  test("is closed to the public in all four ways, and has no object ACLs", () => {
    expect(out.resource("aws_s3_bucket_public_access_block")).toEqual({
      bucket: BUCKET,
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
    expect(out.resource("aws_s3_bucket_ownership_controls")).toEqual({
      bucket: BUCKET,
      rule: { object_ownership: "BucketOwnerEnforced" },
    });
  });

  test("keeps versions", () => {
    expect(out.resource("aws_s3_bucket_versioning")).toEqual({
      bucket: BUCKET,
      versioning_configuration: { status: "Enabled" },
    });
  });

  test("encrypts with the given key, through a bucket key", () => {
    expect(out.resource("aws_s3_bucket_server_side_encryption_configuration")).toEqual({
      bucket: BUCKET,
      rule: [
        {
          apply_server_side_encryption_by_default: { sse_algorithm: "aws:kms", kms_master_key_id: KEY_ARN },
          bucket_key_enabled: true,
        },
      ],
    });
  });

  test("refuses everybody without TLS 1.2", () => {
    const denied = (sid: string, condition: object) => ({
      Sid: sid,
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: [BUCKET_ARN, `${BUCKET_ARN}/*`],
      Condition: condition,
    });

    expect(out.policy("aws_s3_bucket_policy")).toEqual({
      Version: "2012-10-17",
      Statement: [
        denied("DenyWithoutTls", { Bool: { "aws:SecureTransport": "false" } }),
        denied("DenyOldTls", { NumericLessThan: { "s3:TlsVersion": "1.2" } }),
      ],
    });
  });

  test("sets the policy after the public access block, and the lifecycle after versioning", () => {
    expect(out.resource("aws_s3_bucket_policy").depends_on).toEqual([
      "aws_s3_bucket_public_access_block.Datasets_PublicAccessBlock_166FA0C7",
    ]);
    expect(out.resource("aws_s3_bucket_lifecycle_configuration").depends_on).toEqual([
      "aws_s3_bucket_versioning.Datasets_Versioning_2DDDCADD",
    ]);
  });

  test("cleans up old versions and unfinished uploads, and moves or expires nothing", () => {
    const everything = { status: "Enabled", filter: [{ prefix: "" }] };

    expect(out.resource("aws_s3_bucket_lifecycle_configuration").rule).toEqual([
      {
        ...everything,
        id: "abort-incomplete-uploads",
        abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
      },
      { ...everything, id: "expire-noncurrent-versions", noncurrent_version_expiration: [{ noncurrent_days: 30 }] },
      { ...everything, id: "remove-lone-delete-markers", expiration: [{ expired_object_delete_marker: true }] },
    ]);
  });

  test("keeps its address", () => {
    expect(out.addresses("aws_s3_bucket")).toEqual({ "Datasets/Resource": "aws_s3_bucket.Datasets_0030EE04" });
  });
});

describe("ObjectStore with all props", () => {
  test("takes name and lifecycle, and is emptied when it is destroyed without protection", () => {
    const out = storeWith({
      bucketName: "company-datasets",
      deletionProtection: false,
      noncurrentRetentionDays: 90,
      infrequentAccessAfterDays: 60,
      expireAfterDays: 365,
    });

    expect(out.resource("aws_s3_bucket")).toEqual({
      bucket: "company-datasets",
      force_destroy: true,
      tags: { Name: "company-datasets" },
    });
    expect(out.resource("aws_s3_bucket_lifecycle_configuration").rule).toMatchObject([
      { id: "abort-incomplete-uploads" },
      { noncurrent_version_expiration: [{ noncurrent_days: 90 }] },
      { id: "remove-lone-delete-markers" },
      { transition: [{ days: 60, storage_class: "STANDARD_IA" }] },
      { expiration: [{ days: 365 }] },
    ]);
  });

  test("moves objects by use where asked", () => {
    const { rule } = storeWith({ intelligentTieringAfterDays: 0 }).resource("aws_s3_bucket_lifecycle_configuration");

    expect(rule).toContainEqual({
      id: "intelligent-tiering",
      status: "Enabled",
      filter: [{ prefix: "" }],
      transition: [{ days: 0, storage_class: "INTELLIGENT_TIERING" }],
    });
  });

  test("cuts a long name to 63 characters, with a hash", () => {
    const identity = { ...IDENTITY, project: "a-project-with-a-rather-long-name" };
    const { bucket } = storeWith({ identity }).resource("aws_s3_bucket");

    expect(bucket).toBe("a-project-with-a-rather-long-name-dev-datasets-1111111-036ad859");
    expect(bucket).toHaveLength(63);
  });
});

describe("ObjectStore with archives", () => {
  test("lets S3 move objects by use at once, and into the archives asked for", () => {
    const out = storeWith({ intelligentTiering: { archiveAfterDays: 90, deepArchiveAfterDays: 180 } });

    expect(out.resource("aws_s3_bucket_intelligent_tiering_configuration")).toEqual({
      bucket: BUCKET,
      name: "archives",
      tiering: [
        { access_tier: "ARCHIVE_ACCESS", days: 90 },
        { access_tier: "DEEP_ARCHIVE_ACCESS", days: 180 },
      ],
    });
    expect(out.resource("aws_s3_bucket_lifecycle_configuration").rule).toMatchObject([
      {},
      {},
      {},
      { transition: [{ days: 0, storage_class: "INTELLIGENT_TIERING" }] },
    ]);
  });

  test("has no archives unless asked for", () => {
    expect(storeWith({ intelligentTiering: {} }).counts()).not.toHaveProperty(
      "aws_s3_bucket_intelligent_tiering_configuration",
    );
  });
});

describe("ObjectStore with a lock", () => {
  test.each(["governance", "compliance"] as const)("is made with it, in %s mode, after versioning", (mode) => {
    const out = storeWith({ objectLock: { mode, days: 60 } });

    expect(out.resource("aws_s3_bucket")).toMatchObject({
      object_lock_enabled: true,
      lifecycle: { prevent_destroy: true },
    });
    expect(out.resource("aws_s3_bucket_object_lock_configuration")).toEqual({
      bucket: BUCKET,
      rule: { default_retention: { mode: mode.toUpperCase(), days: 60 } },
      depends_on: ["aws_s3_bucket_versioning.Datasets_Versioning_2DDDCADD"],
    });
  });

  test("keeps older versions as long as the lock holds them", () => {
    expect(
      storeWith({ objectLock: { mode: "governance", days: 60 } }).resource("aws_s3_bucket_lifecycle_configuration")
        .rule,
    ).toMatchObject([{}, { noncurrent_version_expiration: [{ noncurrent_days: 60 }] }, {}]);
  });

  test("is never emptied, not even without protection", () => {
    const bucket = storeWith({ objectLock: { mode: "governance", days: 60 }, deletionProtection: false });

    expect(bucket.resource("aws_s3_bucket")).toMatchObject({ force_destroy: false });
    expect(bucket.resource("aws_s3_bucket")).not.toHaveProperty("lifecycle");
  });

  test("refuses to delete versions that it locks", () => {
    expect(refused({ objectLock: { mode: "compliance", days: 60 }, noncurrentRetentionDays: 59 })).toEqual({
      code: "INVALID_OBJECT_STORE_PROPS",
      message:
        "`noncurrentRetentionDays` must be at least `objectLock.days` (60), since no version can be deleted before, got 59\n  in test/Datasets",
    });
  });
});

describe("ObjectStore grants", () => {
  const onKey = (...actions: string[]) => ({ actions, resources: [KEY_ARN] });
  const read = {
    bucket: ["s3:GetBucketLocation", "s3:ListBucket"],
    objects: ["s3:GetObject", "s3:GetObjectVersion"],
  };

  test.each([
    ["grantRead", read.bucket, read.objects, onKey("kms:Decrypt", "kms:DescribeKey")],
    [
      "grantReadWrite",
      [...read.bucket, "s3:ListBucketMultipartUploads"],
      [...read.objects, "s3:AbortMultipartUpload", "s3:DeleteObject", "s3:ListMultipartUploadParts", "s3:PutObject"],
      onKey(
        "kms:Decrypt",
        "kms:DescribeKey",
        "kms:Encrypt",
        "kms:GenerateDataKey",
        "kms:ReEncryptFrom",
        "kms:ReEncryptTo",
      ),
    ],
    [
      "grantPut",
      ["s3:GetBucketLocation"],
      ["s3:AbortMultipartUpload", "s3:ListMultipartUploadParts", "s3:PutObject"],
      onKey(
        "kms:Decrypt",
        "kms:DescribeKey",
        "kms:Encrypt",
        "kms:GenerateDataKey",
        "kms:ReEncryptFrom",
        "kms:ReEncryptTo",
      ),
    ],
  ] as const)("%s gives bucket, objects and key", (method, onBucket, onObjects, key) => {
    const stack = testStack();
    const grant = storeIn(stack)[method](new RecordingGrantee());

    expect(resolved(stack, grant.statements)).toEqual([
      { actions: onBucket, resources: [BUCKET_ARN] },
      { actions: onObjects, resources: [`${BUCKET_ARN}/*`] },
      key,
    ]);
  });

  test("grantDelete gives the objects alone", () => {
    const stack = testStack();
    const grant = storeIn(stack).grantDelete(new RecordingGrantee());

    expect(resolved(stack, grant.statements)).toEqual([
      { actions: ["s3:DeleteObject"], resources: [`${BUCKET_ARN}/*`] },
    ]);
  });

  test.each(["grantRead", "grantReadWrite", "grantPut", "grantDelete"] as const)(
    "%s can be limited to a prefix, and names the store when that is wrong",
    (method) => {
      const stack = testStack();
      const store = storeIn(stack);

      expect(resolved(stack, store[method](new RecordingGrantee(), "raw/").statements)).toContainEqual(
        expect.objectContaining({ resources: [`${BUCKET_ARN}/raw/*`] }),
      );
      expect(failure(() => store[method](new RecordingGrantee(), "raw")).message).toMatch(/in test\/Datasets$/);
    },
  );
});

describe("ObjectStore refuses", () => {
  const shape = "must be 3 to 63 lower-case letters, digits and hyphens, with a letter or digit at both ends";
  const reserved = "must not start or end in a way that S3 keeps for itself";

  test.each(["abc", "a".repeat(63), "1-2"])("nothing about the bucket name %s", (bucketName) => {
    expect(storeWith({ bucketName }).resource("aws_s3_bucket")).toMatchObject({ bucket: bucketName });
  });

  test.each([
    ["ab", shape],
    ["a".repeat(64), shape],
    ["Datasets", shape],
    ["data.sets", shape],
    ["-data", shape],
    ["data-", shape],
    ["xn--data", reserved],
    ["data-s3alias", reserved],
  ])("the bucket name %s", (bucketName, rule) => {
    expect(refused({ bucketName })).toEqual({
      code: "INVALID_OBJECT_STORE_PROPS",
      message: `\`bucketName\` ${rule}, got "${bucketName}"\n  in test/Datasets`,
    });
  });

  test("everything that is wrong at once", () => {
    const wrong = { storeName: "Data", noncurrentRetentionDays: 0, infrequentAccessAfterDays: 29, expireAfterDays: 10 };

    expect(refused(wrong).message.split("\n")).toEqual([
      '`storeName` must be lower-case letters and digits, in words joined by single hyphens, got "Data"',
      "`noncurrentRetentionDays` must be a whole number of days, at least 1, got 0",
      "`infrequentAccessAfterDays` must be a whole number of days, at least 30, got 29",
      "`expireAfterDays` must be later than `infrequentAccessAfterDays` (29), got 10",
      "  in test/Datasets",
    ]);
  });
});

describe("ObjectStore.fromObjectStoreAttributes", () => {
  const imported = (bucketName: string, region = "eu-central-1") => {
    const stack = testStack();
    const encryptionKey = Key.fromKeyAttributes(stack, "Key", { keyArn: KEY_ARN });
    return ObjectStore.fromObjectStoreAttributes(stack, "Shared", { bucketName, region, encryptionKey });
  };

  test("has name and ARN, and can be granted", () => {
    const grantee = new RecordingGrantee();
    const store = imported("company-datasets");
    store.grantRead(grantee);

    expect(store).toMatchObject({ bucketName: "company-datasets", bucketArn: "arn:aws:s3:::company-datasets" });
    expect(grantee.statements.map(({ resources }) => resources)).toEqual(
      expect.arrayContaining([["arn:aws:s3:::company-datasets"], ["arn:aws:s3:::company-datasets/*"], [KEY_ARN]]),
    );
  });

  test.each(["grantReadWrite", "grantPut", "grantDelete"] as const)("can be granted with %s", (method) => {
    const grantee = new RecordingGrantee();
    imported("company-datasets")[method](grantee, "raw/");

    expect(grantee.statements.flatMap(({ resources }) => resources)).toContain("arn:aws:s3:::company-datasets/raw/*");
  });

  test("has its ARN in the partition of its region", () => {
    expect(imported("company-datasets", "cn-north-1").bucketArn).toBe("arn:aws-cn:s3:::company-datasets");
  });

  test("defines nothing", () => {
    const out = synthesize((stack) => {
      const encryptionKey = Key.fromKeyAttributes(stack, "Key", { keyArn: KEY_ARN });
      ObjectStore.fromObjectStoreAttributes(stack, "Shared", {
        bucketName: "abc",
        region: "eu-central-1",
        encryptionKey,
      });
    });

    expect(out.counts()).toEqual({});
  });

  test("refuses a name that no bucket can have", () => {
    expect(failure(() => imported("My_Bucket"))).toEqual({
      code: "INVALID_OBJECT_STORE_ATTRIBUTES",
      message:
        '`bucketName` must be 3 to 63 lower-case letters, digits and hyphens, with a letter or digit at both ends, got "My_Bucket"\n' +
        "  in test/Shared",
    });
  });
});
