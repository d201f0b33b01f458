import { z } from "zod";

export const databaseSchema = z
  .strictObject({
    enabled: z.boolean().describe("Whether the environment has a PostgreSQL database."),
    engineVersion: z
      .string()
      .describe(
        "Version of PostgreSQL, in quotes: major alone, and RDS brings minor upgrades by itself, or with minor, and it stays there.",
      )
      .meta({ examples: ["18", "18.4"] }),
    instanceClass: z
      .string()
      .describe("Instance class.")
      .meta({ examples: ["db.t4g.medium", "db.m7g.large"] }),
    storageGiB: z
      .int()
      .min(20, "must be 20 to 65536")
      .max(65536, "must be 20 to 65536")
      .describe("Storage it starts with, in GiB (gp3, encrypted)."),
    maxStorageGiB: z
      .int()
      .min(20, "must be 20 to 65536")
      .max(65536, "must be 20 to 65536")
      .describe("Storage it may grow to by itself, in GiB."),
    multiAz: z.boolean().describe("Whether a standby in a second zone takes over when the first fails."),
    backupRetentionDays: z
      .int()
      .min(1, "must be 1 to 35")
      .max(35, "must be 1 to 35")
      .describe("Days back to which the database can be restored, to the second."),
    allowMajorVersionUpgrade: z
      .boolean()
      .default(false)
      .describe("Whether a new major version may be applied; true for that one deploy only, with applyImmediately."),
    applyImmediately: z
      .boolean()
      .default(false)
      .describe("Whether changes that interrupt the database are made at once, not in the maintenance window."),
    finalSnapshot: z.boolean().describe("Whether a snapshot is taken before the database is destroyed."),
  })
  .describe("Database of the platform's services: experiment tracking, orchestration, features.");
