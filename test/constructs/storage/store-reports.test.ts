import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack, Testing } from "cdktf";
import { Key } from "../../../constructs/encryption/key";
import { AccessLogStore } from "../../../constructs/storage/access-log-store";
import type { ObjectStoreProps } from "../../../constructs/storage/object-store";
import { ObjectStore } from "../../../constructs/storage/object-store";
import type { IAccessLogStore } from "../../../constructs/storage/store";
import { IDENTITY, failure } from "../../support/fixtures";
import { synth, synthesize, testStack } from "../../support/synth";

const BUCKET = "${aws_s3_bucket.Datasets_0030EE04.bucket}";
const TARGET = "${aws_s3_bucket_policy.AccessLogs_Policy_3C1D984A.bucket}";
const NAME = "atlas-dev-datasets-111111111111-eu-central-1";

type Reports = (logs: IAccessLogStore) => Partial<ObjectStoreProps>;
function storeIn(stack: TerraformStack, reports: Reports, logs: IAccessLogStore): void {
  const encryptionKey = Key.fromKeyAttributes(stack, "Key", {
    keyArn: "arn:aws:kms:eu-central-1:111111111111:key/1",
  });
  const common = { identity: IDENTITY, storeName: "datasets", encryptionKey };
  new ObjectStore(stack, "Datasets", { ...common, ...reports(logs) });
}
const storeWith = (reports: Reports) =>
  synthesize((stack) => storeIn(stack, reports, new AccessLogStore(stack, "AccessLogs", { identity: IDENTITY })));
const refused = (reports: Reports, bucketName = "company-logs", region = "eu-central-1") => {
  const stack = testStack();
  const logs = AccessLogStore.fromAccessLogStoreAttributes(stack, "Shared", { bucketName, region });
  return failure(() => storeIn(stack, reports, logs));
};
const allowedIn = (out: ReturnType<typeof storeWith>) =>
  (out.policy("aws_s3_bucket_policy", "AccessLogs/Policy") as { Statement: object[] }).Statement.slice(2);

describe("access logs", () => {
  const out = storeWith((store) => ({ accessLogs: { store } }));

  test("go to the other store when it takes them, in folders by day", () => {
    expect(out.resource("aws_s3_bucket_logging")).toEqual({
      bucket: BUCKET,
      target_bucket: TARGET,
      target_prefix: "access/",
      target_object_key_format: { partitioned_prefix: { partition_date_source: "EventTime" } },
    });
  });

  test("are allowed there for this store only, by name, so that neither store waits for the other", () => {
    expect(allowedIn(out)).toMatchObject([
      {
        Principal: { Service: "logging.s3.amazonaws.com" },
        Resource: expect.stringMatching(/\/access\/\*$/) as unknown,
        Condition: {
          ArnLike: { "aws:SourceArn": `arn:aws:s3:::${NAME}` },
          StringEquals: { "aws:SourceAccount": "111111111111" },
        },
      },
    ]);
  });

  test("take another prefix", () => {
    const prefixed = storeWith((store) => ({ accessLogs: { store, prefix: "s3/" } }));

    expect(prefixed.resource("aws_s3_bucket_logging")).toMatchObject({ target_prefix: "s3/" });
    expect(allowedIn(prefixed)).toMatchObject([{ Resource: expect.stringMatching(/\/s3\/\*$/) as unknown }]);
  });
});

