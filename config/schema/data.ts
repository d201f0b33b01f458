import { z } from "zod";

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
        logs: storeSchema.describe("Access and flow logs."),
      })
      .describe("Object stores, each an encrypted, versioned, private bucket."),
  })
  .describe("Data layer: keys and object stores.");

export { storeSchema };
