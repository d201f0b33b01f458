import { NodePool, type NodePoolProps } from "../../../constructs/cluster/node-pool";
import { Port } from "../../../constructs/core/connections";
import { Cidr } from "../../../constructs/core/cidr";
import { importedCluster, importedKey, KEY_ARN } from "../../support/cluster";
import { PullThroughCache } from "../../../constructs/registry/pull-through-cache";
import { failure, IDENTITY } from "../../support/fixtures";
import { synthesize, testStack } from "../../support/synth";

type Options = Partial<Omit<NodePoolProps, "cluster">>;

const MINIMAL = { poolName: "batch", instanceTypes: ["m7i.xlarge"], maxSize: 4 };
const poolWith = (options: Options = {}, use: (pool: NodePool) => void = () => undefined) =>
  synthesize((stack) => {
    use(new NodePool(stack, "Pool", { cluster: importedCluster(stack), ...MINIMAL, ...options }));
  });
const refused = (options: Options) =>
  failure(() => {
    const stack = testStack();
    new NodePool(stack, "Pool", { cluster: importedCluster(stack), ...MINIMAL, ...options });
  });
const message = (...lines: string[]) => ({
  code: "INVALID_NODE_POOL_PROPS",
  message: [...lines, "  in test/Pool"].join("\n"),
});

describe("NodePool with minimal props", () => {
  const out = poolWith();

  test("is an empty on-demand node group of the cluster's version, in every private subnet, repaired by EKS", () => {
    expect(out.resource("aws_eks_node_group")).toEqual({
      cluster_name: "atlas-dev",
      version: "1.36",
      node_group_name_prefix: "batch-",
      node_role_arn: "${aws_iam_role.Pool_NodeRole_32B75170.arn}",
      subnet_ids: ["subnet-a", "subnet-b"],
      ami_type: "AL2023_x86_64_STANDARD",
      capacity_type: "ON_DEMAND",
      instance_types: ["m7i.xlarge"],
      scaling_config: { min_size: 0, desired_size: 0, max_size: 4 },
      launch_template: {
        id: "${aws_launch_template.Pool_LaunchTemplate_11F60F6F.id}",
        version: "${aws_launch_template.Pool_LaunchTemplate_11F60F6F.latest_version}",
      },
      update_config: { max_unavailable_percentage: 33 },
      node_repair_config: { enabled: true },
      labels: { "flightdeck.dev/capacity": "on-demand", "flightdeck.dev/pool": "batch" },
      tags: { "k8s.io/cluster-autoscaler/node-template/resources/ephemeral-storage": "50Gi" },
      lifecycle: { create_before_destroy: true, ignore_changes: ["scaling_config[0].desired_size"] },
      depends_on: [
        "aws_iam_role_policy_attachment.Pool_NodeRole_AmazonEKSWorkerNodePolicy_0CE85321",
        "aws_iam_role_policy_attachment.Pool_NodeRole_AmazonEC2ContainerRegistryPullOnly_6920353C",
      ],
    });
  });

  test("starts instances with IMDSv2 out of the reach of pods, and an encrypted gp3 disk of 50 GiB", () => {
    expect(out.resource("aws_launch_template")).toEqual({
      name_prefix: "atlas-dev-batch-",
      description: "Nodes of pool batch of atlas/dev",
      update_default_version: true,
      metadata_options: { http_endpoint: "enabled", http_tokens: "required", http_put_response_hop_limit: 1 },
      block_device_mappings: [
        {
          device_name: "/dev/xvda",
          ebs: { encrypted: "true", volume_type: "gp3", volume_size: 50, delete_on_termination: "true" },
        },
      ],
      tag_specifications: ["instance", "volume", "network-interface"].map((type) => ({
        resource_type: type,
        tags: { Name: "atlas-dev-batch", "flightdeck:pool": "batch" },
      })),
    });
  });

  test("lets nodes join the cluster and pull images, and nothing else", () => {
    expect(out.resource("aws_iam_role")).toEqual({
      name: "atlas-dev-eks-node-batch",
      description: "Nodes of pool batch of atlas/dev",
      assume_role_policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
      }),
      tags: { Name: "atlas-dev-eks-node-batch" },
    });
    const attached = Object.values(out.resources("aws_iam_role_policy_attachment")).map((one) => one["policy_arn"]);
    expect(attached).toEqual([
      "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly",
      "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy",
    ]);
  });

  test("keeps its addresses", () => {
    expect(out.addresses("aws_eks_node_group")).toEqual({ "Pool/Resource": "aws_eks_node_group.Pool_D3F588B8" });
    expect(out.addresses("aws_iam_role")).toEqual({ "Pool/NodeRole/Resource": "aws_iam_role.Pool_NodeRole_32B75170" });
  });
});

