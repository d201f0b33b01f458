import type { GpuSharing } from "../../../constructs/cluster/gpu-sharing";
import { gpuPool, type GpuPoolOptions, gpuPoolProblems, refusedGpuPool, userDataOf } from "../../support/pools";

const P4D: GpuPoolOptions = { instanceTypes: ["p4d.24xlarge"], maxSize: 1 };
const tagsOf = (options: GpuPoolOptions) => {
  const tags = gpuPool(options).resource("aws_eks_node_group")["tags"] as Record<string, string>;
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [key.split("/resources/")[1], value]));
};

describe("time slicing", () => {
  const sharing: GpuSharing = { timeSlicing: { replicas: 4 } };

  test("has a name of its own for shares, so that who asks for a whole GPU gets none", () => {
    gpuPool({ instanceTypes: ["g5.12xlarge"], sharing }, (pool) => {
      expect(pool).toMatchObject({
        sharing,
        resourceName: "nvidia.com/gpu.shared",
        allocatable: { "nvidia.com/gpu.shared": 16 },
      });
      expect(pool.allocatable).not.toHaveProperty(["nvidia.com/gpu"]);
    });
    expect(tagsOf({ instanceTypes: ["g5.12xlarge"], sharing })).toEqual({
      "ephemeral-storage": "200Gi",
      "nvidia.com/gpu": "0",
      "nvidia.com/gpu.shared": "16",
    });
  });

  test("is told to the device plugin by a label on Amazon Linux", () => {
    expect(gpuPool({ sharing }).resource("aws_eks_node_group")["labels"]).toMatchObject({
      "flightdeck.dev/gpu-sharing": "time-slicing",
      "nvidia.com/device-plugin.config": "time-slicing-4",
    });
  });

  test("is told to Bottlerocket by its settings", () => {
    const out = gpuPool({ sharing, operatingSystem: "bottlerocket" });
    expect(userDataOf(out)).toBe(
      [
        "[settings.kubelet-device-plugins.nvidia]",
        'device-sharing-strategy = "time-slicing"',
        "",
        "[settings.kubelet-device-plugins.nvidia.time-slicing]",
        "replicas = 4",
        "rename-by-default = true",
        "fail-requests-greater-than-one = true",
        "",
      ].join("\n"),
    );
    expect(out.resource("aws_eks_node_group")["labels"]).not.toHaveProperty(["nvidia.com/device-plugin.config"]);
  });
});

test("MPS is told by labels on Amazon Linux and by settings on Bottlerocket", () => {
  const sharing: GpuSharing = { mps: { replicas: 10 } };
  expect(gpuPool({ sharing }).resource("aws_eks_node_group")["labels"]).toMatchObject({
    "flightdeck.dev/gpu-sharing": "mps",
    "nvidia.com/device-plugin.config": "mps-10",
    "nvidia.com/mps.capable": "true",
  });
  expect(userDataOf(gpuPool({ sharing, operatingSystem: "bottlerocket" }))).toBe(
    [
      "[settings.kubelet-device-plugins.nvidia]",
      'device-sharing-strategy = "mps"',
      "",
      "[settings.kubelet-device-plugins.nvidia.mps]",
      "replicas = 10",
      "rename-by-default = true",
      "",
    ].join("\n"),
  );
});

describe("MIG", () => {
  const sharing: GpuSharing = { mig: { profile: "1g.5gb" } };

  test("is told to the MIG manager by a label on Amazon Linux, and its instances have a name of their own", () => {
    const out = gpuPool({ ...P4D, sharing }, (pool) => {
      expect(pool.resourceName).toBe("nvidia.com/mig-1g.5gb");
      expect(pool.allocatable).toEqual({ "nvidia.com/mig-1g.5gb": 56 });
    });
    expect(out.resource("aws_eks_node_group")["labels"]).toMatchObject({
      "flightdeck.dev/gpu-sharing": "mig",
      "nvidia.com/mig.config": "all-1g.5gb",
    });
  });

  test("is told to Bottlerocket by its settings, which calls the instances GPUs", () => {
    const out = gpuPool({ ...P4D, sharing, operatingSystem: "bottlerocket" }, (pool) => {
      expect(pool.allocatable).toEqual({ "nvidia.com/gpu": 56 });
    });
    expect(userDataOf(out)).toBe(
      [
        "[settings.kubelet-device-plugins.nvidia]",
        'device-partitioning-strategy = "mig"',
        "",
        "[settings.kubelet-device-plugins.nvidia.mig.profile]",
        '"a100.40gb" = "1g.5gb"',
        "",
      ].join("\n"),
    );
    expect(out.resource("aws_eks_node_group")["labels"]).not.toHaveProperty(["nvidia.com/mig.config"]);
  });

  test.each([
    ["p4de.24xlarge", "1g.10gb", 56],
    ["p5.4xlarge", "2g.20gb", 3],
    ["p5en.48xlarge", "3g.71gb", 16],
    ["p6-b200.48xlarge", "7g.180gb", 8],
    ["g7e.2xlarge", "1g.24gb", 4],
  ])("cuts the GPUs of %s by %s into %i", (type, profile, count) => {
    gpuPool({ instanceTypes: [type], sharing: { mig: { profile } } }, (pool) => {
      expect(pool.allocatable).toEqual({ [`nvidia.com/mig-${profile}`]: count });
    });
  });
});

