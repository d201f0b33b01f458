import { z } from "zod";
import { cacheSchema } from "./cache";
import { databaseSchema } from "./database";
import { imagesSchema } from "./images";

const days = () => z.int().positive();

const storeSchema = z.strictObject({
  noncurrentRetentionDays: days().describe("Days an overwritten or deleted object version is kept."),
  infrequentAccessAfterDays: days()
    .min(30, "must be at least 30: S3 moves no younger object to Standard-IA")
    .optional()
    .describe("Days after which objects move to S3 Standard-IA. Left out: they never move."),
  expireAfterDays: days()
    .optional()
    .describe("Days after which objects are deleted. Left out: they are kept for ever."),
  intelligentTiering: z
    .strictObject({
      archiveAfterDays: days()
        .optional()
        .describe("Days without access after which an object is archived, 90 to 730; reading it then takes hours."),
      deepArchiveAfterDays: days()
        .optional()
        .describe(
          "Days without access after which an object is archived deeper, 180 to 730; reading it then takes half a day.",
        ),
    })
    .optional()
    .describe(
      "Lets S3 move each object to the cheapest tier by its use; no default of infrequentAccessAfterDays applies then. Left out: objects stay in S3 Standard.",
    ),
  objectLock: z
    .strictObject({
      mode: z
        .enum(["governance", "compliance"])
        .describe(
          "governance: people with a special permission may delete; compliance: nobody may, not even the account's root.",
        ),
      days: days().describe("Days during which a new object version cannot be deleted."),
    })
    .optional()
    .describe("Write once, read many; must be there from the start. Left out: versions can be deleted."),
  replicate: z
    .boolean()
    .default(false)
    .describe("Whether new objects are copied to a bucket in `data.replicationRegion`."),
});

export const dataSchema = z
  .strictObject({
    keyDeletionWindowDays: z
      .int()
      .min(7, "must be 7 to 30, the waiting period KMS allows")
      .max(30, "must be 7 to 30, the waiting period KMS allows")
      .describe("Days between the deletion of a KMS key being asked for and done; until then it can be called back."),
    stores: z
      .strictObject({
        datasets: storeSchema.describe("Training and evaluation data."),
        artifacts: storeSchema.describe("What runs and pipelines leave behind: checkpoints, metrics files, caches."),
        models: storeSchema.describe("Released models, as serving reads them."),
        logs: storeSchema.describe("What workloads log: inference records, reports of drift."),
      })
      .describe("Object stores, each an encrypted, versioned, private bucket."),
    accessLogs: z
      .strictObject({
        enabled: z.boolean().describe("Whether S3 records each request to the stores."),
        retentionDays: days().describe("Days the records are kept."),
      })
      .describe("Records of who read or wrote which object, in a bucket of their own."),
    replicationRegion: z
      .string()
      .optional()
      .describe("Region that holds the copies of stores with `replicate`. Left out: nothing is copied."),
    database: databaseSchema,
    cache: cacheSchema,
    images: imagesSchema,
  })
  .describe("Data layer: keys, object stores, PostgreSQL, Redis and image repositories.");

export { storeSchema };
