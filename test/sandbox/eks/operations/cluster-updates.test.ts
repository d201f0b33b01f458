import { EksHarness } from "../support/eks-harness";

const UPDATE = "/clusters/atlas/update-config";
const ALL = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

describe("UpdateClusterVersion", () => {
  test("takes 0.7 s: update InProgress, cluster UPDATING with the version it had", async () => {
    const eks = await new EksHarness().cluster();
    const { update } = await eks.ok("POST", "/clusters/atlas/updates", { version: "1.35" });
    expect(update).toMatchObject({
      status: "InProgress",
      type: "VersionUpdate",
      params: [
        { type: "Version", value: "1.35" },
        { type: "PlatformVersion", value: "eks.1" },
      ],
      errors: [],
    });
    expect((await eks.wait(699).ok("GET", "/clusters/atlas")).cluster).toMatchObject({
      status: "UPDATING",
      version: "1.34",
    });
    expect((await eks.wait(1).ok("GET", "/clusters/atlas")).cluster).toMatchObject({
      status: "ACTIVE",
      version: "1.35",
    });
    expect((await eks.ok("GET", `/clusters/atlas/updates/${update.id}`)).update.status).toBe("Successful");
  });

  test.each([
    [
      "1.36",
      "Unsupported Kubernetes minor version update from 1.34 to 1.36: a cluster is updated one minor version at a time",
    ],
    [
      "1.33",
      "Unsupported Kubernetes minor version update from 1.34 to 1.33: a cluster is updated one minor version at a time",
    ],
    ["1.34", "Cluster is already at the desired version: 1.34"],
    ["1.37", "unsupported Kubernetes version: 1.37 (supported: 1.36, 1.35, 1.34, 1.33, 1.32)"],
  ])("refuses %s for a cluster at 1.34", async (version, message) => {
    const eks = await new EksHarness().cluster();
    expect(await eks.refusal("POST", "/clusters/atlas/updates", { version })).toBe(
      `InvalidParameterException (400): ${message}`,
    );
  });

  test("is refused while another update runs", async () => {
    const eks = await new EksHarness().cluster();
    const { update } = await eks.ok("POST", "/clusters/atlas/updates", { version: "1.35" });
    expect(await eks.refusal("POST", UPDATE, { deletionProtection: true })).toBe(
      `ResourceInUseException (409): Cannot DeletionProtectionUpdate because cluster atlas currently has update ${update.id} in progress`,
    );
  });

  test("is refused before the cluster stands", async () => {
    const eks = await new EksHarness().cluster();
    eks.wait(-1);
    expect(await eks.refusal("POST", "/clusters/atlas/updates", { version: "1.35" })).toBe(
      "InvalidRequestException (400): Cluster 'atlas' is not in ACTIVE status: CREATING",
    );
  });

  test("is refused when a node group would be more than three versions behind", async () => {
    const eks = await (await new EksHarness().cluster({ version: "1.32" })).nodegroup();
    for (const version of ["1.33", "1.34", "1.35"]) {
      await eks.ok("POST", "/clusters/atlas/updates", { version });
      eks.wait(700);
    }
    expect(await eks.refusal("POST", "/clusters/atlas/updates", { version: "1.36" })).toBe(
      "InvalidRequestException (400): Node groups must be updated before the cluster goes to 1.36, they may be at most 3 minor versions older: system (1.32)",
    );
  });
});

