import { z } from "zod";
import { dnsLabel, kebabName } from "./primitives";

const modelServiceSchema = z.strictObject({
  namespace: dnsLabel().describe("Namespace of its pods."),
  engine: z
    .enum(["vllm", "kserve", "triton", "ray-serve", "fastapi"])
    .describe("What serves the model: it decides the names of the metrics."),
  availabilityPercent: z
    .number()
    .min(90)
    .max(99.99)
    .describe("Percent of requests that are answered without an error of the server, over 30 days."),
  latency: z
    .strictObject({
      seconds: z.number().positive().describe("Seconds: an upper bound of a bucket of the engine's histogram."),
      percent: z
        .number()
        .min(50)
        .max(99.9)
        .describe("Percent of requests that are answered within them, over 30 days."),
    })
    .optional()
    .describe("How fast requests are answered. Left out: nothing is promised."),
});

export const modelServicesSchema = z
  .record(kebabName(), modelServiceSchema.describe("What a model service promises; its key is the service's name."))
  .default({})
  .describe("Objectives of model services: burnt error budgets raise alerts.");

export { modelServiceSchema };
