import { ACCOUNT, EksHarness, NODEGROUP, START } from "../support/eks-harness";

const PATH = "/clusters/atlas/access-entries";
const principalArn = `arn:aws:iam::${ACCOUNT}:role/teams/Admin`;
const ENTRY = `${PATH}/${encodeURIComponent(principalArn)}`;
const policy = (name: string): string => `arn:aws:eks::aws:cluster-access-policy/${name}`;
const CLUSTER_SCOPE = { type: "cluster" };

describe("CreateAccessEntry", () => {
  test("gives a role the user name of its sessions", async () => {
    const eks = await new EksHarness().cluster();
    const { accessEntry } = await eks.ok("POST", PATH, { principalArn, tags: { a: "b" } });
    expect(accessEntry).toEqual({
      clusterName: "atlas",
      principalArn,
      kubernetesGroups: [],
      accessEntryArn: accessEntry.accessEntryArn,
      createdAt: (START + 1500) / 1000,
      modifiedAt: (START + 1500) / 1000,
      tags: { a: "b" },
      username: `arn:aws:sts::${ACCOUNT}:assumed-role/Admin/{{SessionName}}`,
      type: "STANDARD",
    });
    expect(accessEntry.accessEntryArn).toMatch(
      /^arn:aws:eks:eu-west-1:111111111111:access-entry\/atlas\/role\/111111111111\/Admin\/[0-9a-f-]{36}$/,
    );
    expect((await eks.ok("GET", ENTRY)).accessEntry).toEqual(accessEntry);
  });

  test.each([
    ["STANDARD", `arn:aws:iam::${ACCOUNT}:user/jo`, `arn:aws:iam::${ACCOUNT}:user/jo`],
    ["EC2_LINUX", `arn:aws:iam::${ACCOUNT}:role/n`, "system:node:{{EC2PrivateDNSName}}"],
  ])("gives an entry of type %s for %s the user name %s", async (type, arn, username) => {
    const eks = await new EksHarness().cluster();
    expect((await eks.ok("POST", PATH, { principalArn: arn, type })).accessEntry.username).toBe(username);
  });

  test.each<[string, object, string]>([
    [
      "an account's root",
      { principalArn: `arn:aws:iam::${ACCOUNT}:root` },
      `The specified principalArn is invalid: it must be an IAM role or user, got arn:aws:iam::${ACCOUNT}:root`,
    ],
    [
      "a session",
      { principalArn: `arn:aws:sts::${ACCOUNT}:assumed-role/a/b` },
      `The specified principalArn is invalid: it must be an IAM role or user, got arn:aws:sts::${ACCOUNT}:assumed-role/a/b`,
    ],
    [
      "a service-linked role",
      { principalArn: `arn:aws:iam::${ACCOUNT}:role/aws-service-role/x.amazonaws.com/R` },
      `The specified principalArn is invalid: it must be an IAM role or user, got arn:aws:iam::${ACCOUNT}:role/aws-service-role/x.amazonaws.com/R`,
    ],
    [
      "an unknown type",
      { type: "ADMIN" },
      "The type must be one of [STANDARD, EC2_LINUX, EC2_WINDOWS, FARGATE_LINUX, EC2, HYBRID_LINUX, HYPERPOD_LINUX], got ADMIN",
    ],
    [
      "groups for nodes",
      { type: "EC2_LINUX", kubernetesGroups: ["a"] },
      "An access entry of type EC2_LINUX takes neither username nor kubernetesGroups",
    ],
    [
      "a group of Kubernetes' own",
      { kubernetesGroups: ["system:masters"] },
      "The kubernetes group name system:masters is invalid, it cannot start with system:",
    ],
    [
      "a user name of Kubernetes' own",
      { username: "system:admin" },
      "The username system:admin is invalid, it cannot start with a reserved prefix",
    ],
  ])("refuses %s", async (_case, overrides, message) => {
    const eks = await new EksHarness().cluster();
    expect(await eks.refusal("POST", PATH, { principalArn, ...overrides })).toBe(
      `InvalidParameterException (400): ${message}`,
    );
  });

  test("refuses the same principal twice", async () => {
    const eks = await new EksHarness().cluster();
    await eks.ok("POST", PATH, { principalArn });
    expect(await eks.refusal("POST", PATH, { principalArn })).toBe(
      `ResourceInUseException (409): The specified access entry resource is already in use on this cluster: ${principalArn}`,
    );
  });

  test("refuses the role of a node group, which has its entry", async () => {
    const eks = await (await new EksHarness().cluster()).nodegroup();
    expect(await eks.refusal("POST", PATH, { principalArn: NODEGROUP.nodeRole, type: "EC2_LINUX" })).toBe(
      `ResourceInUseException (409): The specified access entry resource is already in use on this cluster: ${NODEGROUP.nodeRole}`,
    );
  });

  test("is refused where the cluster authenticates by its ConfigMap", async () => {
    const eks = await new EksHarness().cluster({ accessConfig: { authenticationMode: "CONFIG_MAP" } });
    const message =
      "InvalidRequestException (400): The cluster's authentication mode must be set to one of [API, API_AND_CONFIG_MAP] to perform this operation.";
    expect(await eks.refusal("POST", PATH, { principalArn })).toBe(message);
    expect(await eks.refusal("GET", PATH)).toBe(message);
  });
});

