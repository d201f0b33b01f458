import { z } from "zod";
import { kebabName, STORE_NAMES } from "./primitives";

const dataset = (what: string) =>
  z
    .strictObject({
      store: z.enum(STORE_NAMES).describe("Store that holds it."),
      path: z
        .string()
        .regex(/^[\w.{}=-]+(\/[\w.{}=-]+)*\/?$/, "must be a key or a prefix of keys, without a slash at its start")
        .describe("Key or prefix in the store; {date} and {yesterday} stand for days.")
        .meta({ examples: ["ranker/current/dt={yesterday}/"] }),
    })
    .describe(what);

const share = () => z.number().min(0).max(1);

const monitoredModelSchema = z.strictObject({
  schedule: z
    .string()
    .describe("When the job runs, as cron writes it.")
    .meta({ examples: ["30 4 * * *"] }),
  timeZone: z.string().default("Etc/UTC").describe("IANA time zone of the schedule."),
  image: z
    .string()
    .regex(/^\S+(:[\w.-]+|@sha256:[0-9a-f]{64})$/, "must be an image with a tag or a digest")
    .describe("Image of images/model-monitor in a registry of yours."),
  reference: dataset("Data the model was trained on."),
  current: dataset("Data the model sees now."),
  task: z.enum(["classification", "regression", "none"]).default("none").describe("What the model does."),
  columns: z
    .strictObject({
      numerical: z.array(z.string()).default([]).describe("Columns of numbers."),
      categorical: z.array(z.string()).default([]).describe("Columns of categories."),
      target: z.string().optional().describe("Column of the truth. Left out: there is none yet."),
      prediction: z.string().optional().describe("Column of what the model says. Left out: not in the data."),
    })
    .describe("Columns that are looked at."),
  thresholds: z
    .strictObject({
      maxDriftShare: share().default(0.3).describe("Share of columns that may drift."),
      maxMissingShare: share().default(0.05).describe("Share of missing values that a column may have."),
      minRows: z.int().positive().default(100).describe("Rows that a run must have got."),
      maxAgeHours: z.number().positive().default(26).describe("Hours within which a run must have succeeded."),
      quality: z
        .record(z.string(), z.number())
        .default({})
        .describe("Least value of each metric of quality, greatest of errors, such as f1: 0.8 or mae: 2."),
    })
    .prefault({})
    .describe("At what the model is no longer what it was."),
  retrain: kebabName()
    .optional()
    .describe("Trigger that retrains the model when it drifts or its quality falls. Left out: people are told alone."),
});

export const monitoredModelsSchema = z
  .record(
    kebabName(),
    monitoredModelSchema.describe("A model whose data and quality are watched; its key is its name."),
  )
  .default({})
  .describe("Models that a job compares with their training data.");

export { monitoredModelSchema };
