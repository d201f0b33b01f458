import { z } from "zod";
import { clockTime, count, DAYS, kebabName } from "./primitives";

const taintSchema = z.strictObject({
  key: z.string().describe("Taint key, as in `workload`."),
  value: z.string().optional().describe("Taint value."),
  effect: z
    .enum(["NoSchedule", "PreferNoSchedule", "NoExecute"])
    .describe("What happens to pods that do not tolerate it."),
});

const offHoursSchema = z.strictObject({
  timeZone: z
    .string()
    .describe("Time zone of the hours, by its IANA name.")
    .meta({ examples: ["Europe/Berlin", "America/New_York"] }),
  stop: clockTime().describe("When the pool is emptied on the days of `days`."),
  start: clockTime().describe("When the pool gets its sizes back on the days of `days`."),
  days: z
    .array(z.enum(DAYS))
    .min(1, "must name at least one day")
    .default(["mon", "tue", "wed", "thu", "fri"])
    .describe("Days on which the pool works; it is empty on the others."),
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
  operatingSystem: z
    .enum(["al2023", "bottlerocket"])
    .default("al2023")
    .describe("Amazon Linux 2023, or Bottlerocket: smaller, read-only, with the device plugin built in."),
  offHours: offHoursSchema
    .optional()
    .describe("Hours in which the pool has no nodes, whatever asks for them. Left out: it may have nodes at any time."),
};

/** What pools with accelerators have beside. */
const accelerated = {
  reservation: z
    .strictObject({
      id: z
        .string()
        .regex(/^cr-[0-9a-f]{8,17}$/, "must be the id of a capacity reservation: cr- and hexadecimal digits")
        .optional()
        .describe("Id of a targeted On-Demand Capacity Reservation."),
      resourceGroupArn: z
        .string()
        .regex(/^arn:aws[a-z-]*:resource-groups:/, "must be the ARN of a resource group")
        .optional()
        .describe("ARN of a resource group of capacity reservations."),
    })
    .optional()
    .describe("Capacity the account has reserved and pays for anyway, by id or by group. Left out: none."),
  capacityBlock: z
    .strictObject({
      reservationId: z
        .string()
        .regex(/^cr-[0-9a-f]{8,17}$/, "must be the id of a capacity reservation: cr- and hexadecimal digits")
        .describe("Id of the capacity block's reservation."),
    })
    .optional()
    .describe(
      "Capacity bought for some days ahead (Capacity Blocks for ML), in the one zone of `zones`. Left out: none.",
    ),
  efa: z
    .boolean()
    .default(false)
    .describe(
      "Whether nodes talk to each other over Elastic Fabric Adapter, all of them the instance has, close together in one zone.",
    ),
  localStorage: z
    .enum(["none", "raid0"])
    .default("none")
    .describe("raid0: the instance's own NVMe disks as one fast disk for images and pods, lost with the node."),
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
  ...accelerated,
  sharing: z
    .strictObject({
      timeSlicing: z
        .strictObject({ replicas: z.int().describe("Pods that share one GPU in turns, 2 or more.") })
        .optional()
        .describe("Pods take turns on a GPU; nothing keeps their memory apart."),
      mps: z
        .strictObject({ replicas: z.int().describe("Pods that share one GPU at once, 2 to 48.") })
        .optional()
        .describe("Pods run on a GPU at once (CUDA MPS), each with its part of the memory."),
      mig: z
        .strictObject({
          profile: z.string().describe("Slice of the GPU, as in 1g.10gb; the GPU must have it."),
        })
        .optional()
        .describe("The GPU is cut into slices that know nothing of each other (Multi-Instance GPU)."),
    })
    .optional()
    .describe("How pods share a GPU: one of these ways. Left out: a GPU belongs to one pod."),
});

const neuronPoolSchema = z.strictObject({
  ...shared,
  minSize: minSize().default(0),
  desiredSize: desiredSize().default(0),
  diskGiB: diskGiB(100).default(200),
  ...accelerated,
});

const most = (what: string) =>
  z
    .int()
    .positive("must be at least 1")
    .optional()
    .describe(`Most ${what} of all nodes of the pool together. Left out: any.`);

/** Nodes that Karpenter starts for what waits, one by one; there is no group that has a size. */
const karpenterPoolSchema = z.strictObject({
  instanceTypes: z
    .array(z.string().describe("EC2 instance type; the catalogue must know it."))
    .min(1, "must name at least one instance type")
    .describe("Instance types Karpenter may choose from: one architecture, at most one kind of GPU."),
  capacity: z
    .array(z.enum(["on-demand", "spot"]))
    .min(1, "must name at least one kind of capacity")
    .describe("Where the instances come from; Karpenter takes what is cheapest."),
  limits: z
    .strictObject({
      nodes: most("nodes").describe("Most nodes of the pool. Left out: any number."),
      cpus: most("CPU cores"),
      memoryGiB: most("GiB of memory"),
      accelerators: most("GPUs or Neuron devices"),
    })
    .describe(
      "What the pool may come to: the limit of its cost. `cpus` at least, or `accelerators` where there are some.",
    ),
  diskGiB: z
    .int()
    .min(20, "must be 20 to 16384")
    .max(16384, "must be 20 to 16384")
    .optional()
    .describe(
      "Size of each node's root disk (gp3, encrypted), in GiB, 100 or more with accelerators. Left out: 50, or 200 with accelerators.",
    ),
  labels: shared.labels,
  taints: shared.taints,
  zones: shared.zones,
  operatingSystem: shared.operatingSystem,
  expireAfter: z
    .string()
    .regex(/^([1-9]\d*h|Never)$/, "must be hours, 1h or more, as in 720h, or Never")
    .default("720h")
    .describe("How long a node lives at most, then it is replaced by one with the newest image."),
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
    neuron: z
      .record(
        kebabName(),
        neuronPoolSchema.describe(
          "A pool with AWS Inferentia or Trainium; its key is its name. Taint and labels are added to it.",
        ),
      )
      .default({})
      .describe("Pools with AWS Inferentia or Trainium by name."),
    karpenter: z
      .record(kebabName(), karpenterPoolSchema.describe("A pool whose nodes Karpenter starts; its key is its name."))
      .default({})
      .describe("Pools whose nodes Karpenter starts when something waits for them, by name."),
  })
  .describe("Cluster layer: managed node groups; controllers layer: pools of Karpenter.");

export { gpuPoolSchema, karpenterPoolSchema, neuronPoolSchema, poolSchema, taintSchema };
