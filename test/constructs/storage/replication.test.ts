import type { TerraformStack } from "cdktf";
import { Key } from "../../../constructs/encryption/key";
import type { ObjectStoreProps } from "../../../constructs/storage/object-store";
import { ObjectStore } from "../../../constructs/storage/object-store";
import type { ReplicaStoreAttributes } from "../../../constructs/storage/replica-store";
import { ReplicaStore } from "../../../constructs/storage/replica-store";
import type { ReplicationOptions } from "../../../constructs/storage/replication";
import { IDENTITY, failure } from "../../support/fixtures";
import type { ResourceJson, Synthesized } from "../../support/synth";
import { synthesize, testStack } from "../../support/synth";

const KEY_ARN = "arn:aws:kms:eu-central-1:111111111111:key/1";
const SOURCE = "${aws_s3_bucket.Models_C55D3500.arn}";
const COPY = "arn:aws:s3:::company-copies";

interface Given {
  readonly options?: Partial<ReplicationOptions>;
  readonly replica?: Partial<ReplicaStoreAttributes>;
  readonly props?: Partial<ObjectStoreProps>;
}

function storeIn(stack: TerraformStack, { options, replica = {}, props }: Given): ObjectStore {
  const { region = "eu-west-1" } = replica;
  const keyArn = `arn:aws:kms:${region}:111111111111:key/2`;
  const store = ReplicaStore.fromReplicaStoreAttributes(stack, "Copies", {
    bucketName: "company-copies",
    region,
    encryptionKey: Key.fromKeyAttributes(stack, "CopyKey", { keyArn }),
    ...replica,
  });
  return new ObjectStore(stack, "Models", {
    identity: IDENTITY,
    storeName: "models",
    encryptionKey: Key.fromKeyAttributes(stack, "Key", { keyArn: KEY_ARN }),
    replicateTo: { store, ...options },
    ...props,
  });
}
const replicated = (given: Given = {}) => synthesize((stack) => storeIn(stack, given));
const refused = (given: Given) => failure(() => storeIn(testStack(), given));
const ruleOf = (out: Synthesized) =>
  (out.resource("aws_s3_bucket_replication_configuration").rule as ResourceJson[])[0];

describe("a store that is copied", () => {
  const out = replicated();

  test("copies everything, encrypted anew, shows how late it is, and lets copies outlive deletions", () => {
    expect(ruleOf(out)).toEqual({
      id: "everything",
      priority: 1,
      status: "Enabled",
      filter: {},
      delete_marker_replication: { status: "Disabled" },
      source_selection_criteria: { sse_kms_encrypted_objects: { status: "Enabled" } },
      destination: {
        bucket: COPY,
        encryption_configuration: { replica_kms_key_id: "arn:aws:kms:eu-west-1:111111111111:key/2" },
        metrics: { status: "Enabled" },
      },
    });
  });

  test("waits for its versions and for the role's permissions", () => {
    expect(out.resource("aws_s3_bucket_replication_configuration").depends_on).toEqual([
      "aws_s3_bucket_versioning.Models_Versioning_A14CBC17",
      "aws_iam_role_policy.Models_ReplicationPolicy_E22A51E5",
    ]);
  });

  test("has a role that only S3 may take", () => {
    expect(out.resource("aws_iam_role")).toMatchObject({ name: "atlas-dev-models-replication" });
    expect(out.policy("aws_iam_role", undefined, "assume_role_policy")).toEqual({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { Service: "s3.amazonaws.com" }, Action: "sts:AssumeRole" }],
    });
  });

  test("lets the role read here, write there, and use either key for S3 on these buckets only", () => {
    const onKey = (action: unknown, key: string, region: string, bucket: string) => ({
      Effect: "Allow",
      Action: action,
      Resource: key,
      Condition: {
        StringEquals: { "kms:ViaService": `s3.${region}.amazonaws.com` },
        StringLike: { "kms:EncryptionContext:aws:s3:arn": [bucket, `${bucket}/*`] },
      },
    });

    expect(out.policy("aws_iam_role_policy")).toEqual({
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Action: ["s3:GetReplicationConfiguration", "s3:ListBucket"], Resource: SOURCE },
        {
          Effect: "Allow",
          Action: ["s3:GetObjectVersionAcl", "s3:GetObjectVersionForReplication", "s3:GetObjectVersionTagging"],
          Resource: `${SOURCE}/*`,
        },
        onKey("kms:Decrypt", KEY_ARN, "eu-central-1", SOURCE),
        {
          Effect: "Allow",
          Action: ["s3:ReplicateDelete", "s3:ReplicateObject", "s3:ReplicateTags"],
          Resource: `${COPY}/*`,
        },
        onKey(
          ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"],
          "arn:aws:kms:eu-west-1:111111111111:key/2",
          "eu-west-1",
          COPY,
        ),
      ],
    });
  });
});

test("time control brings its metrics, and deletions are copied where asked", () => {
  const time = { minutes: 15 };

  expect(ruleOf(replicated({ options: { timeControl: true, deleteMarkers: true } }))).toMatchObject({
    delete_marker_replication: { status: "Enabled" },
    destination: {
      replication_time: { status: "Enabled", time },
      metrics: { status: "Enabled", event_threshold: time },
    },
  });
});

test("metrics can be left out", () => {
  expect(ruleOf(replicated({ options: { metrics: false } }))?.["destination"]).not.toHaveProperty("metrics");
});

test("a store with a lock copies it, to a store that has one", () => {
  const out = replicated({
    replica: { objectLocked: true },
    props: { objectLock: { mode: "compliance", days: 1 } },
  });

  expect(out.policy("aws_iam_role_policy")).toMatchObject({
    Statement: [
      {},
      {
        Action: [
          "s3:GetObjectLegalHold",
          "s3:GetObjectRetention",
          "s3:GetObjectVersionAcl",
          "s3:GetObjectVersionForReplication",
          "s3:GetObjectVersionTagging",
        ],
      },
      {},
      {},
      {},
    ],
  });
});

test("S3 has its own name in China", () => {
  const props = { identity: { ...IDENTITY, region: "cn-north-1" } };

  expect(replicated({ replica: { region: "cn-northwest-1" }, props }).policy("aws_iam_role_policy")).toMatchObject({
    Statement: [
      {},
      {},
      { Condition: { StringEquals: { "kms:ViaService": "s3.cn-north-1.amazonaws.com.cn" } } },
      {},
      { Condition: { StringEquals: { "kms:ViaService": "s3.cn-northwest-1.amazonaws.com.cn" } } },
    ],
  });
});

describe("refused is a copy", () => {
  test.each<[string, Given, string]>([
    [
      "in the same region",
      { replica: { region: "eu-central-1" } },
      '`replicateTo.store` must be in another region than the store (eu-central-1), got "eu-central-1"',
    ],
    [
      "in another partition",
      { replica: { region: "cn-north-1" } },
      '`replicateTo.store` must be in the same partition of AWS as the store (aws), got "cn-north-1"',
    ],
    [
      "without a lock, of a store that has one",
      { props: { objectLock: { mode: "governance", days: 1 } } },
      '`replicateTo.store` must have an object lock, since the store has one, got "a store in eu-west-1 without"',
    ],
    [
      "with time control and without metrics",
      { options: { timeControl: true, metrics: false } },
      "`replicateTo.metrics` must be true with `timeControl`, got false",
    ],
  ])("%s", (_case, given, message) => {
    expect(refused(given)).toEqual({
      code: "INVALID_OBJECT_STORE_PROPS",
      message: `${message}\n  in test/Models`,
    });
  });
});
