import { z } from "zod";
import { count, dnsLabel, kebabName } from "./primitives";

const quotaSchema = z.strictObject({
  gpus: count()
    .optional()
    .describe(
      "GPUs, shares, slices or Neuron devices of the pool that are the team's own. Left out: 0, what others leave idle.",
    ),
  cpus: count()
    .optional()
    .describe("CPU cores of the pool that are the team's own. Left out: as many as come with `gpus`."),
  memoryGiB: count()
    .optional()
    .describe("Memory of the pool that is the team's own, in GiB. Left out: as much as comes with `gpus` or `cpus`."),
  borrow: z
    .boolean()
    .default(true)
    .describe("Whether the team may also use what other teams leave idle, until they ask for it."),
});

const teamSchema = z.strictObject({
  namespaces: z
    .array(dnsLabel().describe("Kubernetes namespace."))
    .min(1, "must name at least one namespace")
    .describe("Namespaces of the team. They are made, with a queue for jobs in each where the team has quotas."),
  quotas: z
    .record(kebabName(), quotaSchema.describe("The team's part of a pool; its key is the name of the pool."))
    .default({})
    .describe(
      "What of each pool the team's jobs may take; they wait in its queue until there is room. Without any there is no queue.",
    ),
});

export const teamsSchema = z
  .record(kebabName(), teamSchema.describe("A team; its key is its name."))
  .default({})
  .describe("Teams that share the cluster, with their namespaces and their parts of the node pools.");

export { teamSchema };
