import { Fn, Token } from "cdktf";
import { Construct } from "constructs";
import { Key } from "../../../constructs/encryption/key";
import { ObjectStoreGrants } from "../../../constructs/storage/object-store-grants";
import { RecordingGrantee, failure } from "../../support/fixtures";
import { testStack } from "../../support/synth";

const bucketArn = "arn:aws:s3:::datasets";
const keyArn = "arn:aws:kms:eu-central-1:111111111111:key/1";
const METHODS = ["read", "readWrite", "put", "delete"] as const;
type Method = (typeof METHODS)[number];

const DECRYPT = { actions: ["kms:Decrypt", "kms:DescribeKey"], resources: [keyArn] };
const ENCRYPT_DECRYPT = {
  actions: [
    "kms:Decrypt",
    "kms:DescribeKey",
    "kms:Encrypt",
    "kms:GenerateDataKey",
    "kms:ReEncryptFrom",
    "kms:ReEncryptTo",
  ],
  resources: [keyArn],
};
const READ = ["s3:GetObject", "s3:GetObjectVersion"];
const READ_WRITE = [
  ...READ,
  "s3:AbortMultipartUpload",
  "s3:DeleteObject",
  "s3:ListMultipartUploadParts",
  "s3:PutObject",
];
const PUT = ["s3:AbortMultipartUpload", "s3:ListMultipartUploadParts", "s3:PutObject"];

function granted(give: Method, prefix?: string): RecordingGrantee["statements"] {
  const encryptionKey = Key.fromKeyAttributes(testStack(), "Key", { keyArn });
  const grantee = new RecordingGrantee();
  const grant = new ObjectStoreGrants({ bucketArn, encryptionKey })[give](grantee, prefix);
  expect(new Set(grant.statements)).toEqual(new Set(grantee.statements));
  return grant.statements as RecordingGrantee["statements"];
}

describe("on the whole store", () => {
  const onBucket = (...actions: string[]) => ({ actions, resources: [bucketArn] });
  const onObjects = (actions: string[]) => ({ actions, resources: [`${bucketArn}/*`] });

  test("reading is listing the bucket, getting objects and decrypting them", () => {
    expect(granted("read")).toEqual([onBucket("s3:GetBucketLocation", "s3:ListBucket"), onObjects(READ), DECRYPT]);
  });

  test("reading and writing adds uploads, deletes and encryption", () => {
    expect(granted("readWrite")).toEqual([
      onBucket("s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"),
      onObjects(READ_WRITE),
      ENCRYPT_DECRYPT,
    ]);
  });

  test("putting is uploading and encrypting, and nothing that gives objects out", () => {
    expect(granted("put")).toEqual([onBucket("s3:GetBucketLocation"), onObjects(PUT), ENCRYPT_DECRYPT]);
  });

  test("deleting needs neither bucket nor key", () => {
    expect(granted("delete")).toEqual([onObjects(["s3:DeleteObject"])]);
  });

  test("a store without a key of ours needs no permission on one", () => {
    const grantee = new RecordingGrantee();
    new ObjectStoreGrants({ bucketArn }).read(grantee);

    expect(grantee.statements).toEqual([onBucket("s3:GetBucketLocation", "s3:ListBucket"), onObjects(READ)]);
  });
});

describe("under a prefix", () => {
  const whole = { actions: ["s3:GetBucketLocation"], resources: [bucketArn] };
  const listing = (...actions: string[]) => ({
    actions,
    resources: [bucketArn],
    conditions: { StringLike: { "s3:prefix": "raw/*" } },
  });
  const onObjects = (actions: string[]) => ({ actions, resources: [`${bucketArn}/raw/*`] });

  test("reading lists and gets what lies there", () => {
    expect(granted("read", "raw/")).toEqual([whole, listing("s3:ListBucket"), onObjects(READ), DECRYPT]);
  });

  test("reading and writing stays there", () => {
    expect(granted("readWrite", "raw/")).toEqual([
      whole,
      listing("s3:ListBucket"),
      onObjects(READ_WRITE),
      ENCRYPT_DECRYPT,
    ]);
  });

  test("putting and deleting stay there, and list nothing", () => {
    expect(granted("put", "raw/")).toEqual([whole, onObjects(PUT), ENCRYPT_DECRYPT]);
    expect(granted("delete", "raw/")).toEqual([onObjects(["s3:DeleteObject"])]);
  });

  test("a prefix known only after apply is taken as it is", () => {
    const prefix = Token.asString(Fn.join("", ["raw", "/"]));

    expect(granted("delete", prefix)).toEqual([
      { actions: ["s3:DeleteObject"], resources: [`${bucketArn}/${prefix}*`] },
    ]);
  });
});

describe("a prefix", () => {
  test.each(["a/", "raw/images/", "models/v1.2/", "team a/"])("may be %p", (prefix) => {
    expect(() => granted("read", prefix)).not.toThrow();
  });

  const wrong = ["", "/", "raw", "/raw/", "raw/*/", "ra?/", "${aws:username}/"];
  test.each(METHODS.flatMap((method) => wrong.map((prefix) => [prefix, method] as const)))(
    "must not be %p for %s",
    (prefix, method) => {
      const stack = testStack();
      const grantee = new RecordingGrantee();
      const grants = new ObjectStoreGrants({ bucketArn }, new Construct(stack, "Datasets"));

      expect(failure(() => grants[method](grantee, prefix))).toEqual({
        code: "INVALID_PREFIX",
        message: `\`prefix\` must be a path that ends with a slash and does not start with one, such as raw/images/, without * ? and $, got ${JSON.stringify(prefix)}\n  in test/Datasets`,
      });
      expect(grantee.statements).toEqual([]);
    },
  );
});
