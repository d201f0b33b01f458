import { gpuPool, type GpuPoolOptions, gpuPoolProblems, refusedGpuPool, userDataOf } from "../../support/pools";

const SNAPSHOT = "snap-0123456789abcdef0";
const disksOf = (options: GpuPoolOptions) => gpuPool(options).resource("aws_launch_template")["block_device_mappings"];

test("local disks are left alone unless they are wanted", () => {
  expect(gpuPool().resource("aws_launch_template")["user_data"]).toBeUndefined();
});

describe("local disks as scratch", () => {
  test("are set up by nodeadm on Amazon Linux", () => {
    expect(userDataOf(gpuPool({ localStorage: "raid0" }))).toBe(
      [
        "MIME-Version: 1.0",
        'Content-Type: multipart/mixed; boundary="//"',
        "",
        "--//",
        "Content-Type: application/node.eks.aws",
        "",
        "---",
        "apiVersion: node.eks.aws/v1alpha1",
        "kind: NodeConfig",
        "spec:",
        "  instance:",
        "    localStorage:",
        '      strategy: "RAID0"',
        "",
        "--//--",
        "",
      ].join("\n"),
    );
  });

  test("are set up by bootstrap commands on Bottlerocket", () => {
    expect(userDataOf(gpuPool({ localStorage: "raid0", operatingSystem: "bottlerocket" }))).toBe(
      [
        "[settings.bootstrap-commands.000-local-storage]",
        'commands = [["apiclient","ephemeral-storage","init"],["apiclient","ephemeral-storage","bind","--dirs","/var/lib/containerd","/var/lib/kubelet","/var/log/pods"]]',
        "essential = true",
        'mode = "always"',
        "",
      ].join("\n"),
    );
  });

  test("are what the autoscaler counts as scratch space, those of the smallest type", () => {
    const out = gpuPool({ instanceTypes: ["g6.2xlarge", "g6.xlarge"], localStorage: "raid0" });
    expect(out.resource("aws_eks_node_group")["tags"]).toMatchObject({
      "k8s.io/cluster-autoscaler/node-template/resources/ephemeral-storage": "250G",
    });
  });
});

describe("an image volume", () => {
  const imageVolume = { snapshotId: SNAPSHOT, sizeGiB: 100, initializationRateMiBps: 300 };

  test("is a second, encrypted disk, mounted before containerd starts on Amazon Linux", () => {
    expect(disksOf({ imageVolume })).toMatchObject([
      { device_name: "/dev/xvda", ebs: { volume_size: 200 } },
      {
        device_name: "/dev/xvdb",
        ebs: { snapshot_id: SNAPSHOT, volume_size: 100, volume_initialization_rate: 300, encrypted: "true" },
      },
    ]);
    const data = userDataOf(gpuPool({ imageVolume }));
    expect(data).toContain('Content-Type: text/x-shellscript; charset="us-ascii"\n\n#!/bin/bash\n');
    expect(data).toContain("mount /var/lib/containerd\n");
    expect(data).not.toContain("NodeConfig");
  });

  test("takes the place of Bottlerocket's data volume, with its size", () => {
    const disks = { operatingSystem: "bottlerocket", imageVolume: { snapshotId: SNAPSHOT } } as const;
    expect(disksOf(disks)).toMatchObject([
      { device_name: "/dev/xvda" },
      { device_name: "/dev/xvdb", ebs: { snapshot_id: SNAPSHOT, volume_size: 200 } },
    ]);
    expect(gpuPool(disks).resource("aws_launch_template")["user_data"]).toBeUndefined();
  });

  test.each<GpuPoolOptions["imageVolume"]>([
    { snapshotId: "snap-01234567", sizeGiB: 1, initializationRateMiBps: 100 },
    { snapshotId: SNAPSHOT, sizeGiB: 16384, initializationRateMiBps: 300 },
  ])("may be %j", (volume) => {
    expect(Object.keys(gpuPool({ imageVolume: volume }).resources("aws_launch_template"))).toHaveLength(1);
  });
});

describe("a pool refuses", () => {
  const SIZE = "`imageVolume.sizeGiB` must be a whole number of GiB from 1 to 16384";
  const RATE = "`imageVolume.initializationRateMiBps` must be a whole number of MiB per second from 100 to 300";

  test.each<[string, GpuPoolOptions, string]>([
    [
      "scratch on a type without local disks",
      { instanceTypes: ["g5g.xlarge"], localStorage: "raid0" },
      '`instanceTypes` must be types with local NVMe disks, or `localStorage` be "none", got ["g5g.xlarge"]',
    ],
    [
      "an image volume that scratch would cover",
      { localStorage: "raid0", imageVolume: { snapshotId: SNAPSHOT } },
      '`imageVolume` must be left out with `localStorage: "raid0"`, which covers it, got {"snapshotId":"snap-0123456789abcdef0"}',
    ],
    [
      "a malformed snapshot",
      { imageVolume: { snapshotId: "vol-1" } },
      '`imageVolume.snapshotId` must be the id of a snapshot, `snap-` and 8 or 17 hexadecimal digits, got "vol-1"',
    ],
    ["a volume without size", { imageVolume: { snapshotId: SNAPSHOT, sizeGiB: 0 } }, `${SIZE}, got 0`],
    ["a volume too large", { imageVolume: { snapshotId: SNAPSHOT, sizeGiB: 16385 } }, `${SIZE}, got 16385`],
    ["a rate too low", { imageVolume: { snapshotId: SNAPSHOT, initializationRateMiBps: 99 } }, `${RATE}, got 99`],
    ["a rate too high", { imageVolume: { snapshotId: SNAPSHOT, initializationRateMiBps: 301 } }, `${RATE}, got 301`],
  ])("%s", (_name, options, line) => {
    expect(refusedGpuPool(options)).toEqual(gpuPoolProblems(line));
  });
});
