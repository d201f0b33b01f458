import type { TerraformStack } from "cdktf";
import { PostgresDatabase } from "../../../constructs/database/postgres-database";
import { importedVpc } from "../../support/cluster";
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

const USERS = "arn:aws:rds-db:eu-central-1:111111111111:dbuser";
const RESOURCE_ID = "db-ABCDEFGHIJKLMNOPQRSTUVWXYZ";

const imported = (stack: TerraformStack) =>
  PostgresDatabase.fromPostgresDatabaseAttributes(stack, "Database", {
    identity: IDENTITY,
    endpointAddress: "atlas-dev-platform.abc.eu-central-1.rds.amazonaws.com",
    databaseName: "platform",
    dbiResourceId: RESOURCE_ID,
    securityGroupId: "sg-1",
    masterSecret: importedSecret(stack),
  });
const defined = (stack: TerraformStack) =>
  new PostgresDatabase(stack, "Database", {
    identity: IDENTITY,
    vpc: importedVpc(stack),
    encryptionKey: importedKey(stack),
    name: "platform",
    engineVersion: "18",
    instanceClass: "db.m7g.large",
    storageGiB: 100,
  });
const references = {
  "aws_db_instance.resource_id": RESOURCE_ID,
  "aws_db_instance.master_user_secret[0].secret_arn": SECRET_ARN,
};

const connect = {
  method: "database/postgres-database.grantConnect",
  allows: [{ actions: ["rds-db:connect"], resource: `${USERS}:${RESOURCE_ID}/tracking` }],
  others: [
    `${USERS}:${RESOURCE_ID}/tracking2`,
    `${USERS}:${RESOURCE_ID}/postgres`,
    `${USERS}:db-ZYXWVUTSRQPONMLKJIHGFEDCBA/tracking`,
  ],
};
const secret = {
  method: "database/postgres-database.grantReadMasterSecret",
  allows: [
    { actions: READ_SECRET, resource: SECRET_ARN },
    { actions: DECRYPT, resource: KEY_ARN },
  ],
  others: [OTHER_SECRET_ARN, OTHER_KEY_ARN],
};

export const postgresDatabaseCases: readonly GrantCase[] = [
  { ...connect, variant: "imported", grant: (stack, grantee) => imported(stack).grantConnect(grantee, "tracking") },
  {
    ...connect,
    variant: "defined",
    references,
    grant: (stack, grantee) => defined(stack).grantConnect(grantee, "tracking"),
  },
  { ...secret, variant: "imported", grant: (stack, grantee) => imported(stack).grantReadMasterSecret(grantee) },
  {
    ...secret,
    variant: "defined",
    references,
    grant: (stack, grantee) => defined(stack).grantReadMasterSecret(grantee),
  },
];
