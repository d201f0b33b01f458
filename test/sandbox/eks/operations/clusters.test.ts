import { ACCOUNT, CLUSTER, EksHarness, START } from "../support/eks-harness";

describe("CreateCluster", () => {
  test("answers a cluster that is being created and stands 1.5 s later", async () => {
    const eks = new EksHarness();
    const { cluster } = await eks.ok("POST", "/clusters", CLUSTER);
    expect(cluster.status).toBe("CREATING");
    expect(cluster.endpoint).toBe(undefined);
    expect((await eks.wait(1499).ok("GET", "/clusters/atlas")).cluster.status).toBe("CREATING");
    const { cluster: standing } = await eks.wait(1).ok("GET", "/clusters/atlas");
    const id = /^https:\/\/([0-9A-F]{32})\.gr7\.eu-west-1\.eks\.amazonaws\.com$/.exec(standing.endpoint)?.[1];
    expect(standing).toEqual({
      name: "atlas",
      arn: `arn:aws:eks:eu-west-1:${ACCOUNT}:cluster/atlas`,
      createdAt: START / 1000,
      version: "1.34",
      endpoint: standing.endpoint,
      certificateAuthority: { data: standing.certificateAuthority.data },
      identity: { oidc: { issuer: `https://oidc.eks.eu-west-1.amazonaws.com/id/${id}` } },
      roleArn: CLUSTER.roleArn,
      resourcesVpcConfig: {
        subnetIds: ["subnet-0000000a", "subnet-0000000b"],
        securityGroupIds: [],
        clusterSecurityGroupId: "sg-ccccccc1",
        vpcId: "vpc-1",
        endpointPublicAccess: true,
        endpointPrivateAccess: false,
        publicAccessCidrs: ["0.0.0.0/0"],
      },
      kubernetesNetworkConfig: {
        ipFamily: "ipv4",
        serviceIpv4Cidr: "172.20.0.0/16",
        elasticLoadBalancing: { enabled: false },
      },
      logging: {
        clusterLogging: [
          { types: ["api", "audit", "authenticator", "controllerManager", "scheduler"], enabled: false },
        ],
      },
      status: "ACTIVE",
      platformVersion: "eks.1",
      tags: {},
      health: { issues: [] },
      accessConfig: { authenticationMode: "API" },
      upgradePolicy: { supportType: "EXTENDED" },
      deletionProtection: false,
      controlPlaneScalingConfig: { tier: "standard" },
    });
  });

  test("keeps everything that was asked for", async () => {
    const key = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/1`;
    const eks = await new EksHarness().cluster({
      resourcesVpcConfig: {
        ...CLUSTER.resourcesVpcConfig,
        securityGroupIds: ["sg-00000001"],
        endpointPrivateAccess: true,
        endpointPublicAccess: true,
        publicAccessCidrs: ["192.0.2.0/24"],
      },
      kubernetesNetworkConfig: { serviceIpv4Cidr: "10.100.0.0/16" },
      logging: { clusterLogging: [{ types: ["audit", "api"], enabled: true }] },
      encryptionConfig: [{ resources: ["secrets"], provider: { keyArn: key } }],
      upgradePolicy: { supportType: "STANDARD" },
      zonalShiftConfig: { enabled: true },
      deletionProtection: true,
      tags: { Project: "atlas" },
    });
    const { cluster } = await eks.ok("GET", "/clusters/atlas");
    expect(cluster).toMatchObject({
      resourcesVpcConfig: { securityGroupIds: ["sg-00000001"], publicAccessCidrs: ["192.0.2.0/24"] },
      kubernetesNetworkConfig: { serviceIpv4Cidr: "10.100.0.0/16" },
      encryptionConfig: [{ resources: ["secrets"], provider: { keyArn: key } }],
      upgradePolicy: { supportType: "STANDARD" },
      zonalShiftConfig: { enabled: true },
      deletionProtection: true,
      tags: { Project: "atlas" },
    });
    expect(cluster.logging.clusterLogging).toEqual([
      { types: ["api", "audit"], enabled: true },
      { types: ["authenticator", "controllerManager", "scheduler"], enabled: false },
    ]);
  });

  test("defines the cluster security group as EKS does", async () => {
    const eks = await new EksHarness().cluster();
    const made = eks.aws.calls.filter(({ call }) => /SecurityGroup/.test(call));
    expect(made.map(({ call }) => call)).toEqual(["ec2:CreateSecurityGroup", "ec2:AuthorizeSecurityGroupIngress"]);
    const name = made[0]?.params.GroupName ?? "";
    expect(name).toMatch(/^eks-cluster-sg-atlas-\d{10}$/);
    expect(made[0]?.params).toMatchObject({
      VpcId: "vpc-1",
      "TagSpecification.1.ResourceType": "security-group",
      "TagSpecification.1.Tag.1.Key": "Name",
      "TagSpecification.1.Tag.1.Value": name,
      "TagSpecification.1.Tag.2.Key": "kubernetes.io/cluster/atlas",
      "TagSpecification.1.Tag.2.Value": "owned",
    });
    expect(made[1]?.params).toEqual({
      GroupId: "sg-ccccccc1",
      "IpPermissions.1.IpProtocol": "-1",
      "IpPermissions.1.Groups.1.GroupId": "sg-ccccccc1",
    });
  });

  test("gives the services another range where the VPC uses the usual one", async () => {
    const subnetIds = ["subnet-0000000d", "subnet-0000000e"];
    const eks = await new EksHarness().cluster({ resourcesVpcConfig: { subnetIds } });
    const { cluster } = await eks.ok("GET", "/clusters/atlas");
    expect(cluster.kubernetesNetworkConfig.serviceIpv4Cidr).toBe("10.100.0.0/16");
  });

  test("gives an IPv6 cluster an IPv6 service range", async () => {
    const eks = await new EksHarness().cluster({ kubernetesNetworkConfig: { ipFamily: "ipv6" } });
    const { cluster } = await eks.ok("GET", "/clusters/atlas");
    expect(cluster.kubernetesNetworkConfig).toMatchObject({ ipFamily: "ipv6" });
    expect(cluster.kubernetesNetworkConfig.serviceIpv6Cidr).toMatch(/^fd[0-9a-f]{2}:[0-9a-f]{4}:[0-9a-f]{4}::\/108$/);
  });

  test("takes the newest supported Kubernetes version when none is asked for", async () => {
    const eks = await new EksHarness().cluster({ version: undefined });
    expect((await eks.ok("GET", "/clusters/atlas")).cluster.version).toBe("1.36");
  });

  test.each([
    ["arn:aws:sts::111111111111:assumed-role/Deployer/session-1", "arn:aws:iam::111111111111:role/Deployer"],
    ["arn:aws:sts::111111111111:user/moto", "arn:aws:iam::111111111111:user/moto"],
    ["arn:aws:iam::111111111111:user/path/jo", "arn:aws:iam::111111111111:user/path/jo"],
  ])("makes the creator %s an administrator", async (caller, principal) => {
    const eks = new EksHarness();
    eks.aws.callerArn = caller;
    await eks.cluster({ accessConfig: { authenticationMode: "API_AND_CONFIG_MAP" } });
    expect((await eks.ok("GET", "/clusters/atlas/access-entries")).accessEntries).toEqual([principal]);
    const path = `/clusters/atlas/access-entries/${encodeURIComponent(principal)}/access-policies`;
    expect((await eks.ok("GET", path)).associatedAccessPolicies).toEqual([
      {
        policyArn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
        accessScope: { type: "cluster", namespaces: [] },
        associatedAt: START / 1000,
        modifiedAt: START / 1000,
      },
    ]);
  });

  test.each<[string, object, string]>([
    [
      "an unknown version",
      { version: "1.99" },
      "unsupported Kubernetes version: 1.99 (supported: 1.36, 1.35, 1.34, 1.33, 1.32)",
    ],
    [
      "a version out of support",
      { version: "1.29" },
      "unsupported Kubernetes version: 1.29 (supported: 1.36, 1.35, 1.34, 1.33, 1.32)",
    ],
    ["no subnet", { resourcesVpcConfig: { subnetIds: [] } }, "Atleast one subnet is required."],
    [
      "subnets of one zone",
      { resourcesVpcConfig: { subnetIds: ["subnet-0000000a", "subnet-0000000c"] } },
      "Subnets specified must be in at least two different AZs, got eu-west-1a",
    ],
    [
      "subnets of two VPCs",
      { resourcesVpcConfig: { subnetIds: ["subnet-0000000a", "subnet-0000000d"] } },
      "Subnets specified must be in the same VPC, got vpc-1, vpc-2",
    ],
    [
      "a subnet that is not there",
      { resourcesVpcConfig: { subnetIds: ["subnet-0000000a", "subnet-ffffffff"] } },
      "The subnet ID 'subnet-ffffffff' does not exist (InvalidSubnetID.NotFound)",
    ],
    [
      "a security group that is not there",
      { resourcesVpcConfig: { ...CLUSTER.resourcesVpcConfig, securityGroupIds: ["sg-ffffffff"] } },
      "The security group 'sg-ffffffff' does not exist (InvalidGroup.NotFound)",
    ],
    [
      "an endpoint that nobody reaches",
      { resourcesVpcConfig: { ...CLUSTER.resourcesVpcConfig, endpointPublicAccess: false } },
      "Private and public endpoint access cannot be false",
    ],
    [
      "a service range outside the private ones",
      { kubernetesNetworkConfig: { serviceIpv4Cidr: "100.64.0.0/16" } },
      "serviceIpv4Cidr must lie within 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16 and be between /24 and /12, got 100.64.0.0/16",
    ],
    [
      "a service range that is too small",
      { kubernetesNetworkConfig: { serviceIpv4Cidr: "10.9.0.0/25" } },
      "serviceIpv4Cidr must lie within 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16 and be between /24 and /12, got 10.9.0.0/25",
    ],
    [
      "a service range inside the VPC",
      { kubernetesNetworkConfig: { serviceIpv4Cidr: "10.0.0.0/20" } },
      "serviceIpv4Cidr 10.0.0.0/20 overlaps with subnet subnet-0000000a (10.0.0.0/24)",
    ],
    [
      "a service range that is none",
      { kubernetesNetworkConfig: { serviceIpv4Cidr: "ten" } },
      "serviceIpv4Cidr must be an IPv4 range in CIDR notation, got ten",
    ],
    [
      "an IPv4 service range with IPv6",
      { kubernetesNetworkConfig: { ipFamily: "ipv6", serviceIpv4Cidr: "10.100.0.0/16" } },
      "serviceIpv4Cidr cannot be specified with ipFamily ipv6",
    ],
    [
      "encryption of nothing",
      { encryptionConfig: [{ resources: [], provider: { keyArn: "arn:aws:kms:eu-west-1:111111111111:key/1" } }] },
      "encryptionConfig must name the resources to encrypt: [secrets]",
    ],
    [
      "a cluster without any administrator",
      { accessConfig: { bootstrapClusterCreatorAdminPermissions: false } },
      "bootstrapClusterCreatorAdminPermissions must be true if cluster authentication mode is set to CONFIG_MAP",
    ],
    [
      "a role that is not there",
      { roleArn: "arn:aws:iam::111111111111:role/nobody" },
      "No IAM role found for roleArn: arn:aws:iam::111111111111:role/nobody",
    ],
    [
      "a role of another account",
      { roleArn: "arn:aws:iam::222222222222:role/cluster" },
      "roleArn must be a role of account 111111111111, got arn:aws:iam::222222222222:role/cluster",
    ],
    [
      "a role that EKS cannot assume",
      { roleArn: "arn:aws:iam::111111111111:role/node" },
      "Following required service principals [eks.amazonaws.com] were not found in the trust relationships of roleArn arn:aws:iam::111111111111:role/node",
    ],
  ])("refuses %s", async (_case, overrides, message) => {
    const eks = new EksHarness();
    expect(await eks.refusal("POST", "/clusters", { ...CLUSTER, ...overrides })).toBe(
      `InvalidParameterException (400): ${message}`,
    );
    expect(eks.snapshot().clusters).toEqual([]);
    expect(eks.aws.calls.filter(({ call }) => /Create|Authorize/.test(call))).toEqual([]);
  });

  test("refuses a name in use, but not in another account", async () => {
    const eks = await new EksHarness().cluster();
    const { status, error, body } = await eks.call("POST", "/clusters", CLUSTER);
    expect({ status, error, body }).toEqual({
      status: 409,
      error: "ResourceInUseException",
      body: { clusterName: "atlas", message: "Cluster already exists with name: atlas" },
    });
    eks.aws.roles.set("cluster", "eks.amazonaws.com");
    const other = { ...CLUSTER, roleArn: "arn:aws:iam::222222222222:role/cluster" };
    expect((await eks.call("POST", "/clusters", other, "222222222222")).status).toBe(200);
    expect(eks.snapshot().clusters.map((cluster) => cluster.account)).toEqual([ACCOUNT, "222222222222"]);
  });
});

describe("DescribeCluster and ListClusters", () => {
  test("name the cluster that is not there", async () => {
    const { status, error, body } = await new EksHarness().call("GET", "/clusters/nope");
    expect({ status, error, body }).toEqual({
      status: 404,
      error: "ResourceNotFoundException",
      body: { clusterName: "nope", message: "No cluster found for name: nope." },
    });
  });

  test("page through the names in order", async () => {
    const eks = new EksHarness();
    for (const name of ["c", "a", "b"]) await eks.cluster({ name });
    const first = await eks.ok("GET", "/clusters?maxResults=2");
    expect(first.clusters).toEqual(["a", "b"]);
    expect(await eks.ok("GET", `/clusters?maxResults=2&nextToken=${first.nextToken}`)).toEqual({ clusters: ["c"] });
    expect(await eks.refusal("GET", "/clusters?nextToken=abc")).toBe(
      "InvalidParameterException (400): Invalid nextToken: abc",
    );
  });
});

describe("DeleteCluster", () => {
  test("deletes over 1.5 s, with the security group", async () => {
    const eks = await new EksHarness().cluster();
    expect((await eks.ok("DELETE", "/clusters/atlas")).cluster.status).toBe("DELETING");
    expect((await eks.wait(1499).ok("GET", "/clusters/atlas")).cluster.status).toBe("DELETING");
    expect((await eks.wait(1).call("GET", "/clusters/atlas")).status).toBe(404);
    expect([...eks.aws.securityGroups]).toEqual(["sg-00000001"]);
  });

  test("leaves a security group that others refer to", async () => {
    const eks = await new EksHarness().cluster();
    eks.aws.referenced.add("sg-ccccccc1");
    await eks.ok("DELETE", "/clusters/atlas");
    expect([...eks.aws.securityGroups]).toEqual(["sg-00000001", "sg-ccccccc1"]);
  });

  test("frees the name", async () => {
    const eks = await new EksHarness().cluster();
    await eks.nodegroup();
    await eks.ok("DELETE", "/clusters/atlas/node-groups/system");
    await eks.wait(1000).ok("DELETE", "/clusters/atlas");
    await (await eks.wait(1500).cluster()).ok("GET", "/clusters/atlas");
    expect((await eks.ok("GET", "/clusters/atlas/node-groups")).nodegroups).toEqual([]);
  });

  test("is refused while node groups are there, even ones going away", async () => {
    const eks = await (await new EksHarness().cluster()).nodegroup();
    const message = "ResourceInUseException (409): Cluster has nodegroups attached: system";
    expect(await eks.refusal("DELETE", "/clusters/atlas")).toBe(message);
    await eks.ok("DELETE", "/clusters/atlas/node-groups/system");
    expect(await eks.refusal("DELETE", "/clusters/atlas")).toBe(message);
  });

  test("is refused during creation, update and deletion", async () => {
    const eks = new EksHarness();
    await eks.ok("POST", "/clusters", CLUSTER);
    expect(await eks.refusal("DELETE", "/clusters/atlas")).toBe(
      "ResourceInUseException (409): Cluster atlas has its creation in progress",
    );
    await eks.wait(1500).ok("POST", "/clusters/atlas/updates", { version: "1.35" });
    expect(await eks.refusal("DELETE", "/clusters/atlas")).toBe(
      "ResourceInUseException (409): Cluster atlas has an update in progress",
    );
    await eks.wait(700).ok("DELETE", "/clusters/atlas");
    expect(await eks.refusal("DELETE", "/clusters/atlas")).toBe(
      "ResourceInUseException (409): Cluster atlas has its deletion in progress",
    );
  });

  test("is refused under deletion protection", async () => {
    const eks = await new EksHarness().cluster({ deletionProtection: true });
    expect(await eks.refusal("DELETE", "/clusters/atlas")).toBe(
      "InvalidRequestException (400): Cluster atlas has deletion protection enabled: disable it before deleting",
    );
  });
});