describe("UpdateAccessEntry", () => {
  test("changes groups and user name; an empty name means the default", async () => {
    const eks = await new EksHarness().cluster();
    await eks.ok("POST", PATH, { principalArn, username: "jo", kubernetesGroups: ["a"] });
    eks.wait(1000);
    const { accessEntry } = await eks.ok("POST", ENTRY, { kubernetesGroups: ["b", "c"], username: "" });
    expect(accessEntry).toMatchObject({
      kubernetesGroups: ["b", "c"],
      username: `arn:aws:sts::${ACCOUNT}:assumed-role/Admin/{{SessionName}}`,
      createdAt: (START + 1500) / 1000,
      modifiedAt: (START + 2500) / 1000,
    });
  });

  test("is refused for the entry of nodes", async () => {
    const eks = await (await new EksHarness().cluster()).nodegroup();
    expect(
      await eks.refusal("POST", `${PATH}/${encodeURIComponent(NODEGROUP.nodeRole)}`, { kubernetesGroups: ["a"] }),
    ).toBe("InvalidRequestException (400): An access entry of type EC2_LINUX cannot be updated");
  });
});

describe("DeleteAccessEntry", () => {
  test("deletes at once, with the policies", async () => {
    const eks = await new EksHarness().cluster();
    await eks.ok("POST", PATH, { principalArn });
    await eks.ok("DELETE", ENTRY);
    const message = `ResourceNotFoundException (404): The specified principalArn could not be found: ${principalArn}. You can view your available access entries with 'list-access-entries'.`;
    for (const [method, path] of [
      ["GET", ENTRY],
      ["DELETE", ENTRY],
      ["GET", `${ENTRY}/access-policies`],
    ] as const) {
      expect(await eks.refusal(method, path)).toBe(message);
    }
  });
});

describe("Access policies", () => {
  test("are listed with the ARNs of the partition", async () => {
    const { accessPolicies } = await new EksHarness().ok("GET", "/access-policies?maxResults=1");
    expect(accessPolicies).toEqual([{ name: "AmazonEKSAdminPolicy", arn: policy("AmazonEKSAdminPolicy") }]);
  });

  test("are associated, changed, listed and disassociated", async () => {
    const eks = await new EksHarness().cluster();
    await eks.ok("POST", PATH, { principalArn });
    const policyArn = policy("AmazonEKSViewPolicy");
    await eks.ok("POST", `${ENTRY}/access-policies`, { policyArn, accessScope: CLUSTER_SCOPE });
    const accessScope = { type: "namespace", namespaces: ["default", "team-*"] };
    const { associatedAccessPolicy } = await eks
      .wait(1000)
      .ok("POST", `${ENTRY}/access-policies`, { policyArn, accessScope });
    expect(associatedAccessPolicy).toEqual({
      policyArn,
      accessScope,
      associatedAt: (START + 1500) / 1000,
      modifiedAt: (START + 2500) / 1000,
    });
    expect(await eks.ok("GET", `${ENTRY}/access-policies`)).toEqual({
      clusterName: "atlas",
      principalArn,
      associatedAccessPolicies: [associatedAccessPolicy],
    });
    const query = `?associatedPolicyArn=${encodeURIComponent(policyArn)}`;
    expect((await eks.ok("GET", PATH + query)).accessEntries).toEqual([principalArn]);
    await eks.ok("DELETE", `${ENTRY}/access-policies/${encodeURIComponent(policyArn)}`);
    expect((await eks.ok("GET", PATH + query)).accessEntries).toEqual([]);
    expect(await eks.refusal("DELETE", `${ENTRY}/access-policies/${encodeURIComponent(policyArn)}`)).toBe(
      `ResourceNotFoundException (404): The access policy ${policyArn} is not associated with ${principalArn}`,
    );
  });

  test.each<[string, object, string]>([
    [
      "an IAM policy",
      { policyArn: "arn:aws:iam::aws:policy/AdministratorAccess", accessScope: CLUSTER_SCOPE },
      "The policyArn arn:aws:iam::aws:policy/AdministratorAccess is not an access policy (known: AmazonEKSAdminPolicy, AmazonEKSAdminViewPolicy, AmazonEKSAutoNodePolicy, AmazonEKSBlockStoragePolicy, AmazonEKSClusterAdminPolicy, AmazonEKSComputePolicy, AmazonEKSEditPolicy, AmazonEKSHybridPolicy, AmazonEKSLoadBalancingPolicy, AmazonEKSNetworkingPolicy, AmazonEKSSecretReaderPolicy, AmazonEKSViewPolicy)",
    ],
    [
      "a namespace scope without namespaces",
      { policyArn: policy("AmazonEKSViewPolicy"), accessScope: { type: "namespace" } },
      "accessScope of type namespace must name at least one namespace",
    ],
    [
      "a cluster scope with namespaces",
      { policyArn: policy("AmazonEKSViewPolicy"), accessScope: { type: "cluster", namespaces: ["a"] } },
      "accessScope of type cluster must not name namespaces",
    ],
  ])("refuse %s", async (_case, body, message) => {
    const eks = await new EksHarness().cluster();
    await eks.ok("POST", PATH, { principalArn });
    expect(await eks.refusal("POST", `${ENTRY}/access-policies`, body)).toBe(
      `InvalidParameterException (400): ${message}`,
    );
  });
});
