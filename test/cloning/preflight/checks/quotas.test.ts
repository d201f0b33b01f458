import { quotaFinding, quotaLines } from "../../../../cloning/preflight/checks/quotas";
import { fakeAws, factsOf, granting, OTHER, planOf } from "../fixture";

const lineOf = async (quota: string, granted: number, changes = {}) => {
  const plan = planOf();
  const lines = quotaLines(plan, await factsOf(plan, { ...granting({ [quota]: granted }), ...changes }));
  return lines.find((line) => line.quota.name === quota)!;
};
const runningG = {
  instances: () => Promise.resolve([{ instanceType: "g6.xlarge", capacity: "spot" as const, vcpu: 4, tags: OTHER }]),
};

test("a quota is enough when need and use of others fit in, to the last vCPU", async () => {
  expect(await lineOf("spot-g", 20, runningG)).toMatchObject({ need: 16, inUse: 4, limit: 20, enough: true });
  expect(await lineOf("spot-g", 19, runningG)).toMatchObject({ need: 16, inUse: 4, limit: 19, enough: false });
});

test("what is not measured counts as nothing", async () => {
  expect(await lineOf("kms-keys", 1)).toMatchObject({ need: 1, inUse: undefined, enough: true });
});

test("without AWS only the need is known", () => {
  const [line] = quotaLines(planOf());
  expect(line).toEqual({
    quota: expect.objectContaining({ name: "on-demand-standard" }) as unknown,
    region: "us-east-1",
    need: 6,
    parts: [{ what: "system 3 × m7i.large (2)", amount: 6 }],
  });
});

test("a shortage names the pools, what there is, and the command that asks for more", async () => {
  expect(quotaFinding(await lineOf("spot-g", 0, runningG), undefined)).toEqual({
    kind: "quota",
    title: "quota All G and VT Spot Instance Requests (ec2 L-3819A6DF) is not enough",
    facts: [
      ["needed", "16 vCPU"],
      ["", "16 for l4 2 × g6.2xlarge (8)"],
      ["in use", "4 vCPU by others"],
      ["there is", "0 vCPU"],
    ],
    command:
      "aws service-quotas request-service-quota-increase --service-code ec2 --quota-code L-3819A6DF --desired-value 20 --region us-east-1",
  });
});

test("a request that is open for as much is told of instead of made again", async () => {
  const line = await lineOf("spot-g", 0);
  const open = quotaFinding(line, 16);
  expect(open.facts.at(-1)).toEqual(["asked for", "16 vCPU, not decided yet"]);
  expect(open.command).toBeUndefined();
  expect(quotaFinding(line, 15).command).toContain("--desired-value 16 ");
});

test("parts of a TiB are shown with two digits, and asked for as a whole", async () => {
  const { facts, command } = quotaFinding(await lineOf("gp3-storage", 0), undefined);
  expect(facts[0]).toEqual(["needed", "0.54 TiB"]);
  expect(command).toContain("--service-code ebs --quota-code L-7A658B76 --desired-value 1 ");
});

test("quotas of the account are asked for in its home region", async () => {
  const plan = planOf(
    ["region: us-east-1", "region: eu-west-1"],
    ["[us-east-1a, us-east-1b]", "[eu-west-1a, eu-west-1b]"],
  );
  const lines = quotaLines(plan, await factsOf(plan, fakeAws()));
  const regions = Object.fromEntries(lines.map(({ quota, region }) => [quota.name, region]));
  expect(regions).toMatchObject({ vpcs: "eu-west-1", buckets: "us-east-1", "iam-roles": "us-east-1" });
});
