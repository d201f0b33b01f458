import { EksCluster } from "../../../constructs/cluster/eks-cluster";
import { minimalClusterProps, SYSTEM_POOL } from "../../support/cluster";
import { gpuPool, type GpuPoolOptions, gpuPoolProblems, refusedGpuPool, userDataOf } from "../../support/pools";
import { synthesize } from "../../support/synth";

const ownImage = { imageId: "ami-0123456789abcdef0", serviceCidr: "172.20.0.0/16" };
const G7: GpuPoolOptions = { instanceTypes: ["g7.2xlarge"], ownImage };

test("an own image brings its version with it: the node group names neither image type nor version", () => {
  const out = gpuPool(G7);
  expect(out.resource("aws_launch_template")).toMatchObject({ image_id: ownImage.imageId });
  const group = out.resource("aws_eks_node_group");
  expect([group["ami_type"], group["version"]]).toEqual([undefined, undefined]);
});

test("a node of an own image is told how to join, with labels and taints", () => {
  const labels =
    "flightdeck.dev/pool=training,flightdeck.dev/capacity=on-demand,flightdeck.dev/gpu=rtx-pro-4500,k8s.amazonaws.com/accelerator=nvidia-rtx-pro-4500,nvidia.com/gpu.present=true";
  expect(userDataOf(gpuPool({ ...G7, localStorage: "raid0" }))).toContain(
    [
      "spec:",
      "  cluster:",
      '    name: "atlas-dev"',
      '    apiServerEndpoint: "https://0123.gr7.eu-central-1.eks.amazonaws.com"',
      '    certificateAuthority: "LS0tLS1CRUdJTg=="',
      '    cidr: "172.20.0.0/16"',
      "  kubelet:",
      "    config:",
      '      registerWithTaints: [{"key":"nvidia.com/gpu","value":"true","effect":"NoSchedule"}]',
      `    flags: ["--node-labels=${labels}"]`,
      "  instance:",
      "    localStorage:",
      '      strategy: "RAID0"',
      "",
    ].join("\n"),
  );
});

test("a Bottlerocket node of an own image is told by its settings", () => {
  const options = { ...G7, operatingSystem: "bottlerocket", ownImage: { imageId: ownImage.imageId } } as const;
  expect(userDataOf(gpuPool(options))).toBe(
    [
      "[settings.kubernetes]",
      'api-server = "https://0123.gr7.eu-central-1.eks.amazonaws.com"',
      'cluster-certificate = "LS0tLS1CRUdJTg=="',
      'cluster-name = "atlas-dev"',
      "",
      "[settings.kubernetes.node-labels]",
      '"flightdeck.dev/pool" = "training"',
      '"flightdeck.dev/capacity" = "on-demand"',
      '"flightdeck.dev/gpu" = "rtx-pro-4500"',
      '"k8s.amazonaws.com/accelerator" = "nvidia-rtx-pro-4500"',
      '"nvidia.com/gpu.present" = "true"',
      "",
      "[settings.kubernetes.node-taints]",
      '"nvidia.com/gpu" = ["true:NoSchedule"]',
      "",
    ].join("\n"),
  );
});

test("a cluster of the same code says its service range itself, as references outside of quotes", () => {
  const out = synthesize((stack) => {
    const cluster = new EksCluster(stack, "Cluster", minimalClusterProps(stack));
    cluster.addNodePool("System", SYSTEM_POOL);
    const { imageId } = ownImage;
    cluster.addGpuNodePool("Own", {
      poolName: "own",
      instanceTypes: ["g7.2xlarge"],
      maxSize: 1,
      ownImage: { imageId },
    });
  });
  const data = out.resource("aws_launch_template", "Cluster/Own/LaunchTemplate")["user_data"];
  expect(data).toMatch(/^\$\{base64encode\(join\("", \["MIME-Version: 1\.0\\n/);
  expect(data).toMatch(/, aws_eks_cluster\.\w+\.kubernetes_network_config\[0\]\.service_ipv4_cidr, /);
});

describe("a pool refuses", () => {
  test.each<[string, GpuPoolOptions, string]>([
    [
      "GPUs that EKS's image has no driver for",
      { instanceTypes: ["g7.2xlarge"] },
      '`instanceTypes` must be types whose GPUs EKS\'s image has a driver for (580); these need driver 595 or newer: build an image with it and give it as `ownImage`, got "g7.2xlarge"',
    ],
    [
      "an image with a malformed id",
      { ...G7, ownImage: { ...ownImage, imageId: "g7-image" } },
      '`ownImage.imageId` must be the id of an image, `ami-` and 8 or 17 hexadecimal digits, got "g7-image"',
    ],
    [
      "an own image in an imported cluster whose service range is not said",
      { ...G7, ownImage: { imageId: ownImage.imageId } },
      "`ownImage.serviceCidr` must be given, since an imported cluster does not say it, got nothing",
    ],
  ])("%s", (_name, options, line) => {
    expect(refusedGpuPool(options)).toEqual(gpuPoolProblems(line));
  });

  test("a service range that is none", () => {
    const { message } = refusedGpuPool({ ...G7, ownImage: { ...ownImage, serviceCidr: "services" } });
    expect(message).toMatch(/^`ownImage\.serviceCidr` must .*, got "services"\n {2}in test\/Pool$/);
  });
});
