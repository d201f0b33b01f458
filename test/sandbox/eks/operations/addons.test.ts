import { ACCOUNT, EksHarness, START } from "../support/eks-harness";

const PATH = "/clusters/atlas/addons";
const roleArn = `arn:aws:iam::${ACCOUNT}:role/pod`;

async function status(eks: EksHarness, name: string): Promise<string> {
  return (await eks.ok("GET", `${PATH}/${name}`)).addon.status;
}

describe("CreateAddon", () => {
  test("takes the version of the cluster's Kubernetes version and 0.5 s", async () => {
    const eks = await new EksHarness().cluster();
    const { addon: created } = await eks.ok("POST", PATH, { addonName: "vpc-cni", tags: { a: "b" } });
    expect(created.status).toBe("CREATING");
    const { addon } = await eks.wait(500).ok("GET", `${PATH}/vpc-cni`);
    expect(addon).toEqual({
      addonName: "vpc-cni",
      clusterName: "atlas",
      status: "ACTIVE",
      addonVersion: "v1.20.0-eksbuild.1",
      health: { issues: [] },
      addonArn: addon.addonArn,
      createdAt: (START + 1500) / 1000,
      modifiedAt: (START + 1500) / 1000,
      tags: { a: "b" },
      publisher: "eks",
      owner: "aws",
      namespaceConfig: { namespace: "kube-system" },
    });
    expect(addon.addonArn).toMatch(/^arn:aws:eks:eu-west-1:111111111111:addon\/atlas\/vpc-cni\/[0-9a-f-]{36}$/);
    expect(await eks.ok("GET", PATH)).toEqual({ addons: ["vpc-cni"] });
  });

  test("makes the pod identity associations that the add-on owns", async () => {
    const eks = await new EksHarness().cluster();
    await eks.ok("POST", PATH, {
      addonName: "aws-ebs-csi-driver",
      podIdentityAssociations: [{ serviceAccount: "ebs-csi-controller-sa", roleArn }],
    });
    const { addon } = await eks.ok("GET", `${PATH}/aws-ebs-csi-driver`);
    const { associations } = await eks.ok("GET", "/clusters/atlas/pod-identity-associations");
    expect(associations).toMatchObject([
      { namespace: "kube-system", serviceAccount: "ebs-csi-controller-sa", ownerArn: addon.addonArn },
    ]);
    expect(addon.podIdentityAssociations).toEqual([associations[0].associationArn]);
    const path = `/clusters/atlas/pod-identity-associations/${associations[0].associationId}`;
    expect(await eks.refusal("DELETE", path)).toBe(
      `InvalidRequestException (400): Association ${associations[0].associationId} is owned by ${addon.addonArn}: change it there`,
    );
    await eks.ok("DELETE", `${PATH}/aws-ebs-csi-driver`);
    expect((await eks.ok("GET", "/clusters/atlas/pod-identity-associations")).associations).toEqual([]);
  });

  test.each<[string, object, string]>([
    [
      "an add-on that EKS does not have",
      { addonName: "nope" },
      "InvalidParameterException (400): Addon nope specified is not supported (supported: vpc-cni, coredns, aws-ebs-csi-driver)",
    ],
    [
      "a version for another Kubernetes version",
      { addonName: "coredns", addonVersion: "v1.13.0-eksbuild.1" },
      "InvalidParameterException (400): Addon version specified is not supported: coredns v1.13.0-eksbuild.1 on Kubernetes version 1.34 (supported: v1.12.0-eksbuild.1)",
    ],
    [
      "configuration that is no JSON",
      { addonName: "coredns", configurationValues: "{replicas: " },
      "InvalidParameterException (400): ConfigurationValue provided in request is not valid JSON, got {replicas: ",
    ],
    [
      "two ways to give a role",
      {
        addonName: "vpc-cni",
        serviceAccountRoleArn: roleArn,
        podIdentityAssociations: [{ serviceAccount: "a", roleArn }],
      },
      "InvalidRequestException (400): An add-on takes either serviceAccountRoleArn or podIdentityAssociations, not both",
    ],
    [
      "one service account twice",
      {
        addonName: "vpc-cni",
        podIdentityAssociations: [
          { serviceAccount: "a", roleArn },
          { serviceAccount: "a", roleArn },
        ],
      },
      "InvalidParameterException (400): podIdentityAssociations names the service account a twice",
    ],
    [
      "configuration that the add-on does not know",
      { addonName: "aws-ebs-csi-driver", configurationValues: '{"node":{"tolerateAllTaints":true},"colour":"red"}' },
      "InvalidParameterException (400): ConfigurationValue provided in request is not supported: Json schema validation failed with error: [$.colour: is not defined in the schema and the schema does not allow additional properties]",
    ],
    [
      "configuration that a part of the add-on does not know",
      { addonName: "aws-ebs-csi-driver", configurationValues: '{"controller":{"replicas":2}}' },
      "InvalidParameterException (400): ConfigurationValue provided in request is not supported: Json schema validation failed with error: [$.controller.replicas: is not defined in the schema and the schema does not allow additional properties]",
    ],
  ])("refuses %s", async (_case, body, message) => {
    expect(await (await new EksHarness().cluster()).refusal("POST", PATH, body)).toBe(message);
  });

  test("refuses an add-on that is there, and a service account that is taken", async () => {
    const eks = await new EksHarness().cluster();
    await eks.ok("POST", PATH, { addonName: "vpc-cni" });
    expect(await eks.refusal("POST", PATH, { addonName: "vpc-cni" })).toBe(
      "ResourceInUseException (409): Addon already exists.",
    );
    const wish = { namespace: "kube-system", serviceAccount: "a", roleArn };
    const { association } = await eks.ok("POST", "/clusters/atlas/pod-identity-associations", wish);
    const podIdentityAssociations = [{ serviceAccount: "a", roleArn }];
    expect(await eks.refusal("POST", PATH, { addonName: "coredns", podIdentityAssociations })).toBe(
      `ResourceInUseException (409): Association already exists: ${association.associationId}`,
    );
  });

  test("refuses an add-on that does not know the Kubernetes version", async () => {
    const eks = await new EksHarness().cluster({ version: "1.36" });
    expect(await eks.refusal("POST", PATH, { addonName: "coredns" })).toBe(
      "InvalidParameterException (400): Addon coredns is not supported on Kubernetes version 1.36 (supported: 1.34, 1.35)",
    );
  });
});