describe("NodePool with every prop", () => {
  const out = synthesize((stack) => {
    new NodePool(stack, "Pool", {
      cluster: importedCluster(stack),
      poolName: "batch",
      instanceTypes: ["m7g.xlarge", "m7g.2xlarge"],
      capacity: "spot",
      minSize: 1,
      desiredSize: 2,
      maxSize: 8,
      diskGiB: 100,
      diskKey: importedKey(stack),
      labels: { workload: "batch" },
      taints: [
        { key: "workload", value: "batch", effect: "NoSchedule" },
        { key: "slow", effect: "PreferNoSchedule" },
        { key: "broken", effect: "NoExecute" },
      ],
      zones: ["eu-central-1b"],
      operatingSystem: "bottlerocket",
      maxUnavailablePercentage: 10,
      sessionManager: true,
      instanceTags: { Project: "atlas" },
    });
  });

  test("passes every choice on to the node group", () => {
    expect(out.resource("aws_eks_node_group")).toMatchObject({
      subnet_ids: ["subnet-b"],
      ami_type: "BOTTLEROCKET_ARM_64",
      capacity_type: "SPOT",
      instance_types: ["m7g.xlarge", "m7g.2xlarge"],
      scaling_config: { min_size: 1, desired_size: 2, max_size: 8 },
      update_config: { max_unavailable_percentage: 10 },
      labels: { "flightdeck.dev/capacity": "spot", "flightdeck.dev/pool": "batch", workload: "batch" },
      taint: [
        { key: "workload", value: "batch", effect: "NO_SCHEDULE" },
        { key: "slow", effect: "PREFER_NO_SCHEDULE" },
        { key: "broken", effect: "NO_EXECUTE" },
      ],
    });
  });

  test("encrypts both disks of Bottlerocket with the given key, and sizes the one that holds images and pods", () => {
    const encrypted = { encrypted: "true", kms_key_id: KEY_ARN, volume_type: "gp3", delete_on_termination: "true" };
    expect(out.resource("aws_launch_template")).toMatchObject({
      block_device_mappings: [
        { device_name: "/dev/xvda", ebs: encrypted },
        { device_name: "/dev/xvdb", ebs: { ...encrypted, volume_size: 100 } },
      ],
      tag_specifications: [
        { resource_type: "instance", tags: { Name: "atlas-dev-batch", Project: "atlas", "flightdeck:pool": "batch" } },
        { resource_type: "volume", tags: { Name: "atlas-dev-batch", Project: "atlas", "flightdeck:pool": "batch" } },
        {
          resource_type: "network-interface",
          tags: { Name: "atlas-dev-batch", Project: "atlas", "flightdeck:pool": "batch" },
        },
      ],
    });
  });

  test("lets people open a shell through Systems Manager", () => {
    expect(out.resource("aws_iam_role_policy_attachment", "Pool/NodeRole/AmazonSSMManagedInstanceCore")).toMatchObject({
      policy_arn: "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
    });
  });
});

test("nodes get the policy of the CNI only where the CNI has no role of its own", () => {
  const out = synthesize((stack) => {
    new NodePool(stack, "Pool", { cluster: importedCluster(stack, { cniUsesNodeRole: true }), ...MINIMAL });
  });

  expect(out.resource("aws_iam_role_policy_attachment", "Pool/NodeRole/AmazonEKS_CNI_Policy")).toMatchObject({
    policy_arn: "arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy",
  });
});

test("a desired size that is left out is the minimum", () => {
  expect(poolWith({ minSize: 2 }).resource("aws_eks_node_group")).toMatchObject({
    scaling_config: { min_size: 2, desired_size: 2, max_size: 4 },
  });
});

test("connections are those of the cluster's security group, which the nodes carry", () => {
  const out = poolWith({}, (pool) => {
    pool.connections.allowFrom(Cidr.of("10.0.0.0/8"), Port.tcp(9100), "Node exporter");
  });

  expect(out.resource("aws_vpc_security_group_ingress_rule")).toMatchObject({
    security_group_id: "sg-1",
    from_port: 9100,
  });
});

describe("NodePool accepts the ends of each range", () => {
  test.each<Options>([
    { poolName: "a".repeat(36) },
    { diskGiB: 20 },
    { diskGiB: 16384 },
    { minSize: 4, maxSize: 4 },
    { desiredSize: 0 },
    { desiredSize: 4 },
    { maxSize: 1 },
    { maxUnavailablePercentage: 1 },
    { maxUnavailablePercentage: 100 },
    { labels: { [`${"a".repeat(63)}`]: "b".repeat(63), "example.com/empty": "", "node.kubernetes.io/role": "x" } },
    { taints: Array.from({ length: 50 }, (_, index) => ({ key: `taint-${index}`, effect: "NoSchedule" as const })) },
  ])("%j", (options) => {
    expect(Object.keys(poolWith(options).resources("aws_eks_node_group"))).toEqual(["Pool/Resource"]);
  });
});

