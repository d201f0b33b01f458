import { ACCOUNT, CLUSTER, EksHarness, NODEGROUP, START } from "../support/eks-harness";

const PATH = "/clusters/atlas/node-groups";
const WITHOUT_TYPES = { ...NODEGROUP, instanceTypes: undefined };

async function standing(): Promise<EksHarness> {
  return new EksHarness().cluster();
}

describe("CreateNodegroup", () => {
  test("answers a node group that is being created and stands 1 s later", async () => {
    const eks = await standing();
    const { nodegroup: created } = await eks.ok("POST", PATH, { ...NODEGROUP, labels: { pool: "system" } });
    expect(created.status).toBe("CREATING");
    expect(created.resources).toBe(undefined);
    expect((await eks.wait(999).ok("GET", `${PATH}/system`)).nodegroup.status).toBe("CREATING");
    const { nodegroup } = await eks.wait(1).ok("GET", `${PATH}/system`);
    const id = nodegroup.nodegroupArn.split("/").at(-1);
    expect(nodegroup).toEqual({
      nodegroupName: "system",
      nodegroupArn: `arn:aws:eks:eu-west-1:${ACCOUNT}:nodegroup/atlas/system/${id}`,
      clusterName: "atlas",
      version: "1.34",
      releaseVersion: "1.34.0-20260601",
      createdAt: (START + 1500) / 1000,
      modifiedAt: (START + 1500) / 1000,
      status: "ACTIVE",
      capacityType: "ON_DEMAND",
      scalingConfig: { minSize: 1, desiredSize: 2, maxSize: 3 },
      instanceTypes: ["m6i.large"],
      subnets: ["subnet-0000000a", "subnet-0000000b"],
      amiType: "AL2023_x86_64_STANDARD",
      nodeRole: NODEGROUP.nodeRole,
      labels: { pool: "system" },
      resources: { autoScalingGroups: [{ name: `eks-system-${id}` }] },
      diskSize: 20,
      health: { issues: [] },
      updateConfig: { maxUnavailable: 1, updateStrategy: "DEFAULT" },
      nodeRepairConfig: { enabled: false },
      tags: {},
    });
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  test("keeps everything that was asked for", async () => {
    const taints = [{ key: "nvidia.com/gpu", value: "true", effect: "NO_SCHEDULE" }];
    const asked = {
      instanceTypes: ["g6.xlarge"],
      amiType: "AL2023_x86_64_NVIDIA",
      capacityType: "SPOT",
      scalingConfig: { minSize: 0, desiredSize: 0, maxSize: 4 },
      taints,
      updateConfig: { maxUnavailablePercentage: 33 },
      nodeRepairConfig: { enabled: true, maxUnhealthyNodeThresholdCount: 2 },
      version: "1.33",
      releaseVersion: "1.33.5-20260101",
      tags: { Pool: "gpu" },
    };
    const eks = await (await standing()).nodegroup(asked);
    const updateConfig = { updateStrategy: "DEFAULT", maxUnavailablePercentage: 33 };
    expect((await eks.ok("GET", `${PATH}/system`)).nodegroup).toMatchObject({ ...asked, updateConfig });
  });

  test("takes a capacity block with its type in the launch template", async () => {
    const block = { launchTemplate: { id: "lt-00000006" }, capacityType: "CAPACITY_BLOCK", amiType: undefined };
    const eks = await (await standing()).nodegroup({ ...block, instanceTypes: undefined });
    const { nodegroup } = await eks.ok("GET", `${PATH}/system`);
    expect(nodegroup).toMatchObject({ capacityType: "CAPACITY_BLOCK", amiType: "AL2023_x86_64_NVIDIA" });
    expect(nodegroup.instanceTypes).toBeUndefined();
  });

  test.each([
    ["m7g.large", "AL2023_ARM_64_STANDARD"],
    ["g6.xlarge", "AL2023_x86_64_NVIDIA"],
    ["inf2.xlarge", "AL2023_x86_64_NEURON"],
    ["m8g.large", "AL2023_ARM_64_STANDARD"],
    ["p9.large", "AL2023_x86_64_NVIDIA"],
  ])("chooses for %s the image %s", async (type, amiType) => {
    const eks = await (await standing()).nodegroup({ instanceTypes: [type] });
    expect((await eks.ok("GET", `${PATH}/system`)).nodegroup.amiType).toBe(amiType);
  });

  test.each([
    ["BOTTLEROCKET_x86_64", /^1\.34\.0-[0-9a-f]{8}$/, 20],
    ["WINDOWS_CORE_2022_x86_64", /^1\.34-2026\.06\.01$/, 50],
  ])("gives %s a release and a disk of its kind", async (amiType, release, diskSize) => {
    const eks = await (await standing()).nodegroup({ amiType });
    const { nodegroup } = await eks.ok("GET", `${PATH}/system`);
    expect(nodegroup.releaseVersion).toMatch(release);
    expect(nodegroup.diskSize).toBe(diskSize);
  });

  test("takes t3.medium where nobody names an instance type", async () => {
    const eks = await (await standing()).nodegroup(WITHOUT_TYPES);
    expect((await eks.ok("GET", `${PATH}/system`)).nodegroup.instanceTypes).toEqual(["t3.medium"]);
  });

  test("fills in the sizes that are left out", async () => {
    const eks = await (await standing()).nodegroup({ scalingConfig: undefined });
    expect((await eks.ok("GET", `${PATH}/system`)).nodegroup.scalingConfig).toEqual({
      minSize: 1,
      desiredSize: 1,
      maxSize: 2,
    });
  });

  test.each([
    [{ id: "lt-00000001", version: "2" }, "2"],
    [{ name: "template-1", version: "1" }, "1"],
    [{ id: "lt-00000001", version: "$Latest" }, "2"],
    [{ id: "lt-00000001" }, "1"],
  ])("keeps of launch template %p id, name and version number", async (launchTemplate, version) => {
    const eks = await (await standing()).nodegroup({ launchTemplate });
    const { nodegroup } = await eks.ok("GET", `${PATH}/system`);
    expect(nodegroup.launchTemplate).toEqual({ id: "lt-00000001", name: "template-1", version });
    expect(nodegroup.diskSize).toBe(undefined);
  });

  test("calls an image of the launch template CUSTOM and its id the release", async () => {
    const eks = await (await standing()).nodegroup({ launchTemplate: { id: "lt-00000002", version: "1" } });
    const { nodegroup } = await eks.ok("GET", `${PATH}/system`);
    expect(nodegroup).toMatchObject({ amiType: "CUSTOM", releaseVersion: "ami-1" });
    expect(nodegroup.version).toBe(undefined);
  });

  test("leaves out the instance types when the launch template holds the type", async () => {
    const eks = await (await standing()).nodegroup({ ...WITHOUT_TYPES, launchTemplate: { id: "lt-00000003" } });
    const { nodegroup } = await eks.ok("GET", `${PATH}/system`);
    expect([nodegroup.instanceTypes, nodegroup.amiType]).toEqual([undefined, "AL2023_x86_64_NVIDIA"]);
    expect(eks.snapshot().clusters[0]?.nodeGroups[0]?.instanceTypes).toEqual(["g6.xlarge"]);
  });

  test("lets the nodes join by an access entry, which goes with the last node group of the role", async () => {
    const eks = await (await (await standing()).nodegroup()).nodegroup({ nodegroupName: "second" });
    const entries = async () => (await eks.ok("GET", "/clusters/atlas/access-entries")).accessEntries;
    const path = `/clusters/atlas/access-entries/${encodeURIComponent(NODEGROUP.nodeRole)}`;
    expect((await eks.ok("GET", path)).accessEntry).toMatchObject({
      type: "EC2_LINUX",
      username: "system:node:{{EC2PrivateDNSName}}",
      kubernetesGroups: ["system:nodes"],
    });
    await eks.ok("DELETE", `${PATH}/system`);
    expect(await entries()).toEqual([NODEGROUP.nodeRole]);
    await eks.ok("DELETE", `${PATH}/second`);
    expect(await entries()).toEqual([]);
  });

  test("makes no access entry for a cluster that has only the ConfigMap", async () => {
    const eks = await new EksHarness().cluster({ accessConfig: { authenticationMode: "CONFIG_MAP" } });
    await eks.nodegroup();
    expect(eks.snapshot().clusters[0]?.accessEntries).toEqual([]);
  });

  test.each<[string, object, string]>([
    ["no subnet", { subnets: [] }, "InvalidParameterException (400): At least one subnet must be specified"],
    [
      "a minimum above the maximum",
      { scalingConfig: { minSize: 4, desiredSize: 4, maxSize: 3 } },
      "InvalidParameterException (400): Minimum capacity 4 can't be greater than max size 3",
    ],
    [
      "a minimum above the desired size",
      { scalingConfig: { minSize: 2, desiredSize: 1, maxSize: 3 } },
      "InvalidParameterException (400): Minimum capacity 2 can't be greater than desired size 1",
    ],
    [
      "a desired size above the maximum",
      { scalingConfig: { minSize: 0, desiredSize: 4, maxSize: 3 } },
      "InvalidParameterException (400): Desired capacity 4 can't be greater than max size 3",
    ],
    [
      "a number and a percentage of unavailable nodes",
      { updateConfig: { maxUnavailable: 1, maxUnavailablePercentage: 10 } },
      "InvalidParameterException (400): Either maxUnavailable or maxUnavailablePercentage may be specified, not both",
    ],
    [
      "a number and a percentage of repairs",
      { nodeRepairConfig: { maxParallelNodesRepairedCount: 1, maxParallelNodesRepairedPercentage: 10 } },
      "InvalidParameterException (400): Either maxParallelNodesRepairedCount or maxParallelNodesRepairedPercentage may be specified, not both",
    ],
    [
      "the same taint twice",
      {
        taints: [
          { key: "a", effect: "NO_SCHEDULE" },
          { key: "a", value: "1", effect: "NO_SCHEDULE" },
        ],
      },
      "InvalidParameterException (400): Duplicate taint: a:NO_SCHEDULE",
    ],
    [
      "a label that is reserved",
      { labels: { "eks.amazonaws.com/nodegroup": "x" } },
      "InvalidParameterException (400): Label keys with the prefixes eks.amazonaws.com/, kubernetes.io/ and k8s.io/ are reserved, got eks.amazonaws.com/nodegroup",
    ],
    [
      "a launch template by id and name",
      { launchTemplate: { id: "lt-00000001", name: "template-1" } },
      "InvalidParameterException (400): Either provide launch template ID or launch template name in the request.",
    ],
    [
      "a disk size beside a launch template",
      { launchTemplate: { id: "lt-00000001" }, diskSize: 100 },
      "InvalidParameterException (400): Disk size must be specified within the launch template.",
    ],
    [
      "remote access beside a launch template",
      { launchTemplate: { id: "lt-00000001" }, remoteAccess: { ec2SshKey: "k" } },
      "InvalidParameterException (400): Remote access configuration cannot be specified with a launch template.",
    ],
    [
      "a launch template that is not there",
      { launchTemplate: { id: "lt-ffffffff" } },
      "InvalidRequestException (400): Launch template could not be read: The specified launch template 'lt-ffffffff' does not exist (InvalidLaunchTemplateId.NotFound)",
    ],
    [
      "a version that the launch template does not have",
      { launchTemplate: { id: "lt-00000001", version: "9" } },
      "InvalidRequestException (400): Launch template lt-00000001 has no version 9",
    ],
    [
      "an image type beside a launch template with an image",
      { launchTemplate: { id: "lt-00000002" }, amiType: "AL2023_x86_64_STANDARD", version: "1.34" },
      "InvalidRequestException (400): Launch template lt-00000002 version 1 specifies image ami-1: amiType, version must not be given too",
    ],
    [
      "instance types beside a launch template with one",
      { launchTemplate: { id: "lt-00000003" } },
      "InvalidRequestException (400): Launch template lt-00000003 version 1 specifies instance type g6.xlarge: instanceTypes must not be given too",
    ],
    [
      "a launch template with an instance profile",
      { launchTemplate: { id: "lt-00000004" } },
      "InvalidRequestException (400): Launch template lt-00000004 version 1 must not specify IamInstanceProfile for a managed node group",
    ],
    [
      "a launch template for a capacity block with on-demand nodes",
      { launchTemplate: { id: "lt-00000005" } },
      "InvalidRequestException (400): capacityType CAPACITY_BLOCK needs a launch template with market type capacity-block and the other way round, got ON_DEMAND and capacity-block",
    ],
    [
      "a capacity block whose launch template names no reservation",
      { launchTemplate: { id: "lt-00000005" }, capacityType: "CAPACITY_BLOCK", instanceTypes: undefined },
      "InvalidRequestException (400): Launch template lt-00000005 version 1 must specify a capacity reservation and an instance type for capacityType CAPACITY_BLOCK",
    ],
    [
      "a capacity block without a launch template",
      { capacityType: "CAPACITY_BLOCK" },
      "InvalidParameterException (400): capacityType CAPACITY_BLOCK needs a launch template",
    ],
    [
      "CUSTOM without a launch template",
      { amiType: "CUSTOM" },
      "InvalidParameterException (400): AMI type CUSTOM needs a launch template that specifies an image",
    ],
    [
      "a GPU type with an image for CPUs",
      { instanceTypes: ["g6.xlarge"], amiType: "AL2023_x86_64_STANDARD" },
      "InvalidParameterException (400): [g6.xlarge] is not a valid instance type for requested amiType AL2023_x86_64_STANDARD: g6.xlarge has nvidia accelerators for which the image holds no driver, use an image such as AL2023_x86_64_NVIDIA",
    ],
    [
      "a CPU type with an image for GPUs",
      { instanceTypes: ["g6.xlarge", "m6i.large"], amiType: "AL2023_x86_64_NVIDIA" },
      "InvalidParameterException (400): [m6i.large] is not a valid instance type for requested amiType AL2023_x86_64_NVIDIA: m6i.large has no nvidia accelerator, use an image such as AL2023_x86_64_STANDARD",
    ],
    [
      "types of two architectures",
      { instanceTypes: ["m6i.large", "m7g.large"] },
      "InvalidParameterException (400): [m7g.large] is not a valid instance type for requested amiType AL2023_x86_64_STANDARD: m7g.large has arm64 processors, the image is built for amd64",
    ],
    [
      "a type that does not exist",
      { instanceTypes: ["g99.tiny"] },
      "InvalidParameterException (400): The following supplied instance types do not exist: [g99.tiny]",
    ],
    [
      "a version newer than the cluster",
      { version: "1.35" },
      "InvalidParameterException (400): Node group version 1.35 is not valid for cluster version 1.34: it must be the same or up to 3 minor versions older",
    ],
    [
      "Amazon Linux 2 after its end",
      { amiType: "AL2_x86_64" },
      "InvalidParameterException (400): AMI type AL2_x86_64 is only supported for Kubernetes versions 1.32 or earlier, got 1.34",
    ],
    [
      "a release of another version",
      { releaseVersion: "1.33.0-20260101" },
      "InvalidParameterException (400): Requested release version 1.33.0-20260101 is not valid for Kubernetes version 1.34",
    ],
    [
      "a subnet outside the cluster's VPC",
      { subnets: ["subnet-0000000a", "subnet-0000000d"] },
      "InvalidParameterException (400): Subnets must be in the VPC of the cluster (vpc-1): subnet-0000000d",
    ],
    [
      "a role that EC2 cannot assume",
      { nodeRole: CLUSTER.roleArn },
      `InvalidParameterException (400): Following required service principals [ec2.amazonaws.com] were not found in the trust relationships of nodeRole ${CLUSTER.roleArn}`,
    ],
  ])("refuses %s", async (_case, overrides, message) => {
    const eks = await standing();
    expect(await eks.refusal("POST", PATH, { ...NODEGROUP, ...overrides })).toBe(message);
    expect(eks.snapshot().clusters[0]?.nodeGroups).toEqual([]);
  });

  test("refuses a name in use and a cluster that is not there or not ready", async () => {
    const eks = await (await standing()).nodegroup();
    const { error, body } = await eks.call("POST", PATH, NODEGROUP);
    expect({ error, body }).toEqual({
      error: "ResourceInUseException",
      body: {
        clusterName: "atlas",
        nodegroupName: "system",
        message: "NodeGroup already exists with name system and cluster name atlas",
      },
    });
    const fresh = new EksHarness();
    await fresh.ok("POST", "/clusters", CLUSTER);
    expect(await fresh.refusal("POST", PATH, NODEGROUP)).toBe(
      "InvalidRequestException (400): Cluster 'atlas' is not in ACTIVE status: CREATING",
    );
  });
});

describe("DeleteNodegroup", () => {
  test("takes 1 s", async () => {
    const eks = await (await standing()).nodegroup();
    expect((await eks.ok("DELETE", `${PATH}/system`)).nodegroup.status).toBe("DELETING");
    expect((await eks.wait(999).ok("GET", PATH)).nodegroups).toEqual(["system"]);
    const { error, body } = await eks.wait(1).call("GET", `${PATH}/system`);
    expect({ error, body }).toEqual({
      error: "ResourceNotFoundException",
      body: { clusterName: "atlas", nodegroupName: "system", message: "No node group found for name: system." },
    });
  });

  test("is refused twice", async () => {
    const eks = await (await standing()).nodegroup();
    await eks.ok("DELETE", `${PATH}/system`);
    expect(await eks.refusal("DELETE", `${PATH}/system`)).toBe(
      "ResourceInUseException (409): Nodegroup system cannot be deleted in status DELETING",
    );
  });
});
