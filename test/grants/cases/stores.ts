import type { TerraformStack } from "cdktf";
import { AccessLogStore } from "../../../constructs/storage/access-log-store";
import { ObjectStore } from "../../../constructs/storage/object-store";
import { ReplicaStore } from "../../../constructs/storage/replica-store";
import type { IObjectStore } from "../../../constructs/storage/store";
import { IDENTITY } from "../../support/fixtures";
import type { Allowance, GrantCase } from "../grant-case";
import { DECRYPT, ENCRYPT_DECRYPT, importedKey, KEY_ARN, OTHER_KEY_ARN } from "./fixtures";

const BUCKET = "arn:aws:s3:::datasets";
const OTHER_BUCKET = "arn:aws:s3:::datasets-2";
/** An object under the prefix that some grants are limited to, and one beside it. */
const UNDER = `${BUCKET}/raw/a`;
const BESIDE = `${BUCKET}/raw-secret/a`;

const READ_OBJECTS = ["s3:GetObject", "s3:GetObjectVersion"];
const PUT_OBJECTS = ["s3:AbortMultipartUpload", "s3:ListMultipartUploadParts", "s3:PutObject"];
const READ_WRITE_OBJECTS = [...READ_OBJECTS, ...PUT_OBJECTS, "s3:DeleteObject"];
const LISTING = ["s3:ListBucket"];
const LISTING_UPLOADS = [...LISTING, "s3:ListBucketMultipartUploads"];
const PLACE = ["s3:GetBucketLocation"];

const attributes = (stack: TerraformStack) => ({
  bucketName: "datasets",
  region: "eu-central-1",
  encryptionKey: importedKey(stack),
});
const imported = (stack: TerraformStack): IObjectStore =>
  ObjectStore.fromObjectStoreAttributes(stack, "Store", attributes(stack));
const defined = (stack: TerraformStack): IObjectStore =>
  new ObjectStore(stack, "Store", {
    identity: IDENTITY,
    storeName: "datasets",
    encryptionKey: importedKey(stack),
  });
const replica = (stack: TerraformStack): IObjectStore =>
  ReplicaStore.fromReplicaStoreAttributes(stack, "Store", attributes(stack));

const onAll = (actions: readonly string[]): Allowance[] => [UNDER, BESIDE].map((resource) => ({ actions, resource }));
const under = (actions: readonly string[]): Allowance[] => [{ actions, resource: UNDER }];
const onBucket = (actions: readonly string[]): Allowance => ({ actions, resource: BUCKET });
const onPrefix = (actions: readonly string[]): Allowance => ({
  ...onBucket(actions),
  context: { "s3:prefix": "raw/2026/" },
});
const onKey = (actions: readonly string[]): Allowance => ({ actions, resource: KEY_ARN });

type Give = "grantRead" | "grantReadWrite" | "grantPut" | "grantDelete";
const whole: Readonly<Record<Give, readonly Allowance[]>> = {
  grantRead: [onBucket([...PLACE, ...LISTING]), ...onAll(READ_OBJECTS), onKey(DECRYPT)],
  grantReadWrite: [onBucket([...PLACE, ...LISTING_UPLOADS]), ...onAll(READ_WRITE_OBJECTS), onKey(ENCRYPT_DECRYPT)],
  grantPut: [onBucket(PLACE), ...onAll(PUT_OBJECTS), onKey(ENCRYPT_DECRYPT)],
  grantDelete: onAll(["s3:DeleteObject"]),
};
const limited: Readonly<Record<Give, readonly Allowance[]>> = {
  grantRead: [onBucket(PLACE), onPrefix(LISTING), ...under(READ_OBJECTS), onKey(DECRYPT)],
  grantReadWrite: [onBucket(PLACE), onPrefix(LISTING), ...under(READ_WRITE_OBJECTS), onKey(ENCRYPT_DECRYPT)],
  grantPut: [onBucket(PLACE), ...under(PUT_OBJECTS), onKey(ENCRYPT_DECRYPT)],
  grantDelete: under(["s3:DeleteObject"]),
};
const others = [OTHER_BUCKET, `${OTHER_BUCKET}/raw/a`, BESIDE, OTHER_KEY_ARN];
const contexts = [{ "s3:prefix": "raw-secret/" }];

const objectStoreCases = (Object.keys(whole) as Give[]).flatMap((give): GrantCase[] => {
  const method = `storage/private/store-base.${give}`;
  return [
    {
      ...{ method, others, contexts, allows: whole[give] },
      variant: "imported",
      grant: (stack, grantee) => imported(stack)[give](grantee),
    },
    {
      ...{ method, others, contexts, allows: whole[give] },
      variant: "defined",
      references: { "aws_s3_bucket.arn": BUCKET },
      grant: (stack, grantee) => defined(stack)[give](grantee),
    },
    {
      ...{ method, others, contexts, allows: limited[give] },
      variant: "with a prefix, of a copy in another region",
      grant: (stack, grantee) => replica(stack)[give](grantee, "raw/"),
    },
  ];
});

const logs = (stack: TerraformStack) =>
  AccessLogStore.fromAccessLogStoreAttributes(stack, "Logs", { bucketName: "datasets", region: "eu-central-1" });
const readLogs = { method: "storage/access-log-store.grantRead", others, contexts };
const withoutKey = (allows: readonly Allowance[]) => allows.filter(({ resource }) => resource !== KEY_ARN);

export const storeCases: readonly GrantCase[] = [
  ...objectStoreCases,
  {
    ...readLogs,
    variant: "imported",
    allows: withoutKey(whole.grantRead),
    grant: (stack, grantee) => logs(stack).grantRead(grantee),
  },
  {
    ...readLogs,
    variant: "with a prefix",
    allows: withoutKey(limited.grantRead),
    grant: (stack, grantee) => logs(stack).grantRead(grantee, "raw/"),
  },
  {
    ...readLogs,
    variant: "defined",
    allows: withoutKey(whole.grantRead),
    references: { "aws_s3_bucket.arn": BUCKET },
    grant: (stack, grantee) => new AccessLogStore(stack, "Logs", { identity: IDENTITY }).grantRead(grantee),
  },
];
