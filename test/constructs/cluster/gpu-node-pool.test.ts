import { GpuNodePool, type GpuNodePoolProps } from "../../../constructs/cluster/gpu-node-pool";
import type { GpuSharing } from "../../../constructs/cluster/gpu-sharing";
import { NodePool } from "../../../constructs/cluster/node-pool";
import { importedCluster } from "../../support/cluster";
import { failure } from "../../support/fixtures";
import { synthesize, testStack } from "../../support/synth";

type Options = Partial<Omit<GpuNodePoolProps, "cluster">>;

const MINIMAL = { poolName: "training", instanceTypes: ["g6.xlarge"], maxSize: 4 };
const poolWith = (options: Options = {}, use: (pool: GpuNodePool) => void = () => undefined) =>
  synthesize((stack) => {
    use(new GpuNodePool(stack, "Pool", { cluster: importedCluster(stack), ...MINIMAL, ...options }));
  });
const refused = (options: Options) =>
  failure(() => {
    const stack = testStack();
    new GpuNodePool(stack, "Pool", { cluster: importedCluster(stack), ...MINIMAL, ...options });
  });
const message = (...lines: string[]) => ({
  code: "INVALID_GPU_NODE_POOL_PROPS",
  message: [...lines, "  in test/Pool"].join("\n"),
});

describe("GpuNodePool with minimal props", () => {
  const out = poolWith();

  test("has no node until something asks for a GPU, up to the stated maximum", () => {
    expect(out.resource("aws_eks_node_group")).toMatchObject({
      scaling_config: { min_size: 0, desired_size: 0, max_size: 4 },
      lifecycle: { create_before_destroy: true, ignore_changes: ["scaling_config[0].desired_size"] },
    });
  });

  test("starts from the image with NVIDIA's driver", () => {
    expect(out.resource("aws_eks_node_group")).toMatchObject({ ami_type: "AL2023_x86_64_NVIDIA" });
  });

  test("keeps pods away that do not ask for a GPU", () => {
    expect(out.resource("aws_eks_node_group")["taint"]).toEqual([
      { key: "nvidia.com/gpu", value: "true", effect: "NO_SCHEDULE" },
    ]);
  });

  test("labels its nodes with the GPU's model, for schedulers and the cluster autoscaler", () => {
    expect(out.resource("aws_eks_node_group")["labels"]).toEqual({
      "flightdeck.dev/capacity": "on-demand",
      "flightdeck.dev/gpu": "l4",
      "flightdeck.dev/pool": "training",
      "k8s.amazonaws.com/accelerator": "nvidia-l4",
      "nvidia.com/gpu.present": "true",
    });
  });

  test("gives nodes an encrypted disk of 200 GiB and metadata by IMDSv2 alone", () => {
    expect(out.resource("aws_launch_template")).toMatchObject({
      metadata_options: { http_tokens: "required", http_put_response_hop_limit: 1 },
      block_device_mappings: [{ ebs: { encrypted: "true", volume_type: "gp3", volume_size: 200 } }],
    });
  });

  test("tells the cluster autoscaler what a node has before there is one", () => {
    expect(out.resource("aws_eks_node_group")["tags"]).toEqual({
      "k8s.io/cluster-autoscaler/node-template/resources/ephemeral-storage": "200Gi",
      "k8s.io/cluster-autoscaler/node-template/resources/nvidia.com/gpu": "1",
    });
  });

  test("keeps its addresses", () => {
    expect(out.addresses("aws_eks_node_group")).toEqual({ "Pool/Resource": "aws_eks_node_group.Pool_D3F588B8" });
  });
});

describe("GpuNodePool with every prop", () => {
  const out = poolWith({
    instanceTypes: ["g5g.xlarge", "g5g.2xlarge"],
    capacity: "spot",
    minSize: 1,
    desiredSize: 2,
    diskGiB: 500,
    labels: { workload: "training" },
    taints: [{ key: "workload", value: "training", effect: "NoExecute" }],
    zones: ["eu-central-1a"],
    operatingSystem: "bottlerocket",
    maxUnavailablePercentage: 50,
    sessionManager: true,
    instanceTags: { Project: "atlas" },
  });

  test("passes every choice on, after the taint of its own", () => {
    expect(out.resource("aws_eks_node_group")).toMatchObject({
      ami_type: "BOTTLEROCKET_ARM_64_NVIDIA",
      capacity_type: "SPOT",
      subnet_ids: ["subnet-a"],
      scaling_config: { min_size: 1, desired_size: 2, max_size: 4 },
      update_config: { max_unavailable_percentage: 50 },
      labels: { workload: "training", "flightdeck.dev/gpu": "t4g" },
      taint: [
        { key: "nvidia.com/gpu", value: "true", effect: "NO_SCHEDULE" },
        { key: "workload", value: "training", effect: "NO_EXECUTE" },
      ],
    });
  });
});

