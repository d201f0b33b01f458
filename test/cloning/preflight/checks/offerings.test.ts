import { offeringFindings, offeringNotes } from "../../../../cloning/preflight/checks/offerings";
import { denied, factsOf, planOf } from "../fixture";

const offered = (...pairs: readonly (readonly [instanceType: string, zone: string])[]) => ({
  offerings: () => Promise.resolve(pairs.map(([instanceType, zone]) => ({ instanceType, zone }))),
});
const SYSTEM = [
  ["m7i.large", "us-east-1a"],
  ["m6i.large", "us-east-1a"],
  ["m7i.large", "us-east-1b"],
  ["m6i.large", "us-east-1b"],
] as const;

test("a zone without any type of a pool is a finding, with the zones that have one", async () => {
  const plan = planOf();
  const facts = await factsOf(plan, offered(...SYSTEM, ["g6.xlarge", "us-east-1a"], ["g6.xlarge", "us-east-1f"]));
  expect(offeringFindings(plan, facts)).toEqual([
    {
      kind: "offering",
      title: "pool l4: g6.xlarge, g6.2xlarge are not offered in us-east-1b",
      facts: [["offered in", "us-east-1a, us-east-1f"]],
    },
  ]);
});

test("a zone with one of the types will do, and the others are noted", async () => {
  const plan = planOf();
  const facts = await factsOf(
    plan,
    offered(...SYSTEM, ["g6.xlarge", "us-east-1a"], ["g6.2xlarge", "us-east-1a"], ["g6.2xlarge", "us-east-1b"]),
  );
  expect(offeringFindings(plan, facts)).toEqual([]);
  expect(offeringNotes(plan, facts)).toEqual(["pool l4: in us-east-1b there is only g6.2xlarge, not g6.xlarge"]);
});

test("a type that is nowhere in the region is said to be so", async () => {
  const plan = planOf(["[g6.xlarge, g6.2xlarge]", "[g6.xlarge]"]);
  const [first] = offeringFindings(plan, await factsOf(plan, offered(...SYSTEM)));
  expect(first).toMatchObject({
    title: "pool l4: g6.xlarge is not offered in us-east-1a",
    facts: [["offered in", "no zone of us-east-1"]],
  });
});

test("an unanswered question is no finding about types", async () => {
  const plan = planOf();
  const facts = await factsOf(plan, { offerings: denied("ec2:DescribeInstanceTypeOfferings") });
  expect([offeringFindings(plan, facts), offeringNotes(plan, facts)]).toEqual([[], []]);
});