describe("NodePool refuses", () => {
  const NAME = "`poolName` must be lower-case words joined by hyphens, at most 36 characters";
  const DISK = "`diskGiB` must be a whole number of GiB from 20 to 16384";
  const LABEL_KEY = "must be a Kubernetes name of at most 63 characters, with a DNS prefix and a slash at will";
  const LABEL_VALUE = "must be at most 63 letters, digits, - _ and . that start and end with a letter or digit";

  test.each<[string, Options, string]>([
    ["a name with capitals", { poolName: "Batch" }, `${NAME}, got "Batch"`],
    ["a name that is too long", { poolName: "a".repeat(37) }, `${NAME}, got "${"a".repeat(37)}"`],
    ["no instance type", { instanceTypes: [] }, "`instanceTypes` must name 1 to 20 types, got []"],
    [
      "an unknown type, naming the nearest",
      { instanceTypes: ["m7i.xlrge"] },
      '`instanceTypes[0]` must be an instance type of the catalogue (did you mean "m7i.xlarge"?), got "m7i.xlrge"',
    ],
    [
      "an unknown type that is like no other",
      { instanceTypes: ["quantum-computer"] },
      '`instanceTypes[0]` must be an instance type of the catalogue, got "quantum-computer"',
    ],
    [
      "a type named twice",
      { instanceTypes: ["m7i.xlarge", "m7i.xlarge"] },
      '`instanceTypes[1]` must not be named twice, got "m7i.xlarge"',
    ],
    [
      "types of two architectures",
      { instanceTypes: ["m7i.xlarge", "m7g.xlarge"] },
      '`instanceTypes` must have one CPU architecture, since a group has one image, got ["m7i.xlarge (amd64)","m7g.xlarge (arm64)"]',
    ],
    [
      "a type with a GPU",
      { instanceTypes: ["m7i.xlarge", "g6.xlarge"] },
      '`instanceTypes` must be types without accelerators; NVIDIA GPUs belong in a `GpuNodePool`, Neuron in a `NeuronNodePool`, got ["g6.xlarge"]',
    ],
    [
      "a type with another accelerator",
      { instanceTypes: ["inf2.xlarge"] },
      '`instanceTypes` must be types without accelerators; NVIDIA GPUs belong in a `GpuNodePool`, Neuron in a `NeuronNodePool`, got ["inf2.xlarge"]',
    ],
    ["a negative minimum", { minSize: -1 }, "`minSize` must be a whole number, 0 or more, got -1"],
    ["half a node", { minSize: 0.5 }, "`minSize` must be a whole number, 0 or more, got 0.5"],
    ["a maximum of zero", { maxSize: 0 }, "`maxSize` must be a whole number, 1 or more, got 0"],
    ["a maximum below the minimum", { minSize: 5 }, "`maxSize` must be at least `minSize` (5), got 4"],
    [
      "a desired size below the minimum",
      { minSize: 2, desiredSize: 1 },
      "`desiredSize` must be a whole number from `minSize` (2) to `maxSize` (4), got 1",
    ],
    [
      "a desired size above the maximum",
      { desiredSize: 5 },
      "`desiredSize` must be a whole number from `minSize` (0) to `maxSize` (4), got 5",
    ],
    ["a disk that is too small", { diskGiB: 19 }, `${DISK}, got 19`],
    ["a disk that is too large", { diskGiB: 16385 }, `${DISK}, got 16385`],
    ["no zone at all", { zones: [] }, "`zones` must name at least one zone, or be left out, got []"],
    [
      "a zone the network is not in",
      { zones: ["eu-central-1c"] },
      '`zones[0]` must be a zone of the cluster\'s VPC (eu-central-1a, eu-central-1b), got "eu-central-1c"',
    ],
    [
      "a zone named twice",
      { zones: ["eu-central-1a", "eu-central-1a"] },
      '`zones[1]` must not be named twice, got "eu-central-1a"',
    ],
    [
      "a label key with a space",
      { labels: { "work load": "x" } },
      `\`labels["work load"]\` ${LABEL_KEY}, got "work load"`,
    ],
    ["a label value with a space", { labels: { workload: "a b" } }, `\`labels["workload"]\` ${LABEL_VALUE}, got "a b"`],
    [
      "a label that keeps the kubelet from starting",
      { labels: { "node-role.kubernetes.io/batch": "true" } },
      '`labels["node-role.kubernetes.io/batch"]` must not be under kubernetes.io or k8s.io, with which a kubelet does not start, got "node-role.kubernetes.io/batch"',
    ],
    [
      "a label of its own",
      { labels: { "flightdeck.dev/pool": "batch" } },
      '`labels["flightdeck.dev/pool"]` must not be a label that the pool sets itself, got "flightdeck.dev/pool"',
    ],
    [
      "a taint key with a space",
      { taints: [{ key: "work load", effect: "NoSchedule" }] },
      `\`taints[0].key\` ${LABEL_KEY}, got "work load"`,
    ],
    [
      "a taint value with a space",
      { taints: [{ key: "workload", value: "a b", effect: "NoSchedule" }] },
      `\`taints[0].value\` ${LABEL_VALUE}, got "a b"`,
    ],
    [
      "a taint given twice",
      {
        taints: [
          { key: "workload", value: "a", effect: "NoSchedule" },
          { key: "workload", value: "b", effect: "NoSchedule" },
        ],
      },
      '`taints[1]` must not have key and effect of another taint, got "workload:NoSchedule"',
    ],
    [
      "too many taints",
      { taints: Array.from({ length: 51 }, (_, index) => ({ key: `taint-${index}`, effect: "NoSchedule" as const })) },
      "`taints` must be at most 50, those of the pool itself included, got 51",
    ],
    [
      "an update of nothing at once",
      { maxUnavailablePercentage: 0 },
      "`maxUnavailablePercentage` must be a whole number from 1 to 100, got 0",
    ],
    [
      "an update of more than all at once",
      { maxUnavailablePercentage: 101 },
      "`maxUnavailablePercentage` must be a whole number from 1 to 100, got 101",
    ],
  ])("%s", (_name, options, line) => {
    expect(refused(options)).toEqual(message(line));
  });

  test("an instance tag that costs are told apart by", () => {
    expect(refused({ instanceTags: { "flightdeck:pool": "other" } })).toEqual(
      message(
        '`instanceTags["flightdeck:pool"]` must not be `flightdeck:pool`, by which costs are told apart, got "flightdeck:pool"',
      ),
    );
  });

  test("several things at once, all in one message", () => {
    expect(refused({ minSize: 5, diskGiB: 8 })).toEqual(
      message("`maxSize` must be at least `minSize` (5), got 4", `${DISK}, got 8`),
    );
  });
});