describe("sharing accepts the ends of each range", () => {
  test.each<GpuSharing>([
    { timeSlicing: { replicas: 2 } },
    { timeSlicing: { replicas: 22 } },
    { mps: { replicas: 2 } },
    { mps: { replicas: 22 } },
  ])("%j", (sharing) => {
    expect(Object.keys(gpuPool({ sharing }).resources("aws_eks_node_group"))).toHaveLength(1);
  });
});

describe("sharing is refused", () => {
  const SHARE = "so that each share has 1 GiB of memory";
  const two = { timeSlicing: { replicas: 2 }, mps: { replicas: 2 } } as unknown as GpuSharing;

  test.each<[string, GpuPoolOptions, string]>([
    [
      "in two ways at once",
      { sharing: two },
      `\`sharing\` must be one of \`{ timeSlicing }\`, \`{ mps }\` and \`{ mig }\`, got ${JSON.stringify(two)}`,
    ],
    [
      "among one pod",
      { sharing: { timeSlicing: { replicas: 1 } } },
      `\`sharing.timeSlicing.replicas\` must be a whole number from 2 to 22, ${SHARE}, got 1`,
    ],
    [
      "among more pods than the memory is enough for",
      { sharing: { timeSlicing: { replicas: 23 } } },
      `\`sharing.timeSlicing.replicas\` must be a whole number from 2 to 22, ${SHARE}, got 23`,
    ],
    [
      "among more clients than MPS has",
      { ...P4D, instanceTypes: ["p5.4xlarge"], sharing: { mps: { replicas: 49 } } },
      `\`sharing.mps.replicas\` must be a whole number from 2 to 48, ${SHARE}, got 49`,
    ],
    [
      "by a profile that the GPU lacks",
      { ...P4D, sharing: { mig: { profile: "1g.18gb" } } },
      '`sharing.mig.profile` must be a profile of the a100 with 40960 MiB (1g.5gb, 1g.10gb, 2g.10gb, 3g.20gb, 4g.20gb, 7g.40gb), got "1g.18gb"',
    ],
    [
      "by MIG on a GPU that cannot be cut",
      { sharing: { mig: { profile: "1g.5gb" } } },
      '`sharing.mig` must be left out: the l4 of g6.xlarge cannot be cut, got "1g.5gb"',
    ],
    [
      "by a profile that Bottlerocket does not set up",
      { ...P4D, operatingSystem: "bottlerocket", sharing: { mig: { profile: "4g.20gb" } } },
      '`sharing.mig.profile` must be a profile that Bottlerocket sets up on the a100 (1g.5gb, 1g.10gb, 2g.10gb, 3g.20gb, 7g.40gb), got "4g.20gb"',
    ],
    [
      "by MIG on a GPU that Bottlerocket does not know",
      {
        instanceTypes: ["p6-b300.48xlarge"],
        operatingSystem: "bottlerocket",
        sharing: { mig: { profile: "1g.34gb" } },
      },
      '`sharing.mig.profile` must be a profile that Bottlerocket sets up on the b300 (none), got "1g.34gb"',
    ],
  ])("%s", (_name, options, line) => {
    expect(refusedGpuPool(options)).toEqual(gpuPoolProblems(line));
  });
});

test.each<[string, GpuPoolOptions, boolean]>([
  ["whole GPUs", {}, true],
  [
    "GPUs cut by Bottlerocket, which keep their name",
    { ...P4D, operatingSystem: "bottlerocket", sharing: { mig: { profile: "1g.5gb" } } },
    true,
  ],
  ["GPUs in turns", { sharing: { timeSlicing: { replicas: 2 } } }, false],
  ["GPUs under MPS", { sharing: { mps: { replicas: 2 } } }, false],
  ["cut GPUs", { ...P4D, sharing: { mig: { profile: "1g.5gb" } } }, false],
])("the cluster autoscaler waits for GPUs named nvidia.com/gpu alone: %s", (_what, options, waits) => {
  const labels = gpuPool(options).resource("aws_eks_node_group")["labels"] as Record<string, string>;
  expect("k8s.amazonaws.com/accelerator" in labels).toBe(waits);
});