describe("inventories", () => {
  const out = storeWith((store) => ({ inventory: { store } }));

  test("list every version each week, encrypted", () => {
    expect(out.resource("aws_s3_bucket_inventory")).toEqual({
      bucket: BUCKET,
      name: "everything",
      included_object_versions: "All",
      schedule: { frequency: "Weekly" },
      optional_fields: [
        "Size",
        "LastModifiedDate",
        "StorageClass",
        "IntelligentTieringAccessTier",
        "EncryptionStatus",
        "BucketKeyStatus",
        "ReplicationStatus",
      ],
      destination: {
        bucket: {
          account_id: "111111111111",
          bucket_arn: `arn:aws:s3:::${TARGET}`,
          encryption: { sse_s3: {} },
          format: "Parquet",
          prefix: "inventory",
        },
      },
    });
  });

  test("are allowed there for this store only", () => {
    expect(allowedIn(out)).toMatchObject([
      {
        Principal: { Service: "s3.amazonaws.com" },
        Resource: expect.stringMatching(/\/inventory\/\*$/) as unknown,
        Condition: { ArnLike: { "aws:SourceArn": `arn:aws:s3:::${NAME}` } },
      },
    ]);
  });

  test("tell the lock of each version where there is one", () => {
    const locked = storeWith((store) => ({ inventory: { store }, objectLock: { mode: "governance", days: 1 } }));

    expect(locked.resource("aws_s3_bucket_inventory")["optional_fields"]).toEqual(
      expect.arrayContaining(["Size", "ObjectLockMode", "ObjectLockRetainUntilDate"]),
    );
  });

  test("are made daily and under another prefix where asked", () => {
    const daily = storeWith((store) => ({ inventory: { store, frequency: "daily", prefix: "lists/s3/" } }));

    expect(daily.resource("aws_s3_bucket_inventory")).toMatchObject({
      schedule: { frequency: "Daily" },
      destination: { bucket: { prefix: "lists/s3" } },
    });
  });
});

test("a store in a later stack waits for the policy of the log store, which does not wait for it", () => {
  const app = Testing.app({ stackTraces: false });
  const [first, second] = ["first", "second"].map((id) => {
    const stack = new TerraformStack(app, id);
    new AwsProvider(stack, "Aws", { region: "eu-central-1" });
    return stack;
  }) as [TerraformStack, TerraformStack];
  const logs = new AccessLogStore(first, "AccessLogs", { identity: IDENTITY });
  storeIn(second, (store) => ({ accessLogs: { store } }), logs);

  // An app makes the references between its stacks before it synthesises any of them.
  [first, second].forEach((stack) => stack.prepareStack());
  const later = synth(second);
  const earlier = synth(first);
  expect(String(later.resource("aws_s3_bucket_logging")["target_bucket"])).toMatch(/terraform_remote_state.*_Policy_/);
  expect(JSON.stringify(earlier.json)).not.toContain("terraform_remote_state");
  expect(allowedIn(earlier)).toHaveLength(1);
});

describe("refused are", () => {
  const prefixRule =
    "must be a path that ends with a slash and does not start with one, such as raw/images/, without * ? and $";

  test("a store in another region, and prefixes that are none, all at once", () => {
    const both: Reports = (store) => ({
      accessLogs: { store, prefix: "access" },
      inventory: { store, prefix: "/lists/" },
    });

    expect(refused(both, "company-logs", "eu-west-1")).toEqual({
      code: "INVALID_OBJECT_STORE_PROPS",
      message: [
        '`accessLogs.store` must be in the region of the store (eu-central-1), got "eu-west-1"',
        `\`accessLogs.prefix\` ${prefixRule}, got "access"`,
        '`inventory.store` must be in the region of the store (eu-central-1), got "eu-west-1"',
        `\`inventory.prefix\` ${prefixRule}, got "/lists/"`,
        "  in test/Datasets",
      ].join("\n"),
    });
  });

  test("reports of a store on itself", () => {
    const both: Reports = (store) => ({ accessLogs: { store }, inventory: { store } });

    expect(refused(both, NAME)).toEqual({
      code: "INVALID_OBJECT_STORE_PROPS",
      message: [
        `\`accessLogs.store\` must be another bucket than the store itself, got "${NAME}"`,
        `\`inventory.store\` must be another bucket than the store itself, got "${NAME}"`,
        "  in test/Datasets",
      ].join("\n"),
    });
  });
});
