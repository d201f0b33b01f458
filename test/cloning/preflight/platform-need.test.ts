import { PlannedResources } from "../../../cloning/preflight/planned-resources";
import { platformNeeds } from "../../../cloning/preflight/platform-need";
import { planOf, STACKS } from "./fixture";

test("what the stacks create is needed of each quota, and what they do not is not asked for", () => {
  const needs = platformNeeds(new PlannedResources(STACKS), planOf().pools);
  expect(needs.map(({ quota, amount, parts }) => [quota.name, amount, parts.map(({ what }) => what)])).toEqual([
    ["vpcs", 1, ["1 × VPC"]],
    ["internet-gateways", 1, ["1 × internet gateway"]],
    ["elastic-ips", 1, ["1 × address of a NAT gateway"]],
    ["eks-clusters", 1, ["1 × cluster"]],
    ["node-groups-per-cluster", 2, ["2 × node pool"]],
    ["buckets", 1, ["1 × store"]],
    ["kms-keys", 1, ["1 × key"]],
    ["iam-roles", 2, ["2 × role"]],
    ["nat-gateways-per-zone", 1, ["1 × NAT gateway in a zone"]],
    ["gateway-endpoints", 1, ["1 × gateway endpoint"]],
    ["interface-endpoints-per-vpc", 1, ["1 × interface endpoint"]],
    ["nodes-per-node-group", 3, ["system up to 3 nodes"]],
    ["gp3-storage", (3 * 50 + 2 * 200) / 1024, ["system 3 × 50 GiB", "l4 2 × 200 GiB"]],
  ]);
});

test("nothing is needed of nothing", () => {
  expect(platformNeeds(new PlannedResources([]), [])).toEqual([]);
});
