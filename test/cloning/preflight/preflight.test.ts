import { preflight, preflightWithoutAws, QuestionError } from "../../../cloning/preflight";
import { denied, fakeAws, FILLED_SECRET, granting, planOf } from "./fixture";

const titles = async (...args: Parameters<typeof preflight>) =>
  (await preflight(...args)).findings.map(({ title }) => title);

test("where all is well there is nothing to say", async () => {
  const aws = fakeAws({ secret: () => Promise.resolve(FILLED_SECRET) });
  const { asked, findings, notes, quotas } = await preflight(planOf(), aws);
  expect([asked, findings, notes]).toEqual([true, [], []]);
  expect(quotas.every(({ enough }) => enough)).toBe(true);
});

test("everything wrong is said at once", async () => {
  const aws = fakeAws({
    ...granting({ "spot-g": 0, vpcs: 0 }),
    vpcs: () => Promise.resolve([{ id: "vpc-1", ranges: ["10.20.0.0/20"], tags: {} }]),
    offerings: () => Promise.resolve([]),
    name: () => Promise.resolve({ taken: true, by: "stranger" }),
  });
  const kinds = (await preflight(planOf(), aws)).findings.map(({ kind }) => kind);
  expect(kinds).toEqual([
    ...["quota", "quota", "offering", "offering", "offering", "offering", "addresses"],
    ...["name", "name", "name", "name", "name", "state-bucket"],
  ]);
});

test("in another account nothing else is asked", async () => {
  const aws = fakeAws({ account: () => Promise.resolve("222222222222"), vpcs: denied("ec2:DescribeVpcs") });
  const report = await preflight(planOf(), aws);
  expect(report.findings.map(({ kind }) => kind)).toEqual(["account"]);
  expect(report.quotas.every(({ limit }) => limit === undefined)).toBe(true);
});

test("in a region that is switched off nothing else is asked", async () => {
  const aws = fakeAws({ regionEnabled: () => Promise.resolve(false), vpcs: denied("ec2:DescribeVpcs") });
  expect((await preflight(planOf(), aws)).findings.map(({ kind }) => kind)).toEqual(["region"]);
});

test("questions that may not be asked are findings by permission, and stop none of the others", async () => {
  const aws = fakeAws({
    quota: denied("servicequotas:GetServiceQuota"),
    vpcs: denied("ec2:DescribeVpcs"),
    regionEnabled: denied("ec2:DescribeRegions"),
    offerings: () => Promise.resolve([]),
  });
  const { findings } = await preflight(planOf(), aws);
  expect(findings.filter(({ kind }) => kind === "offering")).toHaveLength(4);
  expect(findings.filter(({ kind }) => kind === "not-asked").map(({ title, facts }) => [title, facts.length])).toEqual([
    ["could not be asked: needs ec2:DescribeRegions", 2],
    ["could not be asked: needs ec2:DescribeVpcs", 2],
    ["could not be asked: needs servicequotas:GetServiceQuota", 8],
  ]);
  expect(findings.at(-2)).toEqual({
    kind: "not-asked",
    title: "could not be asked: needs ec2:DescribeVpcs",
    facts: [
      ["unknown", "the VPCs of the region"],
      ["AWS said", "AccessDenied: you may not"],
    ],
  });
});

test("a question that broke is a finding with what AWS said", async () => {
  const broken = () => Promise.reject(new QuestionError("ec2:DescribeVpcs", "failed", "socket hang up"));
  expect(await titles(planOf(), fakeAws({ vpcs: broken }))).toEqual(["could not be asked: ec2:DescribeVpcs failed"]);
});

test("any other error is not taken for an answer", async () => {
  const aws = fakeAws({ vpcs: () => Promise.reject(new TypeError("a mistake of ours")) });
  await expect(preflight(planOf(), aws)).rejects.toThrow("a mistake of ours");
});

test("without an answer whose the credentials are, nothing can be said", async () => {
  await expect(preflight(planOf(), fakeAws({ account: denied("sts:GetCallerIdentity") }))).rejects.toThrow(
    QuestionError,
  );
});

test("an open request for more is told of; whether there is one may stay unknown", async () => {
  const short = granting({ "spot-g": 0 });
  const [told] = (await preflight(planOf(), fakeAws({ ...short, openQuotaRequest: () => Promise.resolve(64) })))
    .findings;
  expect(told?.facts.at(-1)).toEqual(["asked for", "64 vCPU, not decided yet"]);
  const unknown = { openQuotaRequest: denied("servicequotas:ListRequestedServiceQuotaChangeHistoryByQuota") };
  expect(await titles(planOf(), fakeAws({ ...short, ...unknown }))).toHaveLength(1);
});

test("the state bucket may be left to whoever deploys", async () => {
  const aws = fakeAws({ name: () => Promise.resolve({ taken: false }) });
  expect(await titles(planOf(), aws)).toEqual(["state bucket flightdeck-state-111111111111-us-east-1 does not exist"]);
  expect(await titles(planOf(), aws, { stateBucketNeeded: false })).toEqual([]);
});

test("without AWS, needs are known, and nothing is found wrong with them", () => {
  const { asked, quotas, findings } = preflightWithoutAws(planOf());
  expect([asked, findings]).toEqual([false, []]);
  expect(quotas.map(({ quota, need }) => [quota.name, need]).slice(0, 2)).toEqual([
    ["on-demand-standard", 6],
    ["spot-g", 16],
  ]);
});

test("what is not compared is noted", () => {
  const pool = "maxSize: 2\n      capacity: on-demand\n      zones: [us-east-1a]";
  const block = planOf(
    ["[g6.xlarge, g6.2xlarge]", "[p5.48xlarge]"],
    ["maxSize: 2", `${pool}\n      capacityBlock: { reservationId: cr-00000001 }`],
    ["cluster:\n", "cluster:\n  karpenter: true\n"],
  );
  const group = planOf([
    "maxSize: 2",
    `${pool}\n      reservation: { resourceGroupArn: "arn:aws:resource-groups:us-east-1:1:group/g" }`,
  ]);
  const unknown = planOf(["[g6.xlarge, g6.2xlarge]", "[p6-b200.48xlarge]"]);
  expect([block, group, unknown].flatMap((plan) => preflightWithoutAws(plan).notes)).toEqual([
    "pool l4: nodes in a capacity block count against no on-demand quota",
    "nodes that Karpenter starts are not counted: their limit is set in its node pools",
    "pool l4: the members of its group of reservations were not looked at",
    "pool l4: AWS documents no spot quota for p6-b200.48xlarge, so none was compared",
  ]);
});
