import type { TerraformStack } from "cdktf";
import { type IKey, Key } from "../../../constructs/encryption/key";
import { type ISecret, Secret } from "../../../constructs/encryption/secret";
import { IDENTITY } from "../../support/fixtures";

const KMS = "arn:aws:kms:eu-central-1:111111111111:key";
const SECRETS = "arn:aws:secretsmanager:eu-central-1:111111111111:secret";

export const KEY_ARN = `${KMS}/11111111-2222-3333-4444-555555555555`;
export const OTHER_KEY_ARN = `${KMS}/99999999-2222-3333-4444-555555555555`;
export const SECRET_ARN = `${SECRETS}:atlas/dev/oauth-a1b2c3`;
export const OTHER_SECRET_ARN = `${SECRETS}:atlas/dev/other-d4e5f6`;

export const DECRYPT = ["kms:Decrypt", "kms:DescribeKey"];
export const ENCRYPT_DECRYPT = [
  ...DECRYPT,
  "kms:Encrypt",
  "kms:GenerateDataKey",
  "kms:ReEncryptFrom",
  "kms:ReEncryptTo",
];
export const READ_SECRET = ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"];

export const definedKey = (stack: TerraformStack): IKey =>
  new Key(stack, "Key", { identity: IDENTITY, purpose: "data" });
export const importedKey = (stack: TerraformStack): IKey => Key.fromKeyAttributes(stack, "Key", { keyArn: KEY_ARN });
export const importedSecret = (stack: TerraformStack): ISecret =>
  Secret.fromSecretAttributes(stack, "Secret", { secretArn: SECRET_ARN, encryptionKey: importedKey(stack) });