describe("An add-on that runs as a Deployment", () => {
  test("is DEGRADED until a node takes its pods, then ACTIVE", async () => {
    const eks = await new EksHarness().cluster();
    await eks.ok("POST", PATH, { addonName: "coredns" });
    const { addon } = await eks.wait(500).ok("GET", `${PATH}/coredns`);
    expect([addon.status, addon.health.issues]).toEqual([
      "DEGRADED",
      [
        {
          code: "InsufficientNumberOfReplicas",
          message:
            "The add-on is unhealthy because it doesn't have the desired number of replicas: no node group has a node without taints that its pods do not tolerate.",
          resourceIds: [],
        },
      ],
    ]);
    await eks.nodegroup({ taints: [{ key: "nvidia.com/gpu", effect: "NO_SCHEDULE" }] });
    expect(await status(eks, "coredns")).toBe("DEGRADED");
    await eks.nodegroup({ nodegroupName: "idle", scalingConfig: { minSize: 0, desiredSize: 0, maxSize: 1 } });
    expect(await status(eks, "coredns")).toBe("DEGRADED");
    await eks.nodegroup({ nodegroupName: "main", taints: [{ key: "CriticalAddonsOnly", effect: "NO_SCHEDULE" }] });
    expect(await status(eks, "coredns")).toBe("ACTIVE");
  });

  test.each<[string, string, boolean]>([
    ["as the add-on is", "", true],
    [
      "with a toleration of the taint",
      '{"controller":{"tolerations":[{"key":"CriticalAddonsOnly","operator":"Exists"}]}}',
      true,
    ],
    ["with one of its value", '{"controller":{"tolerations":[{"key":"CriticalAddonsOnly","value":"true"}]}}', true],
    ["with one of everything", '{"controller":{"tolerations":[{"operator":"Exists"}]}}', true],
    ["with one of another value", '{"controller":{"tolerations":[{"key":"CriticalAddonsOnly","value":"no"}]}}', false],
    ["with one of another taint", '{"controller":{"tolerations":[{"key":"other","operator":"Exists"}]}}', false],
    ["without tolerations", '{"controller":{"tolerations":[]}}', false],
  ])("runs on nodes kept for critical add-ons by what it tolerates: %s", async (_case, configurationValues, runs) => {
    const eks = await new EksHarness().cluster();
    await eks.nodegroup({ taints: [{ key: "CriticalAddonsOnly", value: "true", effect: "NO_SCHEDULE" }] });
    await eks.ok("POST", PATH, {
      addonName: "aws-ebs-csi-driver",
      ...(configurationValues && { configurationValues }),
    });
    expect(await status(eks.wait(500), "aws-ebs-csi-driver")).toBe(runs ? "ACTIVE" : "DEGRADED");
  });

  test("fails when no node was asked for within a minute", async () => {
    const eks = await new EksHarness().cluster();
    await eks.ok("POST", PATH, { addonName: "coredns" });
    expect(await status(eks.wait(59_999), "coredns")).toBe("DEGRADED");
    expect(await status(eks.wait(1), "coredns")).toBe("CREATE_FAILED");
    expect((await eks.ok("DELETE", `${PATH}/coredns`)).addon.status).toBe("DELETING");
  });

  test("is DEGRADED, not failed, when its nodes go away", async () => {
    const eks = await (await new EksHarness().cluster()).nodegroup();
    await eks.ok("POST", PATH, { addonName: "coredns" });
    await eks.ok("DELETE", "/clusters/atlas/node-groups/system");
    expect(await status(eks.wait(90_000), "coredns")).toBe("DEGRADED");
  });
});

