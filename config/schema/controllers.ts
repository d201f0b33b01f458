import { z } from "zod";

/** As Helm takes it: registries have no upper case. */
const OCI_ADDRESS = /^oci:\/\/[a-z0-9][a-z0-9.-]*(:\d+)?(\/[a-z0-9][a-z0-9._-]*)*$/;

export const controllersSchema = z
  .strictObject({
    enabled: z.boolean().default(true).describe("Whether the environment has this layer."),
    charts: z
      .strictObject({
        mirror: z
          .string()
          .regex(OCI_ADDRESS, "must be an OCI address in lower case, without a slash at its end")
          .optional()
          .describe("OCI registry that holds copies of all charts. Left out: none.")
          .meta({ examples: ["oci://registry.example.com/charts"] }),
        folder: z
          .string()
          .min(1, "must be the path of a folder")
          .optional()
          .describe("Folder with one unpacked chart in each sub-folder, relative to the repository. Left out: none.")
          .meta({ examples: ["charts"] }),
      })
      .prefault({})
      .describe("Where charts come from: a mirror or a folder. Neither: each chart's own repository."),
    highAvailability: z
      .boolean()
      .describe("Two replicas of every controller, with a disruption budget, instead of one."),
    gpus: z
      .enum(["device-plugin", "gpu-operator"])
      .default("device-plugin")
      .describe(
        "What hands GPUs to pods: NVIDIA's device plugin alone, or the GPU operator, which also cuts GPUs into MIG slices.",
      ),
    loadBalancer: z.boolean().default(true).describe("AWS Load Balancer Controller: ALBs and NLBs for services."),
    certManager: z.boolean().default(true).describe("cert-manager: certificates for webhooks and services."),
    externalSecrets: z
      .boolean()
      .default(true)
      .describe("External Secrets: secrets of AWS Secrets Manager for the namespaces of teams and pod roles."),
    metricsServer: z
      .boolean()
      .default(true)
      .describe("metrics-server: `kubectl top`, and autoscaling by CPU and memory."),
    queues: z.boolean().default(true).describe("Kueue: jobs wait in their team's queue until its quota has room."),
    keda: z.boolean().default(true).describe("KEDA: autoscaling by queues, metrics and schedules, down to zero."),
  })
  .describe("Controllers layer: what the cluster needs before any workload.");
