import type { TerraformStack } from "cdktf";
import type { ICluster } from "../../../constructs/cluster/cluster";
import { EksCluster } from "../../../constructs/cluster/eks-cluster";
import type { KarpenterNodePoolOptions } from "../../../constructs/controllers/karpenter-node-pool-options";
import type { PodPlacement } from "../../../constructs/core/placement";
import type { ManifestObject } from "../../../constructs/kubernetes/manifest-object";
import { importedCluster, importedKey, importedVpc, KEY_ARN } from "../../support/cluster";
import { addressesOf, CPU_POOL, defineKarpenterPool } from "../../support/controllers";
import { customResourceProblems, testWithDefinitions } from "../../support/custom-resources";
import { IDENTITY } from "../../support/fixtures";
import { kubernetesStack } from "../../support/kubernetes";
import { addGpuPool, objectsOf } from "../../support/releases";
import { synth } from "../../support/synth";

/** The two objects of a pool. */
function objects(options: KarpenterNodePoolOptions, cluster?: (stack: TerraformStack) => ICluster): ManifestObject[] {
  return [...objectsOf(synth(defineKarpenterPool(options, cluster).stack).resource("helm_release"))];
}

const GPU: KarpenterNodePoolOptions = {
  poolName: "inference",
  instanceTypes: ["g6.xlarge", "g6.12xlarge"],
  limits: { accelerators: 8 },
};

describe("KarpenterNodePool with minimal props", () => {
  const [nodeClass, nodePool] = objects(CPU_POOL);

  test("starts instances from a dated image, in the cluster's subnets and group, with the nodes' role", () => {
    expect(nodeClass).toEqual({
      apiVersion: "karpenter.k8s.aws/v1",
      kind: "EC2NodeClass",
      metadata: { name: "batch" },
      spec: {
        amiSelectorTerms: [{ alias: expect.stringMatching(/^al2023@v\d{8}$/) as string }],
        role: "karpenter-node",
        subnetSelectorTerms: [{ tags: { "karpenter.sh/discovery": "atlas-dev" } }],
        securityGroupSelectorTerms: [{ tags: { "karpenter.sh/discovery": "atlas-dev" } }],
        metadataOptions: {
          httpEndpoint: "enabled",
          httpProtocolIPv6: "disabled",
          httpPutResponseHopLimit: 1,
          httpTokens: "required",
        },
        blockDeviceMappings: [
          {
            deviceName: "/dev/xvda",
            ebs: { volumeSize: "50Gi", volumeType: "gp3", encrypted: true, deleteOnTermination: true },
          },
        ],
        tags: {
          "ebs.csi.aws.com/cluster-name": "atlas-dev",
          Name: "atlas-dev-batch",
          "flightdeck:pool": "batch",
        },
      },
    });
  });

  test("takes the named types on demand, within its limit, for a month at most", () => {
    expect(nodePool).toEqual({
      apiVersion: "karpenter.sh/v1",
      kind: "NodePool",
      metadata: { name: "batch" },
      spec: {
        template: {
          metadata: { labels: { "flightdeck.dev/pool": "batch", "flightdeck.dev/capacity": "on-demand" } },
          spec: {
            nodeClassRef: { group: "karpenter.k8s.aws", kind: "EC2NodeClass", name: "batch" },
            requirements: [
              { key: "kubernetes.io/os", operator: "In", values: ["linux"] },
              { key: "kubernetes.io/arch", operator: "In", values: ["amd64"] },
              { key: "node.kubernetes.io/instance-type", operator: "In", values: ["m7i.xlarge", "m6i.xlarge"] },
              { key: "karpenter.sh/capacity-type", operator: "In", values: ["on-demand"] },
            ],
            expireAfter: "720h",
          },
        },
        disruption: {
          consolidationPolicy: "WhenEmptyOrUnderutilized",
          consolidateAfter: "1m",
          budgets: [{ nodes: "10%" }],
        },
        limits: { cpu: "64" },
      },
    });
  });

  testWithDefinitions("is as the definitions have it", () => {
    expect(customResourceProblems("karpenter-crd", objects(CPU_POOL))).toEqual([]);
  });

  test("is a release of its own, whose address is kept", () => {
    const { stack, pool } = defineKarpenterPool(CPU_POOL);
    expect(synth(stack).resource("helm_release")).toMatchObject({
      name: "karpenter-pool-batch",
      namespace: "kube-system",
    });
    expect(addressesOf(stack, pool.ready)).toEqual(["helm_release.Pool_Objects_F5AE9758"]);
  });
});

