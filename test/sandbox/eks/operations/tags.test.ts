import { ACCOUNT, EksHarness } from "../support/eks-harness";

const principalArn = `arn:aws:iam::${ACCOUNT}:role/Admin`;

async function world(): Promise<{ eks: EksHarness; arns: string[] }> {
  const eks = await (await new EksHarness().cluster()).nodegroup();
  const roleArn = `arn:aws:iam::${ACCOUNT}:role/pod`;
  const oidc = { identityProviderConfigName: "corp", issuerUrl: "https://issuer.example.com", clientId: "eks" };
  await eks.ok("POST", "/clusters/atlas/identity-provider-configs/associate", { oidc });
  const named = { identityProviderConfig: { type: "oidc", name: "corp" } };
  const describe = "/clusters/atlas/identity-provider-configs/describe";
  const provider = (await eks.ok("POST", describe, named)).identityProviderConfig.oidc;
  const { addon } = await eks.ok("POST", "/clusters/atlas/addons", { addonName: "vpc-cni" });
  const { accessEntry } = await eks.ok("POST", "/clusters/atlas/access-entries", { principalArn });
  const association = { namespace: "a", serviceAccount: "a", roleArn };
  const made = await eks.ok("POST", "/clusters/atlas/pod-identity-associations", association);
  const { cluster } = await eks.ok("GET", "/clusters/atlas");
  const { nodegroup } = await eks.ok("GET", "/clusters/atlas/node-groups/system");
  return {
    eks,
    arns: [
      cluster.arn,
      nodegroup.nodegroupArn,
      addon.addonArn,
      accessEntry.accessEntryArn,
      made.association.associationArn,
      provider.identityProviderConfigArn,
    ],
  };
}

test("every kind of resource is tagged and untagged by its ARN, encoded or not", async () => {
  const { eks, arns } = await world();
  for (const arn of arns) {
    for (const path of [`/tags/${encodeURIComponent(arn)}`, `/tags/${arn}`]) {
      await eks.ok("POST", path, { tags: { a: "1", b: "2", c: "3" } });
      await eks.ok("DELETE", `${path}?tagKeys=a&tagKeys=b`);
      expect(await eks.ok("GET", path)).toEqual({ tags: { c: "3" } });
    }
  }
});

test("tags of a resource are at most 50, counting those it has", async () => {
  const { eks, arns } = await world();
  const some = (from: number, count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${from + index}`, "v"]));
  await eks.ok("POST", `/tags/${arns[0]}`, { tags: some(0, 30) });
  expect(await eks.refusal("POST", `/tags/${arns[0]}`, { tags: some(29, 22) })).toBe(
    "BadRequestException (400): A resource has at most 50 tags, got 51",
  );
  await eks.ok("POST", `/tags/${arns[0]}`, { tags: some(29, 21) });
});

test.each([
  [
    "arn:aws:eks:eu-west-1:111111111111:cluster/nope",
    "NotFoundException (404): No resource found for ARN: arn:aws:eks:eu-west-1:111111111111:cluster/nope",
  ],
  ["arn:aws:s3:::bucket", "BadRequestException (400): Invalid resource ARN: arn:aws:s3:::bucket"],
])("the ARN %s is refused", async (arn, message) => {
  expect(await new EksHarness().refusal("GET", `/tags/${encodeURIComponent(arn)}`)).toBe(message);
});
