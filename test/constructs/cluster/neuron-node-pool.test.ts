import { NeuronNodePool, type NeuronNodePoolProps } from "../../../constructs/cluster/neuron-node-pool";
import { EksCluster } from "../../../constructs/cluster/eks-cluster";
import { importedCluster, minimalClusterProps, SYSTEM_POOL } from "../../support/cluster";
import { failure } from "../../support/fixtures";
import { synthesize, testStack } from "../../support/synth";

type Options = Partial<Omit<NeuronNodePoolProps, "cluster">>;

const MINIMAL = { poolName: "serving", instanceTypes: ["inf2.xlarge"], maxSize: 4 };
const poolWith = (options: Options = {}, use: (pool: NeuronNodePool) => void = () => undefined) =>
  synthesize((stack) => {
    use(new NeuronNodePool(stack, "Pool", { cluster: importedCluster(stack), ...MINIMAL, ...options }));
  });
const refused = (options: Options) =>
  failure(() => {
    const stack = testStack();
    new NeuronNodePool(stack, "Pool", { cluster: importedCluster(stack), ...MINIMAL, ...options });
  });

describe("NeuronNodePool with minimal props", () => {
  const out = poolWith();

  test("is an empty node group of the Neuron image, kept for pods that ask for a device", () => {
    expect(out.resource("aws_eks_node_group")).toMatchObject({
      ami_type: "AL2023_x86_64_NEURON",
      scaling_config: { min_size: 0, desired_size: 0, max_size: 4 },
      taint: [{ key: "aws.amazon.com/neuron", value: "true", effect: "NO_SCHEDULE" }],
      labels: {
        "flightdeck.dev/capacity": "on-demand",
        "flightdeck.dev/neuron": "inferentia2",
        "flightdeck.dev/pool": "serving",
      },
      tags: {
        "k8s.io/cluster-autoscaler/node-template/resources/ephemeral-storage": "200Gi",
        "k8s.io/cluster-autoscaler/node-template/resources/aws.amazon.com/neuron": "1",
        "k8s.io/cluster-autoscaler/node-template/resources/aws.amazon.com/neuroncore": "2",
      },
    });
  });

  test("keeps its addresses", () => {
    expect(out.addresses("aws_eks_node_group")).toEqual({ "Pool/Resource": "aws_eks_node_group.Pool_D3F588B8" });
  });
});

test("Trainium with EFA has every interface, and says what its nodes offer", () => {
  const zones = ["eu-central-1a"];
  const out = poolWith({ instanceTypes: ["trn1.32xlarge"], efa: true, zones, localStorage: "raid0" }, (pool) => {
    expect(pool).toMatchObject({
      neuronModel: "trainium",
      resourceName: "aws.amazon.com/neuron",
      allocatable: { "aws.amazon.com/neuron": 16, "aws.amazon.com/neuroncore": 32, "vpc.amazonaws.com/efa": 8 },
    });
  });
  expect(out.resource("aws_launch_template")["network_interfaces"]).toHaveLength(8);
});

test("fewer EFA interfaces may be asked for", () => {
  poolWith({ instanceTypes: ["trn2.48xlarge"], efa: { interfaces: 4 }, zones: ["eu-central-1a"] }, (pool) => {
    expect(pool.allocatable).toMatchObject({ "aws.amazon.com/neuroncore": 128, "vpc.amazonaws.com/efa": 4 });
  });
});

test("a cluster adds one", () => {
  const out = synthesize((stack) => {
    const cluster = new EksCluster(stack, "Cluster", minimalClusterProps(stack));
    cluster.addNodePool("System", SYSTEM_POOL);
    cluster.addNeuronNodePool("Serving", MINIMAL);
  });
  expect(out.resource("aws_eks_node_group", "Cluster/Serving/Resource")).toMatchObject({
    node_group_name_prefix: "serving-",
  });
});

describe("NeuronNodePool refuses", () => {
  const NEURON = "`instanceTypes` must be types with AWS Inferentia or Trainium";
  test.each<[string, Options, string]>([
    ["a GPU", { instanceTypes: ["g6.xlarge"] }, `${NEURON}, got ["g6.xlarge"]`],
    ["a type without accelerator", { instanceTypes: ["m7i.large"] }, `${NEURON}, got ["m7i.large"]`],
    [
      "two models",
      { instanceTypes: ["inf2.xlarge", "trn1.2xlarge"] },
      '`instanceTypes` must have one model of Neuron device: a compiled model runs on the one it was compiled for, got ["inferentia2","trainium"]',
    ],
    [
      "Bottlerocket, which has no Neuron driver",
      { operatingSystem: "bottlerocket" },
      '`operatingSystem` must be "al2023", the one that EKS builds images with the Neuron driver of, without `ownImage`, got "bottlerocket"',
    ],
    [
      "a disk too small for the SDK's images",
      { diskGiB: 99 },
      "`diskGiB` must be a whole number of GiB from 100, since images of the Neuron SDK take 5 to 15 GiB each, to 16384, got 99",
    ],
    [
      "EFA on a type without it",
      { efa: true, zones: ["eu-central-1a"] },
      '`instanceTypes` must be types with EFA, or `efa` be left out, got ["inf2.xlarge"]',
    ],
  ])("%s", (_name, options, line) => {
    expect(refused(options)).toEqual({ code: "INVALID_NEURON_NODE_POOL_PROPS", message: `${line}\n  in test/Pool` });
  });
});

test("an imported Neuron pool carries its attributes", () => {
  const stack = testStack();
  const cluster = importedCluster(stack);
  const pool = NeuronNodePool.fromNeuronNodePoolAttributes(stack, "Pool", {
    cluster,
    poolName: "serving",
    nodeGroupName: "serving-2026",
    nodeGroupArn: "arn:aws:eks:eu-central-1:111111111111:nodegroup/atlas-dev/serving-2026/1",
    nodeRoleArn: "arn:aws:iam::111111111111:role/nodes",
    instanceTypes: ["trn2.48xlarge"],
    maxSize: 1,
    neuronModel: "trainium2",
  });
  expect(pool).toMatchObject({
    ...{ kind: "neuron", neuronModel: "trainium2", resourceName: "aws.amazon.com/neuron", labels: {} },
    allocatable: { "aws.amazon.com/neuron": 16 },
  });
  expect(pool.connections).toBe(cluster.connections);
});
