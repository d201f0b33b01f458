import { ACCOUNT, EksHarness, START } from "../support/eks-harness";

const PATH = "/clusters/atlas/pod-identity-associations";
const roleArn = `arn:aws:iam::${ACCOUNT}:role/pod`;
const TRAINER = { namespace: "training", serviceAccount: "trainer", roleArn };

describe("Pod identity associations", () => {
  test("are made at once", async () => {
    const eks = await new EksHarness().cluster();
    const { association } = await eks.ok("POST", PATH, { ...TRAINER, tags: { a: "b" } });
    expect(association).toEqual({
      clusterName: "atlas",
      ...TRAINER,
      associationArn: `arn:aws:eks:eu-west-1:${ACCOUNT}:podidentityassociation/atlas/${association.associationId}`,
      associationId: association.associationId,
      tags: { a: "b" },
      createdAt: (START + 1500) / 1000,
      modifiedAt: (START + 1500) / 1000,
      disableSessionTags: false,
    });
    expect(association.associationId).toMatch(/^a-[0-9a-z]{17}$/);
    expect(await eks.ok("GET", `${PATH}/${association.associationId}`)).toEqual({ association });
  });

  test("are listed by namespace and service account", async () => {
    const eks = await new EksHarness().cluster();
    for (const [namespace, serviceAccount] of ["a:x", "a:y", "b:x"].map((pair) => pair.split(":"))) {
      await eks.ok("POST", PATH, { namespace, serviceAccount, roleArn });
    }
    const count = async (query: string) => (await eks.ok("GET", PATH + query)).associations.length;
    expect([await count(""), await count("?namespace=a"), await count("?namespace=a&serviceAccount=y")]).toEqual([
      3, 2, 1,
    ]);
  });

  test("are changed: role, session tags, target role with its external id", async () => {
    const eks = await new EksHarness().cluster();
    const { association } = await eks.ok("POST", PATH, TRAINER);
    const path = `${PATH}/${association.associationId}`;
    const targetRoleArn = "arn:aws:iam::222222222222:role/target";
    const pod2 = `arn:aws:iam::${ACCOUNT}:role/pod2`;
    const changed = await eks.ok("POST", path, { roleArn: pod2, disableSessionTags: true, targetRoleArn });
    expect(changed.association).toMatchObject({ roleArn: pod2, disableSessionTags: true, targetRoleArn });
    expect(changed.association.externalId).toMatch(/^[0-9a-f-]{36}$/);
    const { association: without } = await eks.ok("POST", path, { targetRoleArn: "" });
    expect([without.targetRoleArn, without.externalId]).toEqual([undefined, undefined]);
  });

  test("are refused for a service account that has one", async () => {
    const eks = await new EksHarness().cluster();
    const { association } = await eks.ok("POST", PATH, TRAINER);
    expect(await eks.refusal("POST", PATH, TRAINER)).toBe(
      `ResourceInUseException (409): Association already exists: ${association.associationId}`,
    );
    await eks.ok("DELETE", `${PATH}/${association.associationId}`);
    expect(await eks.refusal("GET", `${PATH}/${association.associationId}`)).toBe(
      `ResourceNotFoundException (404): No association found for id: ${association.associationId} in cluster: atlas`,
    );
    await eks.ok("POST", PATH, TRAINER);
  });

  test("are refused for a role that is not there or that pods cannot assume", async () => {
    const eks = await new EksHarness().cluster();
    const nobody = `arn:aws:iam::${ACCOUNT}:role/nobody`;
    expect(await eks.refusal("POST", PATH, { ...TRAINER, roleArn: nobody })).toBe(
      `InvalidParameterException (400): No IAM role found for roleArn: ${nobody}`,
    );
    const node = `arn:aws:iam::${ACCOUNT}:role/node`;
    expect(await eks.refusal("POST", PATH, { ...TRAINER, roleArn: node })).toBe(
      `InvalidParameterException (400): Following required service principals [pods.eks.amazonaws.com] were not found in the trust relationships of roleArn ${node}`,
    );
  });
});

describe("Identity provider configs", () => {
  const base = "/clusters/atlas/identity-provider-configs";
  const oidc = {
    identityProviderConfigName: "corp",
    issuerUrl: "https://issuer.example.com",
    clientId: "eks",
    groupsClaim: "groups",
  };
  const named = { identityProviderConfig: { type: "oidc", name: "corp" } };

  test("are associated and disassociated in 0.5 s each", async () => {
    const eks = await new EksHarness().cluster();
    const { update } = await eks.ok("POST", `${base}/associate`, { oidc, tags: { a: "b" } });
    expect(update.type).toBe("AssociateIdentityProviderConfig");
    const describe = async () => (await eks.ok("POST", `${base}/describe`, named)).identityProviderConfig.oidc;
    expect((await describe()).status).toBe("CREATING");
    eks.wait(500);
    const found = await describe();
    expect(found).toEqual({
      ...oidc,
      identityProviderConfigArn: found.identityProviderConfigArn,
      clusterName: "atlas",
      tags: { a: "b" },
      status: "ACTIVE",
    });
    expect(await eks.ok("GET", base)).toEqual({ identityProviderConfigs: [{ type: "oidc", name: "corp" }] });
    await eks.ok("POST", `${base}/disassociate`, named);
    expect((await describe()).status).toBe("DELETING");
    expect(await eks.refusal("POST", `${base}/disassociate`, named)).toBe(
      "ResourceInUseException (409): Identity provider config corp is in DELETING state",
    );
    expect(await eks.wait(500).refusal("POST", `${base}/describe`, named)).toBe(
      "ResourceNotFoundException (404): No identity provider config found for name: corp, type: oidc.",
    );
  });

  test("are refused beyond the first, and with Kubernetes' own prefix", async () => {
    const eks = await new EksHarness().cluster();
    expect(await eks.refusal("POST", `${base}/associate`, { oidc: { ...oidc, groupsPrefix: "system:x" } })).toBe(
      "InvalidParameterException (400): groupsPrefix must not contain system:, got system:x",
    );
    await eks.ok("POST", `${base}/associate`, { oidc });
    expect(
      await eks.refusal("POST", `${base}/associate`, { oidc: { ...oidc, identityProviderConfigName: "other" } }),
    ).toBe(
      "ResourceInUseException (409): Cluster atlas already has the identity provider config corp: a cluster takes one",
    );
  });
});
