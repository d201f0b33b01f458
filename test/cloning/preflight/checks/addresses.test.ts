import { addressesOfNode, overlapFindings, subnetFindings } from "../../../../cloning/preflight/checks/addresses";
import { PlannedResources } from "../../../../cloning/preflight/planned-resources";
import { denied, factsOf, OTHER, OWN, planOf } from "../fixture";

const vpc = (id: string, tags: Record<string, string>, ...ranges: string[]) => ({ id, tags, ranges });

test("a VPC of others that shares addresses is a finding, whichever of its ranges it is", async () => {
  const plan = planOf();
  const vpcs = [
    vpc("vpc-1", OTHER, "10.0.0.0/16", "10.20.128.0/20"),
    vpc("vpc-2", {}, "10.0.0.0/8"),
    vpc("vpc-3", {}, "10.21.0.0/16"),
    vpc("vpc-4", OWN, "10.20.0.0/16"),
  ];
  const facts = await factsOf(plan, { vpcs: () => Promise.resolve(vpcs) });
  expect(overlapFindings(plan, facts).map(({ title, facts: lines }) => [title, lines[0]])).toEqual([
    ["network.cidr 10.20.0.0/16 overlaps VPC vpc-1 (legacy)", ["its ranges", "10.20.128.0/20"]],
    ["network.cidr 10.20.0.0/16 overlaps VPC vpc-2", ["its ranges", "10.0.0.0/8"]],
  ]);
});

test("an unanswered question is no finding about VPCs", async () => {
  const plan = planOf();
  expect(overlapFindings(plan, await factsOf(plan, { vpcs: denied("ec2:DescribeVpcs") }))).toEqual([]);
});

test.each([
  ["g6.2xlarge", 8 * 16 + 2],
  ["g6.8xlarge", 17 * 16 + 2],
])("a node of type %s may take %i addresses", (type, addresses) => {
  expect(addressesOfNode({ instanceTypes: [type] })).toBe(addresses);
});

describe("subnets", () => {
  const withSubnet = (range: string, ...changes: Parameters<typeof planOf>) => ({
    ...planOf(...changes),
    planned: new PlannedResources([
      JSON.stringify({
        resource: { aws_subnet: { a: { availability_zone: "us-east-1a", cidr_block: range } } },
      }),
    ]),
  });

  test("that hold all pods of all nodes are fine, to the last address", () => {
    // Two nodes of the system pool and one of the GPU pool in each zone: 3 × 130 = 390.
    expect(subnetFindings(withSubnet("10.20.0.0/23"))).toEqual([]);
    expect(subnetFindings(withSubnet("10.20.0.0/24"))).toEqual([
      {
        kind: "addresses",
        title: "zone us-east-1a has too few addresses for pods",
        facts: [
          ["needed", "390, if every node has as many pods as EKS allows"],
          ["", "260 for system, 2 nodes"],
          ["", "130 for l4, 1 nodes"],
          ["there are", "251 in 10.20.0.0/24"],
        ],
      },
    ]);
  });

  test("count a pool in its own zones only", () => {
    const [finding] = subnetFindings(
      withSubnet("10.20.0.0/24", ["maxSize: 2", "maxSize: 2\n      zones: [us-east-1b]"]),
    );
    expect(finding?.facts[0]).toEqual(["needed", "260, if every node has as many pods as EKS allows"]);
  });

  test("for pods are those of the range for pods, where there is one", () => {
    const pods = ["cidr: 10.20.0.0/16", "cidr: 10.20.0.0/16\n  podCidr: 100.64.0.0/16"] as const;
    expect(subnetFindings(withSubnet("10.20.0.0/24", pods))).toEqual([]);
    expect(subnetFindings(withSubnet("100.64.0.0/24", pods))).toHaveLength(1);
  });
});
