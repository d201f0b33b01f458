import { z } from "zod";

export const cacheSchema = z
  .strictObject({
    enabled: z.boolean().describe("Whether the environment has a Redis cache."),
    engine: z.enum(["valkey", "redis"]).describe("Valkey, the open continuation of Redis, or Redis itself."),
    engineVersion: z
      .string()
      .describe("Version of the engine, in quotes; the catalogue must know it.")
      .meta({ examples: ["8.1"] }),
    nodeType: z
      .string()
      .describe("Node type; the catalogue must know it.")
      .meta({ examples: ["cache.t4g.small", "cache.r7g.large"] }),
    replicas: z
      .int()
      .min(0, "must be 0 to 5")
      .max(5, "must be 0 to 5")
      .describe("Copies beside the primary; with one or more, another zone takes over when the first fails."),
    applyImmediately: z
      .boolean()
      .default(false)
      .describe("Whether changes that interrupt the cache are made at once, not in the maintenance window."),
    snapshotRetentionDays: z
      .int()
      .min(0, "must be 0 to 35")
      .max(35, "must be 0 to 35")
      .describe("Days daily snapshots are kept; 0: none are taken."),
  })
  .describe("In-memory store of the platform's services: online features, sessions.");