test("an imported pool carries its attributes and the cluster's connections", () => {
  const stack = testStack();
  const cluster = importedCluster(stack);
  const pool = NodePool.fromNodePoolAttributes(stack, "Pool", {
    cluster,
    poolName: "batch",
    nodeGroupName: "batch-2026",
    nodeGroupArn: "arn:aws:eks:eu-central-1:111111111111:nodegroup/atlas-dev/batch-2026/1",
    nodeRoleArn: "arn:aws:iam::111111111111:role/nodes",
    instanceTypes: ["m7i.xlarge"],
    maxSize: 4,
  });

  expect(pool).toMatchObject({
    ...{ kind: "cpu", instanceTypes: ["m7i.xlarge"], capacity: "on-demand", operatingSystem: "al2023" },
    ...{ minSize: 0, maxSize: 4, zones: undefined, allocatable: {}, largestNode: {}, efa: false },
    poolName: "batch",
    nodeGroupName: "batch-2026",
    nodeGroupArn: "arn:aws:eks:eu-central-1:111111111111:nodegroup/atlas-dev/batch-2026/1",
    nodeRoleArn: "arn:aws:iam::111111111111:role/nodes",
    labels: {},
    taints: [],
  });
  expect(pool.connections).toBe(cluster.connections);
});

test("nodes may make the repository of an image that they are the first to pull through a cache of the cluster", () => {
  const out = synthesize((stack) => {
    const identity = IDENTITY;
    const cache = PullThroughCache.fromPullThroughCacheAttributes(stack, "Cache", {
      identity,
      repositoryPrefix: "atlas-dev/quay",
    });
    const cluster = importedCluster(stack, { imageCaches: [cache] });
    new NodePool(stack, "Pool", { cluster, poolName: "batch", instanceTypes: ["m7i.large"], maxSize: 1 });
  });
  const text = JSON.stringify(out.policy("aws_iam_role_policy", "Pool/NodeRole/Policy"));
  expect(text).toContain("ecr:CreateRepository");
  expect(text).toContain("arn:aws:ecr:eu-central-1:111111111111:repository/atlas-dev/quay/*");
});