test("GPUs of one model in instances of several sizes make one pool, which offers what the smallest has", () => {
  const out = poolWith({ instanceTypes: ["g6.12xlarge", "g6.xlarge"] }, (pool) => {
    expect(pool).toMatchObject({
      gpuModel: "l4",
      resourceName: "nvidia.com/gpu",
      allocatable: { "nvidia.com/gpu": 1 },
    });
  });

  expect(out.resource("aws_eks_node_group")).toMatchObject({ instance_types: ["g6.12xlarge", "g6.xlarge"] });
});

describe("GpuNodePool accepts the ends of each range", () => {
  test.each<Options>([{ diskGiB: 100 }, { diskGiB: 16384 }, { maxSize: 1 }, { minSize: 4 }, { maxGpus: 4 }])(
    "%j",
    (options) => {
      expect(Object.keys(poolWith(options).resources("aws_eks_node_group"))).toEqual(["Pool/Resource"]);
    },
  );
});

describe("GpuNodePool refuses", () => {
  const DISK = "`diskGiB` must be a whole number of GiB from 100, since CUDA images take 5 to 20 GiB each, to 16384";
  const GPUS = "`instanceTypes` must be types with whole NVIDIA GPUs (no other accelerator, no fraction of a GPU)";

  test.each<[string, Options, string]>([
    [
      "a type that does not exist",
      { instanceTypes: ["g6.xlrge"] },
      '`instanceTypes[0]` must be an instance type of the catalogue (did you mean "g6.xlarge"?), got "g6.xlrge"',
    ],
    ["a type without a GPU", { instanceTypes: ["m7i.xlarge"] }, `${GPUS}, got ["m7i.xlarge"]`],
    ["a GPU of another maker", { instanceTypes: ["g4ad.xlarge"] }, `${GPUS}, got ["g4ad.xlarge"]`],
    ["a Neuron accelerator", { instanceTypes: ["inf2.xlarge"] }, `${GPUS}, got ["inf2.xlarge"]`],
    ["a fraction of a GPU", { instanceTypes: ["g6f.xlarge"] }, `${GPUS}, got ["g6f.xlarge"]`],
    [
      "two models of GPU",
      { instanceTypes: ["g6.xlarge", "g5.xlarge"] },
      '`instanceTypes` must have one GPU model, so that a workload fits on whichever type is started, got ["l4 22888 MiB","a10g 22888 MiB"]',
    ],
    [
      "one model with different memory",
      { instanceTypes: ["p4d.24xlarge", "p4de.24xlarge"] },
      '`instanceTypes` must have one GPU model, so that a workload fits on whichever type is started, got ["a100 40960 MiB","a100 81920 MiB"]',
    ],
    ["a disk too small for CUDA images", { diskGiB: 99 }, `${DISK}, got 99`],
    ["a disk too large for gp3", { diskGiB: 16385 }, `${DISK}, got 16385`],
    [
      "fewer GPUs than its nodes have",
      { maxGpus: 3 },
      "`maxGpus` must be at least 4: `maxSize` (4) nodes of 1 GPUs, got 3",
    ],
    [
      "fewer GPUs than the nodes of its largest type have",
      { instanceTypes: ["g6.xlarge", "g6.12xlarge"], maxGpus: 15 },
      "`maxGpus` must be at least 16: `maxSize` (4) nodes of 4 GPUs, got 15",
    ],
    ["a maximum of zero", { maxSize: 0 }, "`maxSize` must be a whole number, 1 or more, got 0"],
    ["a maximum below the minimum", { minSize: 5 }, "`maxSize` must be at least `minSize` (5), got 4"],
    [
      "the GPU taint, which is there already",
      { taints: [{ key: "nvidia.com/gpu", value: "present", effect: "NoSchedule" }] },
      '`taints[0].key` must not be a taint that the pool sets itself, got "nvidia.com/gpu"',
    ],
    [
      "another value for a label of its own",
      { labels: { "nvidia.com/gpu.present": "false" } },
      '`labels["nvidia.com/gpu.present"]` must not be a label that the pool sets itself, got "nvidia.com/gpu.present"',
    ],
  ])("%s", (_name, options, line) => {
    expect(refused(options)).toEqual(message(line));
  });

  test("several things at once, all in one message", () => {
    expect(refused({ instanceTypes: ["m7i.xlarge"], diskGiB: 50 })).toEqual(
      message(`${DISK}, got 50`, `${GPUS}, got ["m7i.xlarge"]`),
    );
  });
});