describe("KarpenterNodePool with every prop", () => {
  const options: KarpenterNodePoolOptions = {
    poolName: "inference",
    instanceTypes: ["g6.xlarge"],
    instanceFamilies: ["g6"],
    capacity: ["reserved", "spot", "on-demand"],
    reservations: [{ reservationId: "cr-0123456789abcdef0" }, { tags: { team: "vision" } }],
    limits: { accelerators: 8, cpus: 256, memoryGiB: 1024, nodes: 4 },
    labels: { workload: "serving" },
    taints: [{ key: "workload", value: "serving", effect: "NoSchedule" }],
    zones: ["eu-central-1a"],
    diskGiB: 300,
    localStorage: "raid0",
    operatingSystem: "bottlerocket",
    imageRelease: "v1.64.0",
    expireAfter: "168h",
    terminationGracePeriod: "48h",
    consolidation: { policy: "Balanced", after: "30m" },
    budgets: [
      { nodes: "1", reasons: ["Drifted"] },
      { nodes: "0", schedule: "0 8 * * mon-fri", duration: "10h" },
    ],
    weight: 10,
    instanceTags: { CostCenter: "ml" },
  };
  const clusterWithKey = (stack: TerraformStack) =>
    EksCluster.fromClusterAttributes(stack, "Cluster", {
      identity: IDENTITY,
      clusterName: "atlas-dev",
      clusterArn: "arn:aws:eks:eu-central-1:111111111111:cluster/atlas-dev",
      version: "1.36",
      endpoint: "https://0123.gr7.eu-central-1.eks.amazonaws.com",
      certificateAuthorityData: "LS0tLS1CRUdJTg==",
      clusterSecurityGroupId: "sg-1",
      vpc: importedVpc(stack),
      diskKey: importedKey(stack),
    });
  const [nodeClass, nodePool] = objects(options, clusterWithKey);

  test("starts Bottlerocket with two disks under the cluster's key, out of the reservations", () => {
    const disk = { volumeType: "gp3", encrypted: true, deleteOnTermination: true, kmsKeyID: KEY_ARN };
    expect(nodeClass?.["spec"]).toMatchObject({
      amiSelectorTerms: [{ alias: "bottlerocket@v1.64.0" }],
      blockDeviceMappings: [
        { deviceName: "/dev/xvda", ebs: { volumeSize: "4Gi", ...disk } },
        { deviceName: "/dev/xvdb", ebs: { volumeSize: "300Gi", ...disk } },
      ],
      instanceStorePolicy: "RAID0",
      capacityReservationSelectorTerms: [{ id: "cr-0123456789abcdef0" }, { tags: { team: "vision" } }],
      tags: { CostCenter: "ml", "flightdeck:pool": "inference" },
    });
  });

  test("takes every type of the family, once each, from all kinds of capacity, in one zone", () => {
    const { template } = nodePool?.["spec"] as { template: { spec: { requirements: { values: string[] }[] } } };
    const [, , types, capacity, zones] = template.spec.requirements.map(({ values }) => values);
    expect(types).toContain("g6.48xlarge");
    expect(types?.[0]).toBe("g6.xlarge");
    expect(new Set(types).size).toBe(types?.length);
    expect(types?.filter((name) => !name.startsWith("g6."))).toEqual([]);
    expect(capacity).toEqual(["reserved", "spot", "on-demand"]);
    expect(zones).toEqual(["eu-central-1a"]);
  });

  test("counts as spot where some nodes may be, and carries the labels and taints of a GPU pool", () => {
    expect(nodePool?.["spec"]).toMatchObject({
      template: {
        metadata: {
          labels: {
            workload: "serving",
            "flightdeck.dev/pool": "inference",
            "flightdeck.dev/capacity": "spot",
            "flightdeck.dev/gpu": "l4",
            "k8s.amazonaws.com/accelerator": "nvidia-l4",
            "nvidia.com/gpu.present": "true",
          },
        },
        spec: {
          taints: [
            { key: "nvidia.com/gpu", value: "true", effect: "NoSchedule" },
            { key: "workload", value: "serving", effect: "NoSchedule" },
          ],
          expireAfter: "168h",
          terminationGracePeriod: "48h",
        },
      },
      disruption: {
        consolidationPolicy: "Balanced",
        consolidateAfter: "30m",
        budgets: [
          { nodes: "1", reasons: ["Drifted"] },
          { nodes: "0", schedule: "0 8 * * mon-fri", duration: "10h" },
        ],
      },
      limits: { cpu: "256", memory: "1024Gi", "nvidia.com/gpu": "8", nodes: "4" },
      weight: 10,
    });
  });

  testWithDefinitions("is as the definitions have it", () => {
    expect(customResourceProblems("karpenter-crd", objects(options, clusterWithKey))).toEqual([]);
  });
});

