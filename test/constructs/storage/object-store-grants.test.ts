import { ObjectStoreGrants } from "../../../constructs/storage/object-store-grants";
import { Key } from "../../../constructs/encryption/key";
import { RecordingGrantee } from "../../support/fixtures";
import { testStack } from "../../support/synth";

const bucketArn = "arn:aws:s3:::datasets";
const keyArn = "arn:aws:kms:eu-central-1:111111111111:key/1";

function granted(give: "read" | "readWrite"): RecordingGrantee["statements"] {
  const encryptionKey = Key.fromKeyAttributes(testStack(), "Key", { keyArn });
  const grantee = new RecordingGrantee();
  const grant = new ObjectStoreGrants({ bucketArn, encryptionKey })[give](grantee);
  expect(new Set(grant.statements)).toEqual(new Set(grantee.statements));
  return grantee.statements;
}

test("reading is listing the bucket, getting objects and decrypting them", () => {
  expect(granted("read")).toEqual(
    expect.arrayContaining([
      { actions: ["s3:GetBucketLocation", "s3:ListBucket"], resources: [bucketArn] },
      { actions: ["s3:GetObject", "s3:GetObjectVersion"], resources: [`${bucketArn}/*`] },
      { actions: ["kms:Decrypt", "kms:DescribeKey"], resources: [keyArn] },
    ]),
  );
  expect(granted("read")).toHaveLength(3);
});

test("reading and writing adds uploads, deletes and encryption", () => {
  expect(granted("readWrite")).toEqual(
    expect.arrayContaining([
      { actions: ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"], resources: [bucketArn] },
      {
        actions: [
          "s3:GetObject",
          "s3:GetObjectVersion",
          "s3:AbortMultipartUpload",
          "s3:DeleteObject",
          "s3:ListMultipartUploadParts",
          "s3:PutObject",
        ],
        resources: [`${bucketArn}/*`],
      },
      {
        actions: [
          "kms:Decrypt",
          "kms:DescribeKey",
          "kms:Encrypt",
          "kms:GenerateDataKey",
          "kms:ReEncryptFrom",
          "kms:ReEncryptTo",
        ],
        resources: [keyArn],
      },
    ]),
  );
  expect(granted("readWrite")).toHaveLength(3);
});