test("an imported GPU pool carries its attributes and the cluster's connections", () => {
  const stack = testStack();
  const cluster = importedCluster(stack);
  const pool = GpuNodePool.fromGpuNodePoolAttributes(stack, "Pool", {
    cluster,
    poolName: "training",
    nodeGroupName: "training-2026",
    nodeGroupArn: "arn:aws:eks:eu-central-1:111111111111:nodegroup/atlas-dev/training-2026/1",
    nodeRoleArn: "arn:aws:iam::111111111111:role/nodes",
    instanceTypes: ["p5.48xlarge"],
    maxSize: 2,
    efa: true,
    gpuModel: "h100",
    labels: { "flightdeck.dev/gpu": "h100" },
    taints: [{ key: "nvidia.com/gpu", effect: "NoSchedule" }],
  });

  expect(pool).toMatchObject({
    poolName: "training",
    gpuModel: "h100",
    resourceName: "nvidia.com/gpu",
    ...{ kind: "gpu", sharing: undefined, efa: true },
    allocatable: { "nvidia.com/gpu": 8, "vpc.amazonaws.com/efa": 32 },
    labels: { "flightdeck.dev/gpu": "h100" },
    taints: [{ key: "nvidia.com/gpu", effect: "NoSchedule" }],
  });
  expect(pool.connections).toBe(cluster.connections);
});

test("an imported GPU pool that is shared names the resource of the shares", () => {
  const stack = testStack();
  const attributes = { nodeGroupName: "a", nodeGroupArn: "arn", nodeRoleArn: "arn", gpuModel: "l4", maxSize: 1 };
  const cluster = importedCluster(stack);
  const imported = (poolName: string, sharing?: GpuSharing, resourceName?: string) =>
    GpuNodePool.fromGpuNodePoolAttributes(stack, poolName, {
      ...{ ...attributes, cluster, poolName, instanceTypes: ["g6.xlarge"], sharing, resourceName },
    });
  expect(imported("shared", { timeSlicing: { replicas: 4 } })).toMatchObject({
    resourceName: "nvidia.com/gpu.shared",
    allocatable: { "nvidia.com/gpu.shared": 4 },
  });
  expect(imported("renamed", undefined, "example.com/gpu")).toMatchObject({
    resourceName: "example.com/gpu",
    allocatable: { "example.com/gpu": 1 },
  });
});

test("a pool knows what its smallest and its largest node offer, and tells what is placed on it", () => {
  const stack = testStack();
  const cluster = importedCluster(stack);
  const pool = new GpuNodePool(stack, "Pool", { cluster, ...MINIMAL, instanceTypes: ["g6.xlarge", "g6.12xlarge"] });
  expect(pool.allocatable).toEqual({ "nvidia.com/gpu": 1 });
  expect(pool.largestNode).toEqual({ "nvidia.com/gpu": 4 });
  const placeOn = jest.fn();
  pool.place({ placeOn });
  expect(placeOn.mock.calls).toMatchObject([
    [
      {
        gpuResource: "nvidia.com/gpu",
        largestNode: { "nvidia.com/gpu": 4 },
        tolerations: [{ key: "nvidia.com/gpu", operator: "Equal", value: "true", effect: "NoSchedule" }],
        spot: false,
        largestVcpu: 48,
      },
    ],
  ]);
});

test("GPU pools are told from others", () => {
  const stack = testStack();
  const cluster = importedCluster(stack);
  const gpu = new GpuNodePool(stack, "Gpu", { cluster, ...MINIMAL });
  const cpu = new NodePool(stack, "Cpu", { cluster, poolName: "batch", instanceTypes: ["m7i.large"], maxSize: 1 });
  expect(cluster.pools.filter((pool) => GpuNodePool.isGpuNodePool(pool))).toEqual([gpu]);
  expect(cluster.pools).toEqual([gpu, cpu]);
});