describe("UpdateAddon", () => {
  test("changes version, configuration and role 0.7 s later, and empties what is given as empty", async () => {
    const eks = await new EksHarness().cluster();
    await eks.ok("POST", PATH, { addonName: "vpc-cni", configurationValues: "{}", serviceAccountRoleArn: roleArn });
    await eks.wait(500).ok("POST", "/clusters/atlas/updates", { version: "1.35" });
    eks.wait(700);
    const update = {
      addonVersion: "v1.20.0-eksbuild.1",
      configurationValues: '{"env":{}}',
      resolveConflicts: "OVERWRITE",
    };
    expect((await eks.ok("POST", `${PATH}/vpc-cni/update`, update)).update).toMatchObject({
      type: "AddonUpdate",
      params: [
        { type: "AddonVersion", value: "v1.20.0-eksbuild.1" },
        { type: "ResolveConflicts", value: "OVERWRITE" },
        { type: "ConfigurationValues", value: '{"env":{}}' },
      ],
    });
    expect(await status(eks, "vpc-cni")).toBe("UPDATING");
    expect(await eks.refusal("POST", `${PATH}/vpc-cni/update`, {})).toBe(
      "ResourceInUseException (409): Addon vpc-cni cannot be updated as it is currently in UPDATING state",
    );
    expect((await eks.wait(700).ok("GET", `${PATH}/vpc-cni`)).addon.configurationValues).toBe('{"env":{}}');
    await eks.ok("POST", `${PATH}/vpc-cni/update`, { configurationValues: "" });
    expect((await eks.wait(700).ok("GET", `${PATH}/vpc-cni`)).addon.configurationValues).toBe(undefined);
  });

  test("keeps, changes and drops the associations it owns", async () => {
    const eks = await new EksHarness().cluster();
    const wishes = ["a", "b"].map((serviceAccount) => ({ serviceAccount, roleArn }));
    await eks.ok("POST", PATH, { addonName: "vpc-cni", podIdentityAssociations: wishes });
    eks.wait(500);
    const before = (await eks.ok("GET", `${PATH}/vpc-cni`)).addon.podIdentityAssociations;
    const pod2 = `arn:aws:iam::${ACCOUNT}:role/pod2`;
    await eks.ok("POST", `${PATH}/vpc-cni/update`, {
      podIdentityAssociations: [
        { serviceAccount: "b", roleArn: pod2 },
        { serviceAccount: "c", roleArn },
      ],
    });
    const { addon } = await eks.wait(700).ok("GET", `${PATH}/vpc-cni`);
    expect(addon.podIdentityAssociations[0]).toBe(before[1]);
    expect(eks.snapshot().clusters[0]?.podIdentityAssociations).toEqual([
      { namespace: "kube-system", serviceAccount: "b", roleArn: pod2 },
      { namespace: "kube-system", serviceAccount: "c", roleArn },
    ]);
  });

  test.each<[string, object, string]>([
    [
      "a version that is not offered",
      { addonVersion: "v9.9.9-eksbuild.9" },
      "InvalidParameterException (400): Addon version specified is not supported: vpc-cni v9.9.9-eksbuild.9 on Kubernetes version 1.34 (supported: v1.20.0-eksbuild.1)",
    ],
    [
      "configuration that is no JSON",
      { configurationValues: "{" },
      "InvalidParameterException (400): ConfigurationValue provided in request is not valid JSON, got {",
    ],
  ])("refuses %s", async (_case, body, message) => {
    const eks = await new EksHarness().cluster();
    await eks.ok("POST", PATH, { addonName: "vpc-cni" });
    expect(await eks.wait(500).refusal("POST", `${PATH}/vpc-cni/update`, body)).toBe(message);
  });

  test("names an add-on that is not there", async () => {
    const eks = await new EksHarness().cluster();
    expect((await eks.call("POST", `${PATH}/vpc-cni/update`, {})).body).toEqual({
      clusterName: "atlas",
      addonName: "vpc-cni",
      message: "No addon: vpc-cni found in cluster: atlas",
    });
  });
});

