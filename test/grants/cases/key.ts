import type { GrantCase } from "../grant-case";
import { DECRYPT, definedKey, ENCRYPT_DECRYPT, importedKey, KEY_ARN, OTHER_KEY_ARN } from "./fixtures";

const others = [OTHER_KEY_ARN];
const references = { "aws_kms_key.arn": KEY_ARN };
const decrypt = { method: "encryption/key.grantDecrypt", allows: [{ actions: DECRYPT, resource: KEY_ARN }], others };
const encrypt = {
  method: "encryption/key.grantEncryptDecrypt",
  allows: [{ actions: ENCRYPT_DECRYPT, resource: KEY_ARN }],
  others,
};
const volumes = {
  method: "encryption/key.grantVolumeEncryption",
  allows: [
    {
      actions: [
        ...DECRYPT,
        "kms:Encrypt",
        "kms:GenerateDataKeyWithoutPlaintext",
        "kms:ReEncryptFrom",
        "kms:ReEncryptTo",
      ],
      resource: KEY_ARN,
    },
    { actions: ["kms:CreateGrant"], resource: KEY_ARN, context: { "kms:GrantIsForAWSResource": "true" } },
  ],
  others,
  contexts: [{ "kms:GrantIsForAWSResource": "false" }],
};

export const keyCases: readonly GrantCase[] = [
  { ...decrypt, variant: "imported", grant: (stack, grantee) => importedKey(stack).grantDecrypt(grantee) },
  { ...decrypt, variant: "defined", references, grant: (stack, grantee) => definedKey(stack).grantDecrypt(grantee) },
  { ...encrypt, variant: "imported", grant: (stack, grantee) => importedKey(stack).grantEncryptDecrypt(grantee) },
  {
    ...encrypt,
    variant: "defined",
    references,
    grant: (stack, grantee) => definedKey(stack).grantEncryptDecrypt(grantee),
  },
  { ...volumes, variant: "imported", grant: (stack, grantee) => importedKey(stack).grantVolumeEncryption(grantee) },
  {
    ...volumes,
    variant: "defined",
    references,
    grant: (stack, grantee) => definedKey(stack).grantVolumeEncryption(grantee),
  },
];
