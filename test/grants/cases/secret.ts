import { Secret } from "../../../constructs/encryption/secret";
import { IDENTITY } from "../../support/fixtures";
import type { GrantCase } from "../grant-case";
import {
  DECRYPT,
  importedKey,
  importedSecret,
  KEY_ARN,
  OTHER_KEY_ARN,
  OTHER_SECRET_ARN,
  READ_SECRET,
  SECRET_ARN,
} from "./fixtures";

const onSecret = { actions: READ_SECRET, resource: SECRET_ARN };
const read = {
  method: "encryption/secret.grantRead",
  allows: [onSecret, { actions: DECRYPT, resource: KEY_ARN }],
  others: [OTHER_SECRET_ARN, OTHER_KEY_ARN],
};

export const secretCases: readonly GrantCase[] = [
  { ...read, variant: "imported", grant: (stack, grantee) => importedSecret(stack).grantRead(grantee) },
  {
    ...read,
    variant: "imported without a key of its own",
    allows: [onSecret],
    grant: (stack, grantee) =>
      Secret.fromSecretAttributes(stack, "Secret", { secretArn: SECRET_ARN }).grantRead(grantee),
  },
  {
    ...read,
    variant: "defined",
    references: { "aws_secretsmanager_secret.arn": SECRET_ARN },
    grant: (stack, grantee) =>
      new Secret(stack, "Secret", {
        identity: IDENTITY,
        secretName: "oauth",
        description: "OAuth client",
        encryptionKey: importedKey(stack),
      }).grantRead(grantee),
  },
];
