import { nameFindings, stateBucketFinding } from "../../../../cloning/preflight/checks/names";
import type { NameFact } from "../../../../cloning/preflight/preflight-aws";
import { denied, factsOf, OTHER, OWN, planOf } from "../fixture";

const STATE = "flightdeck-state-111111111111-us-east-1";

const factsWith = (plan: ReturnType<typeof planOf>, taken: Readonly<Record<string, NameFact>>) =>
  factsOf(plan, { name: (_kind, name) => Promise.resolve(taken[name] ?? { taken: false }) });

test("names that are free, or the environment's own, are fine", async () => {
  const plan = planOf();
  const own: NameFact = { taken: true, by: "account", tags: { ...OWN, Layer: "cluster" } };
  expect(nameFindings(plan, await factsWith(plan, { "atlas-dev": own }))).toEqual([]);
});

test("names that others have are findings, with whose they are", async () => {
  const plan = planOf();
  const taken: Record<string, NameFact> = {
    "atlas-dev-models-111111111111-us-east-1": { taken: true, by: "stranger" },
    "atlas-dev": { taken: true, by: "account", tags: { ...OWN, Stage: "prod" } },
    "/aws/eks/atlas-dev/cluster": { taken: true, by: "account", tags: {} },
    "alias/atlas-dev-data": { taken: true, by: "account", tags: OTHER },
    "atlas-dev-eks-node-l4": { taken: true, by: "account", tags: { ...OWN, ManagedBy: "hand" } },
  };
  expect(nameFindings(plan, await factsWith(plan, taken)).map(({ title, facts }) => [title, ...facts])).toEqual([
    [
      "bucket atlas-dev-models-111111111111-us-east-1 exists already",
      ["belongs to", "another account: bucket names are shared by all accounts of the world"],
    ],
    [
      "EKS cluster atlas-dev exists already",
      ["tags", "ManagedBy=flightdeck, Project=atlas, Stage=prod: not this environment's"],
    ],
    ["KMS alias alias/atlas-dev-data exists already", ["tags", "Name=legacy: not this environment's"]],
    ["log group /aws/eks/atlas-dev/cluster exists already", ["tags", "none, so it is not this environment's"]],
    [
      "IAM role atlas-dev-eks-node-l4 exists already",
      ["tags", "ManagedBy=hand, Project=atlas, Stage=dev: not this environment's"],
    ],
  ]);
});

describe("the state bucket", () => {
  const finding = async (fact: NameFact, plan = planOf()) =>
    stateBucketFinding(plan, await factsOf(plan, { name: () => Promise.resolve(fact) }));

  test("is fine when the account has it", async () => {
    expect(await finding({ taken: true, by: "account", tags: {} })).toBeUndefined();
  });

  test("that is missing is made with one command", async () => {
    expect(await finding({ taken: false })).toEqual({
      kind: "state-bucket",
      title: `state bucket ${STATE} does not exist`,
      facts: [["then", "switch on versioning and encryption, and close it to the public"]],
      command: `aws s3api create-bucket --bucket ${STATE} --region us-east-1`,
    });
    const plan = planOf(
      ["region: us-east-1", "region: eu-west-1"],
      ["[us-east-1a, us-east-1b]", "[eu-west-1a, eu-west-1b]"],
    );
    expect((await finding({ taken: false }, plan))?.command).toContain(
      "--region eu-west-1 --create-bucket-configuration LocationConstraint=eu-west-1",
    );
  });

  test("of somebody else cannot be used", async () => {
    expect(await finding({ taken: true, by: "stranger" })).toEqual({
      kind: "state-bucket",
      title: `state bucket ${STATE} is not yours`,
      facts: [["belongs to", "another account: choose another `state.bucket`"]],
    });
  });

  test("is not judged when it could not be asked for", async () => {
    const plan = planOf();
    expect(stateBucketFinding(plan, await factsOf(plan, { name: denied("s3:ListBucket") }))).toBeUndefined();
  });
});