describe("DeleteAddon", () => {
  test("takes 0.5 s and is refused twice", async () => {
    const eks = await new EksHarness().cluster();
    await eks.ok("POST", PATH, { addonName: "vpc-cni" });
    await eks.wait(500).ok("DELETE", `${PATH}/vpc-cni?preserve=true`);
    expect(await eks.refusal("DELETE", `${PATH}/vpc-cni`)).toBe(
      "InvalidParameterException (400): Addon vpc-cni is already being deleted",
    );
    expect((await eks.wait(500).call("GET", `${PATH}/vpc-cni`)).status).toBe(404);
  });
});

describe("DescribeAddonVersions", () => {
  test("answers the builds of one add-on for one Kubernetes version", async () => {
    const eks = new EksHarness();
    const { addons } = await eks.ok("GET", "/addons/supported-versions?addonName=coredns&kubernetesVersion=1.35");
    expect(addons).toEqual([
      {
        addonName: "coredns",
        type: "networking",
        addonVersions: [
          {
            addonVersion: "v1.13.0-eksbuild.1",
            architecture: ["amd64", "arm64"],
            computeTypes: ["ec2"],
            compatibilities: [{ clusterVersion: "1.35", platformVersions: ["*"], defaultVersion: true }],
            requiresConfiguration: false,
            requiresIamPermissions: false,
          },
        ],
        publisher: "eks",
        owner: "aws",
        defaultNamespace: "kube-system",
      },
    ]);
  });

  test("gathers a build's Kubernetes versions, the newest build first", async () => {
    const { addons } = await new EksHarness().ok("GET", "/addons/supported-versions?types=networking");
    const found = addons.map((addon: { addonVersions: { addonVersion: string; compatibilities: object[] }[] }) =>
      addon.addonVersions.map((build) => [build.addonVersion, build.compatibilities.length]),
    );
    expect(found).toEqual([
      [["v1.20.0-eksbuild.1", 2]],
      [
        ["v1.13.0-eksbuild.1", 1],
        ["v1.12.0-eksbuild.1", 1],
      ],
    ]);
  });

  test("names an add-on without a build", async () => {
    expect(
      await new EksHarness().refusal("GET", "/addons/supported-versions?addonName=coredns&kubernetesVersion=1.20"),
    ).toBe("ResourceNotFoundException (404): No add-on version found for coredns on Kubernetes version 1.20");
  });
});

describe("DescribeClusterVersions", () => {
  test("answers the supported versions, and all of them when asked", async () => {
    const eks = new EksHarness();
    const names = async (query: string) =>
      (await eks.ok("GET", `/cluster-versions${query}`)).clusterVersions.map(
        (info: { clusterVersion: string }) => info.clusterVersion,
      );
    expect(await names("")).toEqual(["1.36", "1.35", "1.34", "1.33", "1.32"]);
    expect(await names("?includeAll=true")).toEqual(["1.36", "1.35", "1.34", "1.33", "1.32", "1.29"]);
    expect(await names("?defaultOnly=true")).toEqual(["1.36"]);
    expect(await names("?versionStatus=EXTENDED_SUPPORT")).toEqual(["1.33", "1.32"]);
    expect(await names("?status=standard-support")).toEqual(["1.36", "1.35", "1.34"]);
    expect(await names("?clusterVersions=1.33&clusterVersions=1.34")).toEqual(["1.34", "1.33"]);
  });
});
