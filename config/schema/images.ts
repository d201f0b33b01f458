import { z } from "zod";
import { kebabName } from "./primitives";

const repositorySchema = z.strictObject({
  keepTagged: z.int().positive().default(50).describe("How many tagged images are kept, the newest."),
  untaggedExpiryDays: z.int().positive().default(14).describe("Days after which an image without a tag is deleted."),
});

export const imagesSchema = z
  .strictObject({
    repositories: z
      .record(kebabName(), repositorySchema.describe("An image repository; its key is the last part of its name."))
      .default({})
      .describe("Image repositories by name: `<project>-<stage>/<name>`, tags immutable, scanned on push."),
    pullThrough: z
      .array(z.string().describe("Public registry without credentials; the catalogue must know it."))
      .default([])
      .describe("Public registries whose images are kept in the account's own registry after the first pull."),
  })
  .prefault({})
  .describe("Container images of the environment.");

export { repositorySchema };
