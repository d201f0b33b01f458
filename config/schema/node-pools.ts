import { z } from "zod";
import { count, kebabName } from "./primitives";

const taintSchema = z.strictObject({
  key: z.string().describe("Taint key, as in `workload`."),
  value: z.string().optional().describe("Taint value."),
  effect: z
    .enum(["NoSchedule", "PreferNoSchedule", "NoExecute"])
    .describe("What happens to pods that do not tolerate it."),
});

const minSize = () => count().describe("Fewest nodes the pool is scaled down to.");
const desiredSize = () => count().describe("Nodes the pool starts with; autoscaling changes it afterwards.");
const diskGiB = (smallest: number) =>
  z
    .int()
    .min(smallest, `must be ${smallest} to 16384`)
    .max(16384, `must be ${smallest} to 16384`)
    .describe("Size of each node's root disk (gp3, encrypted), in GiB.");

const shared = {
  instanceTypes: z
    .array(z.string().describe("EC2 instance type; the catalogue must know it."))
    .min(1, "must name 1 to 20 instance types")
    .max(20, "must name 1 to 20 instance types")
    .describe("Instance types EKS may choose from, the preferred first: one architecture, at most one kind of GPU."),
  capacity: z.enum(["on-demand", "spot"]).describe("Spot is cheaper and may be taken back with two minutes' notice."),
  maxSize: z
    .int()
    .positive("must be at least 1")
    .describe("Most nodes the pool is scaled up to: the limit of its cost."),
  labels: z.record(z.string(), z.string()).default({}).describe("Kubernetes labels of the nodes."),
  taints: z.array(taintSchema).default([]).describe("Taints that keep other pods away."),
  zones: z
    .array(z.string().describe("One of `network.zones`."))
    .min(1, "must name at least one zone")
    .optional()
    .describe(
      "Zones the pool is limited to, where an instance type is not offered everywhere. Left out: all of the environment's.",
    ),
};

const poolSchema = z.strictObject({
  ...shared,
  minSize: minSize(),
  desiredSize: desiredSize(),
  diskGiB: diskGiB(20),
});

/** Images with CUDA take 5 to 20 GiB each, hence the larger disks. */
const gpuPoolSchema = z.strictObject({
  ...shared,
  minSize: minSize().default(0),
  desiredSize: desiredSize().default(0),
  diskGiB: diskGiB(100).default(200),
});

export const nodePoolsSchema = z
  .strictObject({
    system: poolSchema.describe("The pool that carries the cluster's own components."),
    cpu: z
      .record(kebabName(), poolSchema.describe("A CPU pool; its key is its name."))
      .default({})
      .describe("Further CPU pools by name."),
    gpu: z
      .record(
        kebabName(),
        gpuPoolSchema.describe("A GPU pool; its key is its name. The GPU taint and labels are added to it."),
      )
      .default({})
      .describe("GPU pools by name."),
  })
  .describe("Cluster layer: managed node groups.");

export { gpuPoolSchema, poolSchema, taintSchema };
