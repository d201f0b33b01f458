import { findInstanceType, instanceTypes } from "../../../../catalog";
import { extendedResources } from "../../../../sandbox/clusters/nodes/extended-resources";
import { maxPodsOf, nodeResources } from "../../../../sandbox/clusters/nodes/node-resources";

const PLAIN = { labels: {}, userData: "", bottlerocket: false, efaInterfaces: 0 };

describe("extended resources", () => {
  test.each([
    ["whole GPUs", "p4d.24xlarge", {}, { "nvidia.com/gpu": 8 }],
    ["no accelerator", "m7i.large", {}, {}],
    ["a fraction of a GPU", "g6f.xlarge", {}, {}],
    ["GPUs of another maker", "g4ad.xlarge", {}, { "amd.com/gpu": 1 }],
    ["Trainium", "trn1.32xlarge", {}, { "aws.amazon.com/neuron": 16, "aws.amazon.com/neuroncore": 32 }],
    [
      "time-slicing by label",
      "g6.12xlarge",
      { labels: { "nvidia.com/device-plugin.config": "time-slicing-4" } },
      { "nvidia.com/gpu.shared": 16 },
    ],
    [
      "MPS by label",
      "g6.xlarge",
      { labels: { "nvidia.com/device-plugin.config": "mps-3" } },
      { "nvidia.com/gpu.shared": 3 },
    ],
    [
      "MIG by label",
      "p4d.24xlarge",
      { labels: { "nvidia.com/mig.config": "all-1g.5gb" } },
      { "nvidia.com/mig-1g.5gb": 56 },
    ],
    [
      "MIG switched off",
      "p4d.24xlarge",
      { labels: { "nvidia.com/mig.config": "all-disabled" } },
      { "nvidia.com/gpu": 8 },
    ],
    [
      "time-slicing on Bottlerocket",
      "g5.xlarge",
      { bottlerocket: true, userData: "[settings.kubelet-device-plugins.nvidia.time-slicing]\nreplicas = 4\n" },
      { "nvidia.com/gpu.shared": 4 },
    ],
    [
      "MIG on Bottlerocket",
      "p4d.24xlarge",
      {
        bottlerocket: true,
        userData: '[settings.kubelet-device-plugins.nvidia.mig.profile]\n"a100.40gb" = "1g.5gb"\n',
      },
      { "nvidia.com/gpu": 56 },
    ],
    ["EFA", "p4d.24xlarge", { efaInterfaces: 4 }, { "nvidia.com/gpu": 8, "vpc.amazonaws.com/efa": 4 }],
  ])("%s", (_, type, settings, expected) => {
    expect(extendedResources(findInstanceType(type), { ...PLAIN, ...settings })).toEqual(expected);
  });
});

describe("capacity and allocatable", () => {
  const settings = { ...PLAIN, maxPods: 29, diskGiB: 50 };

  test("keep back what EKS's images keep back: CPU by cores, memory by pods, disk", () => {
    expect(nodeResources(findInstanceType("m7i.large"), settings)).toEqual({
      capacity: {
        cpu: "2",
        memory: "7577Mi",
        "ephemeral-storage": "52428800Ki",
        pods: "29",
        "hugepages-1Gi": "0",
        "hugepages-2Mi": "0",
      },
      allocatable: {
        cpu: "1930m",
        // 7577 - (255 + 11 × 29) - 100
        memory: "6903Mi",
        "ephemeral-storage": "46137344Ki",
        pods: "29",
        "hugepages-1Gi": "0",
        "hugepages-2Mi": "0",
      },
    });
  });

  test("with EFA, the driver's pages come out of the memory", () => {
    const type = findInstanceType("p4d.24xlarge");
    const plain = nodeResources(type, settings).allocatable;
    const efa = nodeResources(type, { ...settings, efaInterfaces: 4 }).allocatable;
    expect(efa["hugepages-2Mi"]).toBe("10256Mi");
    expect(parseInt(plain.memory!, 10) - parseInt(efa.memory!, 10)).toBe(10256);
  });

  test.each([
    ["nodeadm", 'strategy: "RAID0"'],
    ["Bottlerocket", 'commands = [["apiclient","ephemeral-storage","init"]]'],
  ])("local disks that the instance joins are its scratch space: %s", (_, userData) => {
    const type = findInstanceType("g6.xlarge");
    const { capacity } = nodeResources(type, { ...settings, userData });
    expect(capacity["ephemeral-storage"]).toBe(`${Math.floor((type.nvmeGB * 1e9) / 1024)}Ki`);
  });

  test("are positive and never more than there is, for every type", () => {
    for (const type of instanceTypes()) {
      const { capacity, allocatable } = nodeResources(type, { ...settings, maxPods: maxPodsOf([type], true) });
      expect(parseInt(allocatable.cpu!, 10)).toBeLessThan(Number(capacity.cpu) * 1000);
      expect(parseInt(allocatable.memory!, 10)).toBeGreaterThan(0);
      expect(parseInt(allocatable.memory!, 10)).toBeLessThan(parseInt(capacity.memory!, 10));
    }
  });
});

describe("most pods", () => {
  test.each([
    ["by addresses", ["m7i.large"], false, 29],
    ["by prefixes, capped at 110", ["m7i.large"], true, 110],
    ["by prefixes, few addresses", ["m7a.medium"], true, 98],
    ["capped at 250 on large instances", ["p4d.24xlarge"], false, 250],
    ["the smallest type's for all", ["m6i.8xlarge", "m7a.medium"], false, 8],
  ])("%s", (_, names, prefixes, expected) => {
    expect(maxPodsOf(names.map(findInstanceType), prefixes)).toBe(expected);
  });
});