describe("a pool with accelerators", () => {
  test("waits ten minutes before it gives up an empty node, and gives up no other", () => {
    const [nodeClass, nodePool] = objects(GPU);
    expect(nodePool?.["spec"]).toMatchObject({
      disruption: { consolidationPolicy: "WhenEmpty", consolidateAfter: "10m" },
    });
    expect(nodeClass?.["spec"]).toMatchObject({ blockDeviceMappings: [{ ebs: { volumeSize: "200Gi" } }] });
  });

  test("counts Neuron devices as its limit", () => {
    const [, nodePool] = objects({
      poolName: "neuron",
      instanceTypes: ["inf2.24xlarge"],
      capacity: ["reserved"],
      reservations: [{ tags: { team: "vision" } }],
      limits: { accelerators: 12 },
    });
    expect(nodePool?.["spec"]).toMatchObject({
      template: {
        metadata: { labels: { "flightdeck.dev/neuron": "inferentia2", "flightdeck.dev/capacity": "reservation" } },
        spec: { taints: [{ key: "aws.amazon.com/neuron", value: "true", effect: "NoSchedule" }] },
      },
      limits: { "aws.amazon.com/neuron": "12" },
    });
  });

  test("has the labels and taints of a node group with the same instances", () => {
    const stack = kubernetesStack();
    const { labels, taints } = addGpuPool(importedCluster(stack), "inference", { instanceTypes: ["g6.xlarge"] });
    const { pool } = defineKarpenterPool({ ...GPU, instanceTypes: ["g6.xlarge"] });
    expect({ labels: pool.labels, taints: pool.taints }).toEqual({ labels, taints });
  });
});

describe("place", () => {
  const placementOf = (options: KarpenterNodePoolOptions): PodPlacement => {
    const told: PodPlacement[] = [];
    defineKarpenterPool(options).pool.place({ placeOn: (placement) => told.push(placement) });
    const [placement] = told;
    if (placement === undefined) throw new Error("nothing was placed");
    return placement;
  };

  test("tells a workload of GPUs, taints and the largest node", () => {
    expect(placementOf({ ...GPU, taints: [{ key: "workload", effect: "NoExecute" }] })).toEqual({
      poolName: "inference",
      clusterName: "atlas-dev",
      nodeSelector: { "flightdeck.dev/pool": "inference" },
      tolerations: [
        { key: "nvidia.com/gpu", operator: "Equal", value: "true", effect: "NoSchedule" },
        { key: "workload", operator: "Exists", effect: "NoExecute" },
      ],
      spot: false,
      gpuResource: "nvidia.com/gpu",
      largestNode: { "nvidia.com/gpu": 4 },
      largestVcpu: 48,
      largestMemoryMiB: 196608,
    });
  });

  test("counts as spot where some nodes may be", () => {
    expect(placementOf({ ...CPU_POOL, capacity: ["on-demand", "spot"] })).toMatchObject({
      spot: true,
      gpuResource: undefined,
      largestNode: {},
    });
  });

  test("knows the cores of Neuron devices", () => {
    const options = { poolName: "neuron", instanceTypes: ["inf2.24xlarge"], limits: { accelerators: 6 } };
    expect(placementOf(options)).toMatchObject({
      gpuResource: undefined,
      largestNode: { "aws.amazon.com/neuron": 6, "aws.amazon.com/neuroncore": 12 },
    });
  });
});