describe("UpdateClusterConfig", () => {
  test.each<[string, object, string, object]>([
    [
      "logging",
      { logging: { clusterLogging: [{ types: ["api"], enabled: true }] } },
      "LoggingUpdate",
      {
        logging: {
          clusterLogging: [
            { types: ["api"], enabled: true },
            { types: ALL.slice(1), enabled: false },
          ],
        },
      },
    ],
    [
      "endpoint access",
      { resourcesVpcConfig: { endpointPrivateAccess: true, endpointPublicAccess: false } },
      "EndpointAccessUpdate",
      { resourcesVpcConfig: { endpointPrivateAccess: true, endpointPublicAccess: false } },
    ],
    [
      "subnets and security groups",
      { resourcesVpcConfig: { subnetIds: ["subnet-0000000b", "subnet-0000000c"], securityGroupIds: ["sg-00000001"] } },
      "VpcConfigUpdate",
      { resourcesVpcConfig: { subnetIds: ["subnet-0000000b", "subnet-0000000c"], securityGroupIds: ["sg-00000001"] } },
    ],
    [
      "the support policy",
      { upgradePolicy: { supportType: "STANDARD" } },
      "UpgradePolicyUpdate",
      { upgradePolicy: { supportType: "STANDARD" } },
    ],
    [
      "zonal shift",
      { zonalShiftConfig: { enabled: true } },
      "ZonalShiftConfigUpdate",
      { zonalShiftConfig: { enabled: true } },
    ],
    ["deletion protection", { deletionProtection: true }, "DeletionProtectionUpdate", { deletionProtection: true }],
    [
      "the control plane's tier",
      { controlPlaneScalingConfig: { tier: "tier-xl" } },
      "ControlPlaneScalingConfigUpdate",
      { controlPlaneScalingConfig: { tier: "tier-xl" } },
    ],
    [
      "remote networks",
      { remoteNetworkConfig: { remoteNodeNetworks: [{ cidrs: ["10.9.0.0/16"] }] } },
      "RemoteNetworkConfigUpdate",
      { remoteNetworkConfig: { remoteNodeNetworks: [{ cidrs: ["10.9.0.0/16"] }] } },
    ],
    [
      "auto mode, whose three parts come together",
      {
        computeConfig: { enabled: true },
        storageConfig: { blockStorage: { enabled: true } },
        kubernetesNetworkConfig: { elasticLoadBalancing: { enabled: true } },
      },
      "AutoModeUpdate",
      {
        computeConfig: { enabled: true },
        storageConfig: { blockStorage: { enabled: true } },
        kubernetesNetworkConfig: { elasticLoadBalancing: { enabled: true } },
      },
    ],
  ])("changes %s", async (_case, body, type, expected) => {
    const eks = await new EksHarness().cluster();
    expect((await eks.ok("POST", UPDATE, body)).update.type).toBe(type);
    expect((await eks.wait(700).ok("GET", "/clusters/atlas")).cluster).toMatchObject(expected);
  });

  test("moves the authentication mode forward, never back", async () => {
    const eks = await new EksHarness().cluster({ accessConfig: { authenticationMode: "CONFIG_MAP" } });
    for (const authenticationMode of ["API_AND_CONFIG_MAP", "API"]) {
      await eks.ok("POST", UPDATE, { accessConfig: { authenticationMode } });
      eks.wait(700);
    }
    expect(await eks.refusal("POST", UPDATE, { accessConfig: { authenticationMode: "CONFIG_MAP" } })).toBe(
      "InvalidRequestException (400): Unsupported authentication mode update from API to CONFIG_MAP: the mode goes from CONFIG_MAP to API_AND_CONFIG_MAP to API, and never back",
    );
  });

  test.each<[string, object, string]>([
    ["nothing", {}, "The type for cluster update was not provided."],
    [
      "two things at once",
      { deletionProtection: true, upgradePolicy: { supportType: "STANDARD" } },
      "Only one type of update can be allowed, got upgradePolicy, deletionProtection",
    ],
    [
      "subnets and endpoint access at once",
      { resourcesVpcConfig: { subnetIds: ["subnet-0000000a", "subnet-0000000b"], endpointPrivateAccess: true } },
      "Only one type of update can be allowed, got endpointAccess, vpcConfig",
    ],
    [
      "the logging that holds",
      { logging: { clusterLogging: [{ types: ALL, enabled: false }] } },
      "No changes needed for the logging config provided",
    ],
    [
      "the endpoint access that holds",
      { resourcesVpcConfig: { endpointPublicAccess: true, endpointPrivateAccess: false } },
      "Cluster is already at the desired configuration with endpointPrivateAccess: false , endpointPublicAccess: true, and Public Endpoint Restrictions: [0.0.0.0/0]",
    ],
    [
      "no endpoint at all",
      { resourcesVpcConfig: { endpointPublicAccess: false } },
      "Private and public endpoint access cannot be false",
    ],
    [
      "the subnets that hold",
      { resourcesVpcConfig: { subnetIds: ["subnet-0000000b", "subnet-0000000a"] } },
      "Provided subnets and security groups are already associated with the cluster",
    ],
    [
      "subnets of one zone",
      { resourcesVpcConfig: { subnetIds: ["subnet-0000000a", "subnet-0000000c"] } },
      "Subnets specified must be in at least two different AZs, got eu-west-1a",
    ],
    [
      "subnets of another VPC",
      { resourcesVpcConfig: { subnetIds: ["subnet-0000000d", "subnet-0000000e"] } },
      "Subnets must be in the VPC of the cluster (vpc-1), got vpc-2",
    ],
  ])("refuses %s", async (_case, body, message) => {
    const eks = await new EksHarness().cluster();
    expect(await eks.refusal("POST", UPDATE, body)).toBe(`InvalidParameterException (400): ${message}`);
  });
});

