import { z } from "zod";
import { kebabName, STORE_NAMES } from "./primitives";

const dataset = (what: string) =>
  z
    .strictObject({
      store: z.enum(STORE_NAMES).describe("Store that holds it."),
      prefix: z
        .string()
        .regex(/^[\w.=-]+(\/[\w.=-]+)*\/$/, "must be a prefix of keys: no slash at its start, one at its end")
        .describe("Beginning of its keys in the store.")
        .meta({ examples: ["ranker/served/"] }),
      partition: z
        .string()
        .regex(/^[^/\s][^\s]*$/, "must not start with a slash, nor hold spaces")
        .optional()
        .describe("What follows, with {date}, {yesterday} or {date-N} for days. Left out: all under the prefix.")
        .meta({ examples: ["dt={yesterday}/"] }),
      format: z.enum(["parquet", "csv"]).default("parquet").describe("Format of the files."),
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
  positiveLabel: z
    .string()
    .optional()
    .describe("Label that a classification is to find, in quotes. Left out: quality is the mean over all labels."),
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
      minRows: z.int().positive().default(500).describe("Rows that a run must have got."),
      maxAgeHours: z
        .number()
        .positive()
        .optional()
        .describe("Hours within which a run must have succeeded. Left out: 26, which only daily schedules may do."),
      quality: z
        .record(z.string(), z.number())
        .default({})
        .describe("Least value of each metric of quality, greatest of errors, such as f1: 0.8 or mae: 2."),
    })
    .prefault({})
    .describe("At what the model is no longer what it was."),
  team: kebabName()
    .optional()
    .describe(
      "Team whose model it is, and who is told of its alerts. Left out: nobody's; everybody's receivers are told.",
    )
    .meta({ examples: ["ranking"] }),
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
