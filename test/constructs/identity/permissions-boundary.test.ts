import { PermissionsBoundary, type PermissionsBoundaryProps } from "../../../constructs/identity/permissions-boundary";
import { failure, IDENTITY } from "../../support/fixtures";
import { synthesize, testStack } from "../../support/synth";

const MINIMAL: PermissionsBoundaryProps = { identity: IDENTITY, stateBucketName: "example-states" };
const boundaryWith = (props: Partial<PermissionsBoundaryProps> = {}) =>
  synthesize((stack) => {
    new PermissionsBoundary(stack, "Boundary", { ...MINIMAL, ...props });
  });
const refused = (props: Partial<PermissionsBoundaryProps>) =>
  failure(() => new PermissionsBoundary(testStack(), "Boundary", { ...MINIMAL, ...props }));
const regionNames = (count: number) =>
  Array.from(
    { length: count },
    (_, index) => `xx-${"abcdefghijklmnopqrstuvwxyz".charAt(index % 26).repeat(20)}-${index % 10}`,
  );

describe("PermissionsBoundary", () => {
  const out = boundaryWith();

  test("is a policy named after the environment", () => {
    expect(out.resource("aws_iam_policy")).toEqual({
      name: "atlas-dev-boundary",
      description: "What roles of atlas/dev may do at most",
      policy: expect.any(String),
      tags: { Name: "atlas-dev-boundary" },
    });
  });

  test("says each thing once, under its name", () => {
    const { Statement } = out.policy("aws_iam_policy") as { Statement: { Sid: string; Effect: string }[] };

    expect(Statement.map(({ Effect, Sid }) => `${Effect} ${Sid}`)).toEqual([
      "Allow AllButObjects",
      "Allow AllButStates",
      "Allow OwnStates",
      "Allow NamesOfStates",
      "Deny OtherRegions",
      "Deny LocksOfObjects",
      "Deny TheAccount",
      "Deny TheAccountsEyes",
      "Deny RolesWithoutBoundary",
      "Deny TakingBoundariesOff",
      "Deny TheBoundaryItself",
      "Deny RolesOfPipelines",
      "Deny IdentitiesOfOthers",
      "Deny TagsOfOthers",
      "Deny RolesOfOthers",
    ]);
  });

  test("keeps to the environment's region, or to those listed", () => {
    const regionsOf = (props: Partial<PermissionsBoundaryProps>) => {
      const { Statement } = boundaryWith(props).policy("aws_iam_policy") as {
        Statement: { Sid: string; Condition?: unknown }[];
      };
      return Statement.find(({ Sid }) => Sid === "OtherRegions")?.Condition;
    };

    expect(regionsOf({})).toEqual({ StringNotEquals: { "aws:RequestedRegion": ["eu-central-1"] } });
    expect(regionsOf({ regions: ["eu-central-1", "eu-west-1"] })).toEqual({
      StringNotEquals: { "aws:RequestedRegion": ["eu-central-1", "eu-west-1"] },
    });
  });

  test("has room for long names, and refuses what IAM would refuse", () => {
    const identity = { ...IDENTITY, project: "a".repeat(30), stage: "b".repeat(20), region: "us-gov-west-1" };
    const { policy } = boundaryWith({ identity, stateBucketName: "s".repeat(63) }).resource("aws_iam_policy");

    expect(String(policy).length).toBeLessThanOrEqual(6144);
    expect(String(policy)).toContain("arn:aws-us-gov:iam::");
    expect(() => boundaryWith({ regions: ["eu-central-1", ...regionNames(200)] })).toThrow(
      /The boundary must have at most 6144 characters \(IAM\), got \d+: list fewer regions/,
    );
  });

  test("keeps its address", () => {
    expect(out.addresses("aws_iam_policy")).toEqual({ "Boundary/Resource": "aws_iam_policy.Boundary_EA298153" });
  });
});

describe("PermissionsBoundary refuses", () => {
  test("regions without the environment's own", () => {
    expect(refused({ regions: ["eu-west-1"] })).toEqual({
      code: "INVALID_PERMISSIONS_BOUNDARY_PROPS",
      message: '`regions` must hold the environment\'s own region eu-central-1, got ["eu-west-1"]\n  in test/Boundary',
    });
  });

  test.each(["eu-*", "*", "europe", ""])("the region %p", (region) => {
    expect(refused({ regions: ["eu-central-1", region] }).message).toBe(
      `\`regions[1]\` must be an AWS region such as eu-central-1, without wildcards, got "${region}"\n  in test/Boundary`,
    );
  });

  test.each(["", "*", "States", "a"])("the bucket %p", (stateBucketName) => {
    expect(refused({ stateBucketName }).message).toBe(
      `\`stateBucketName\` must be the name of a bucket: 3 to 63 lower-case letters, digits, hyphens and dots, without wildcards, got "${stateBucketName}"\n  in test/Boundary`,
    );
  });
});

describe("PermissionsBoundary.fromPermissionsBoundaryAttributes", () => {
  const imported = (policyArn: string) =>
    PermissionsBoundary.fromPermissionsBoundaryAttributes(testStack(), "Boundary", { policyArn });

  test("is the policy with that ARN", () => {
    const policyArn = "arn:aws:iam::111111111111:policy/teams/boundary";

    expect(imported(policyArn)).toMatchObject({ policyArn });
  });

  test("refuses what is no ARN of a policy", () => {
    expect(failure(() => imported("atlas-dev-boundary"))).toEqual({
      code: "INVALID_PERMISSIONS_BOUNDARY_ATTRIBUTES",
      message:
        '`policyArn` must be an ARN arn:<partition>:iam::<account>:policy/<name>, got "atlas-dev-boundary"\n  in test/Boundary',
    });
  });
});