describe("AssociateEncryptionConfig", () => {
  const path = "/clusters/atlas/encryption-config/associate";
  const encryptionConfig = [
    { resources: ["secrets"], provider: { keyArn: "arn:aws:kms:eu-west-1:111111111111:key/1" } },
  ];

  test("encrypts once", async () => {
    const eks = await new EksHarness().cluster();
    expect((await eks.ok("POST", path, { encryptionConfig })).update.type).toBe("AssociateEncryptionConfig");
    expect((await eks.wait(700).ok("GET", "/clusters/atlas")).cluster.encryptionConfig).toEqual(encryptionConfig);
    expect(await eks.refusal("POST", path, { encryptionConfig })).toBe(
      "InvalidParameterException (400): Cluster atlas already has an encryption config associated",
    );
  });

  test("refuses an empty list", async () => {
    const eks = await new EksHarness().cluster();
    expect(await eks.refusal("POST", path, { encryptionConfig: [] })).toBe(
      "InvalidParameterException (400): encryptionConfig must hold one configuration",
    );
  });
});

describe("DescribeUpdate and ListUpdates", () => {
  test("keep apart the updates of the cluster, its node groups and its add-ons", async () => {
    const eks = await (await new EksHarness().cluster()).nodegroup();
    await eks.ok("POST", "/clusters/atlas/addons", { addonName: "vpc-cni" });
    eks.wait(500);
    const mine = (await eks.ok("POST", UPDATE, { deletionProtection: true })).update.id;
    const scalingConfig = { desiredSize: 3 };
    const path = "/clusters/atlas/node-groups/system/update-config";
    const nodes = (await eks.ok("POST", path, { scalingConfig })).update.id;
    const addon = (await eks.ok("POST", "/clusters/atlas/addons/vpc-cni/update", { configurationValues: "{}" })).update
      .id;
    expect((await eks.ok("GET", "/clusters/atlas/updates")).updateIds).toEqual([mine]);
    expect((await eks.ok("GET", "/clusters/atlas/updates?nodegroupName=system")).updateIds).toEqual([nodes]);
    expect((await eks.ok("GET", "/clusters/atlas/updates?addonName=vpc-cni")).updateIds).toEqual([addon]);
    expect((await eks.ok("GET", `/clusters/atlas/updates/${addon}?addonName=vpc-cni`)).update.type).toBe("AddonUpdate");
    expect(await eks.refusal("GET", `/clusters/atlas/updates/${nodes}`)).toBe(
      `ResourceNotFoundException (404): No update found for ID: ${nodes}`,
    );
  });
});
