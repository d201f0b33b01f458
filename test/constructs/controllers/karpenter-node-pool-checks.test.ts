import type { TerraformStack } from "cdktf";
import type { KarpenterNodePoolOptions } from "../../../constructs/controllers/karpenter-node-pool-options";
import { importedCluster } from "../../support/cluster";
import { CPU_POOL, defineKarpenterPool } from "../../support/controllers";
import { failure } from "../../support/fixtures";
import { addGpuPool } from "../../support/releases";

/** What callers may hand over who are not checked by types. */
type Choice = Omit<Partial<KarpenterNodePoolOptions>, "sharing"> & { readonly sharing?: unknown };

function problemOf(options: Choice): string {
  const given = { ...CPU_POOL, ...options } as KarpenterNodePoolOptions;
  const { code, message } = failure(() => defineKarpenterPool(given));
  expect(code).toBe("INVALID_KARPENTER_NODE_POOL_PROPS");
  return message.replace(/\n {2}in test\/Pool$/, "");
}

describe("KarpenterNodePool refuses", () => {
  test.each<[string, Choice, string]>([
    [
      "a name that is no label",
      { poolName: "Batch" },
      '`poolName` must be lower-case words joined by hyphens, at most 36 characters, got "Batch"',
    ],
    [
      "no types at all",
      { instanceTypes: [] },
      "`instanceTypes` must name at least one type, or `instanceFamilies` a family, got []",
    ],
    [
      "an unknown type",
      { instanceTypes: ["m7i.xlarge", "m7i.xxlarge"] },
      '`instanceTypes[1]` must be an instance type of the catalogue (did you mean "m7i.xlarge"?), got "m7i.xxlarge"',
    ],
    [
      "a type twice",
      { instanceTypes: ["m7i.xlarge", "m7i.xlarge"] },
      '`instanceTypes[1]` must not be named twice, got "m7i.xlarge"',
    ],
    [
      "an unknown family",
      { instanceFamilies: ["m7ii"] },
      '`instanceFamilies[0]` must be a family of the catalogue\'s instance types (did you mean "m7i"?), got "m7ii"',
    ],
    [
      "two architectures",
      { instanceTypes: ["m7i.xlarge", "m7g.xlarge"] },
      "`instanceTypes` must have one CPU architecture, since images of workloads mostly have one, got " +
        '["m7i.xlarge (amd64)","m7g.xlarge (arm64)"]',
    ],
    [
      "GPUs beside none",
      { instanceTypes: ["g6.xlarge", "m7i.xlarge"], limits: { accelerators: 4 } },
      "`instanceTypes` must be all without accelerators, all with whole NVIDIA GPUs, or all with Neuron devices, " +
        'got ["m7i.xlarge"]',
    ],
    [
      "two models of GPUs",
      { instanceTypes: ["g6.xlarge", "g6e.xlarge"], limits: { accelerators: 4 } },
      "`instanceTypes` must have one model of accelerators, so that a workload fits on whichever type is started, " +
        'got ["l4 22888 MiB","l40s 45776 MiB"]',
    ],
    [
      "GPUs that the image has no driver for",
      { instanceTypes: ["g7.2xlarge"], limits: { accelerators: 4 } },
      "`instanceTypes` must be types whose GPUs EKS's image has a driver for (580); these need driver 595 or newer, " +
        'with an image of one\'s own in a node group, got "g7.2xlarge"',
    ],
    [
      "Neuron on Bottlerocket",
      { instanceTypes: ["inf2.xlarge"], limits: { accelerators: 4 }, operatingSystem: "bottlerocket" },
      '`operatingSystem` must be "al2023", the one that EKS builds images with the Neuron driver of, got "bottlerocket"',
    ],
    [
      "shared GPUs",
      { sharing: { timeSlicing: { replicas: 4 } } },
      "`sharing` must be left out: Karpenter does not count shares of GPUs; use a node group for a shared pool, " +
        'got {"timeSlicing":{"replicas":4}}',
    ],
    ["no capacity", { capacity: [] }, "`capacity` must name at least one kind, got []"],
    ["capacity twice", { capacity: ["spot", "spot"] }, '`capacity[1]` must not be named twice, got "spot"'],
    [
      "reserved capacity without reservations",
      { capacity: ["reserved"] },
      '`reservations` must name some when `capacity` has "reserved", and none when it has not, got []',
    ],
    [
      "a reservation by something else",
      { capacity: ["reserved"], reservations: [{ reservationId: "cr-1" }] },
      "`reservations[0].reservationId` must be the id of a capacity reservation, `cr-` and 8 or 17 hexadecimal digits, " +
        'got "cr-1"',
    ],
    [
      "a reservation by empty tags",
      { capacity: ["reserved"], reservations: [{ tags: {} }] },
      "`reservations[0].tags` must be 1 to 20 tags, neither key nor value empty, got {}",
    ],
    [
      "no limit of what it costs",
      { limits: { nodes: 4 } },
      "`limits.cpus` must be given for a pool without accelerators: it limits what the pool costs, got nothing",
    ],
    [
      "a limit below the smallest node",
      { limits: { cpus: 3, memoryGiB: 15, nodes: 0 } },
      [
        "`limits.cpus` must be a whole number, at least that of the smallest node (4), got 3",
        "`limits.memoryGiB` must be a whole number, at least that of the smallest node (16), got 15",
        "`limits.nodes` must be a whole number, at least that of the smallest node (1), got 0",
      ].join("\n"),
    ],
    [
      "a limit of accelerators that it has none of",
      { limits: { cpus: 4, accelerators: 1 } },
      "`limits.accelerators` must be left out for a pool without accelerators, got 1",
    ],
    [
      "labels that the pool or Karpenter sets",
      { labels: { "karpenter.sh/x": "y", "flightdeck.dev/pool": "other" } },
      [
        '`labels["flightdeck.dev/pool"]` must not be a label that the pool sets itself, got "flightdeck.dev/pool"',
        '`labels["karpenter.sh/x"]` must not be of a domain that Karpenter keeps for itself, got "karpenter.sh/x"',
      ].join("\n"),
    ],
    [
      "a zone that the network lacks",
      { zones: ["eu-central-1c", "eu-central-1a", "eu-central-1a"] },
      [
        '`zones[0]` must be a zone of the cluster\'s VPC (eu-central-1a, eu-central-1b), got "eu-central-1c"',
        '`zones[2]` must not be named twice, got "eu-central-1a"',
      ].join("\n"),
    ],
    ["no zone", { zones: [] }, "`zones` must name at least one zone, or be left out, got []"],
    [
      "the latest image",
      { imageRelease: "latest" },
      "`imageRelease` must be `v` and a day such as v20260714; `latest` would replace all nodes with each release, " +
        'got "latest"',
    ],
    [
      "a day as a version of Bottlerocket",
      { operatingSystem: "bottlerocket", imageRelease: "v20260714" },
      "`imageRelease` must be a version such as v1.66.0; `latest` would replace all nodes with each release, " +
        'got "v20260714"',
    ],
    ["a disk too small", { diskGiB: 19 }, "`diskGiB` must be a whole number of GiB from 20 to 16384, got 19"],
    ["a disk too large", { diskGiB: 16385 }, "`diskGiB` must be a whole number of GiB from 20 to 16384, got 16385"],
    [
      "a disk too small for CUDA",
      { instanceTypes: ["g6.xlarge"], limits: { accelerators: 1 }, diskGiB: 99 },
      "`diskGiB` must be a whole number of GiB from 100, since images for accelerators take 5 to 20 GiB each, to 16384, " +
        "got 99",
    ],
    [
      "local disks that the types lack",
      { localStorage: "raid0" },
      '`instanceTypes` must be types with local NVMe disks, or `localStorage` be "none", got ' +
        '["m7i.xlarge","m6i.xlarge"]',
    ],
    [
      "times that are none",
      { expireAfter: "30d", terminationGracePeriod: "Never", consolidation: { after: "soon" } },
      [
        '`expireAfter` must be a time such as 720h or 1h30m, or `Never`, got "30d"',
        '`consolidation.after` must be a time such as 720h or 1h30m, or `Never`, got "soon"',
        '`terminationGracePeriod` must be a time such as 48h, got "Never"',
      ].join("\n"),
    ],
    [
      "nodes that live no time",
      { expireAfter: "0h" },
      '`expireAfter` must be at least 1h: nodes would be replaced as soon as they are there, got "0h"',
    ],
    [
      "nodes that live less than an hour",
      { expireAfter: "59m59s" },
      '`expireAfter` must be at least 1h: nodes would be replaced as soon as they are there, got "59m59s"',
    ],
    ["a weight of 0", { weight: 0 }, "`weight` must be a whole number from 1 to 100, got 0"],
    ["a weight of 101", { weight: 101 }, "`weight` must be a whole number from 1 to 100, got 101"],
    [
      "budgets that Karpenter does not take",
      {
        budgets: [
          { nodes: "101%" },
          { nodes: "1", schedule: "daily" },
          { nodes: "1", schedule: "@daily", duration: "1d" },
        ],
      },
      [
        '`budgets[0].nodes` must be a number of nodes, or a share from 0% to 100%, got "101%"',
        '`budgets[1].schedule` must be given together with `duration`, got "daily"',
        '`budgets[1].schedule` must be five fields as cron has them, or a word such as @daily, got "daily"',
        '`budgets[2].duration` must be hours and minutes, such as 10h or 1h30m, got "1d"',
      ].join("\n"),
    ],
    [
      "tags that Karpenter sets",
      { instanceTags: { "karpenter.sh/nodepool": "x", "flightdeck:pool": "y" } },
      [
        '`instanceTags["karpenter.sh/nodepool"]` must not be a tag that the pool or Karpenter sets itself, got "karpenter.sh/nodepool"',
        '`instanceTags["flightdeck:pool"]` must not be a tag that the pool or Karpenter sets itself, got "flightdeck:pool"',
      ].join("\n"),
    ],
  ])("%s", (_, options, message) => {
    expect(problemOf(options)).toBe(message);
  });

  test("the name of a node group, since both would carry one label", () => {
    const withPool = (stack: TerraformStack) => {
      const cluster = importedCluster(stack);
      addGpuPool(cluster, "batch");
      return cluster;
    };
    expect(failure(() => defineKarpenterPool(CPU_POOL, withPool)).message).toBe(
      '`poolName` must not be the name of a node group of the cluster, got "batch"\n  in test/Pool',
    );
  });

  test.each([
    { expireAfter: "Never" },
    { expireAfter: "1h30m" },
    { expireAfter: "60m" },
    { expireAfter: "3600s" },
    { weight: 1 },
    { weight: 100 },
    { diskGiB: 20 },
    { diskGiB: 16384 },
    { limits: { cpus: 4 } },
    { budgets: [{ nodes: "100%" }, { nodes: "0%", schedule: "@daily", duration: "1h30m" }] },
  ])("nothing of %j", (options) => {
    expect(() => defineKarpenterPool({ ...CPU_POOL, ...options })).not.toThrow();
  });
});
