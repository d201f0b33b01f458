import type { TerraformStack } from "cdktf";
import { PostgresDatabase, type PostgresDatabaseProps } from "../../../constructs/database/postgres-database";
import { importedKey, importedVpc } from "../../support/cluster";
import { IDENTITY } from "../../support/fixtures";
import { type ResourceJson, type Synthesized, synthesize } from "../../support/synth";

/** A database `platform` of the least props, under the id `Database`. */
export function databaseIn(stack: TerraformStack, props: Partial<PostgresDatabaseProps> = {}): PostgresDatabase {
  return new PostgresDatabase(stack, "Database", {
    identity: IDENTITY,
    vpc: importedVpc(stack),
    encryptionKey: importedKey(stack),
    name: "platform",
    engineVersion: "18",
    instanceClass: "db.m7g.large",
    storageGiB: 100,
    ...props,
  });
}

/** A stack with that database. */
export function databaseWith(props: Partial<PostgresDatabaseProps> = {}): Synthesized {
  return synthesize((stack) => databaseIn(stack, props));
}

/** The instance of that database. */
export function instanceWith(props: Partial<PostgresDatabaseProps>): ResourceJson {
  return databaseWith(props).resource("aws_db_instance");
}
