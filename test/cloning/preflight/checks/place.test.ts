import { accountFinding, regionFinding, zoneFindings } from "../../../../cloning/preflight/checks/place";
import { denied, factsOf, planOf } from "../fixture";

test("the account must be the environment's", () => {
  expect(accountFinding(planOf(), "111111111111")).toBeUndefined();
  expect(accountFinding(planOf(), "222222222222")).toEqual({
    kind: "account",
    title: "the credentials are of another account; nothing else was asked",
    facts: [
      ["environment", "111111111111"],
      ["credentials", "222222222222"],
    ],
    command: "aws sts get-caller-identity",
  });
});

test("the region must be there and switched on", () => {
  expect(regionFinding(planOf(), true)).toBeUndefined();
  expect(regionFinding(planOf(), undefined)?.title).toBe("AWS knows no region us-east-1; nothing else was asked");
  expect(regionFinding(planOf(), false)).toEqual({
    kind: "region",
    title: "region us-east-1 is not switched on in the account; nothing else was asked",
    facts: [["account", "111111111111"]],
    command: "aws account enable-region --region-name us-east-1",
  });
});

describe("zones", () => {
  const findings = async (zones: readonly { name: string; id: string; available: boolean }[]) => {
    const plan = planOf();
    return zoneFindings(plan, await factsOf(plan, { zones: () => Promise.resolve(zones) }));
  };
  const a = { name: "us-east-1a", id: "use1-az6", available: true };
  const b = { name: "us-east-1b", id: "use1-az1", available: true };

  test("are fine when the account has them", async () => {
    expect(await findings([a, b])).toEqual([]);
  });

  test.each([
    ["is not among the zones of the account", []],
    ["is not available to the account", [{ ...b, available: false }]],
    ["is use1-az3 in this account, where EKS takes no subnets for a control plane", [{ ...b, id: "use1-az3" }]],
  ])("one %s", async (problem, others) => {
    expect(await findings([a, ...others])).toEqual([
      { kind: "zone", title: `zone us-east-1b ${problem}`, facts: [["usable", "us-east-1a"]] },
    ]);
  });

  test("are not judged when AWS does not tell them", async () => {
    const plan = planOf();
    expect(zoneFindings(plan, await factsOf(plan, { zones: denied("ec2:DescribeAvailabilityZones") }))).toEqual([]);
  });
});
