import { findQuota } from "../../catalog";
import type { PlannedResources } from "./planned-resources";
import type { PoolDemand } from "./pool-demand";
import { needOf, type QuotaNeed } from "./quota-need";

const GIB_PER_TIB = 1024;

/** Quotas that each resource of a type takes one of. */
const ONE_EACH: readonly (readonly [quota: string, type: string, what: string])[] = [
  ["vpcs", "aws_vpc", "VPC"],
  ["internet-gateways", "aws_internet_gateway", "internet gateway"],
  ["elastic-ips", "aws_eip", "address of a NAT gateway"],
  ["eks-clusters", "aws_eks_cluster", "cluster"],
  ["node-groups-per-cluster", "aws_eks_node_group", "node pool"],
  ["db-instances", "aws_db_instance", "database"],
  ["buckets", "aws_s3_bucket", "store"],
  ["kms-keys", "aws_kms_key", "key"],
  ["iam-roles", "aws_iam_role", "role"],
];

/** What an environment needs of the quotas that are not about vCPUs. */
export function platformNeeds(planned: PlannedResources, pools: readonly PoolDemand[]): QuotaNeed[] {
  const counted = ONE_EACH.map(([quota, type, what]) => one(quota, planned.count(type), what));
  const perZone = planned.count("aws_nat_gateway") > 0 ? 1 : 0;
  const needs = [
    ...counted,
    one("nat-gateways-per-zone", perZone, "NAT gateway in a zone"),
    one("gateway-endpoints", endpoints(planned, "Gateway"), "gateway endpoint"),
    one("interface-endpoints-per-vpc", endpoints(planned, "Interface"), "interface endpoint"),
    largestPool(pools),
    disks(pools),
  ];
  return needs.filter(({ amount }) => amount > 0);
}

function one(quota: string, amount: number, what: string): QuotaNeed {
  return needOf(findQuota(quota), amount === 0 ? [] : [{ what: `${amount} × ${what}`, amount }]);
}

function endpoints(planned: PlannedResources, kind: string): number {
  return planned.texts("aws_vpc_endpoint", "vpc_endpoint_type").filter((type) => type === kind).length;
}

function largestPool(pools: readonly PoolDemand[]): QuotaNeed {
  const quota = findQuota("nodes-per-node-group");
  const [largest] = [...pools].sort((a, b) => b.maxSize - a.maxSize);
  return needOf(
    quota,
    largest ? [{ what: `${largest.name} up to ${largest.maxSize} nodes`, amount: largest.maxSize }] : [],
  );
}

/** Disks of nodes alone: what pods will ask for in volumes is not known beforehand. */
function disks(pools: readonly PoolDemand[]): QuotaNeed {
  const parts = pools.map(({ name, maxSize, diskGiB }) => ({
    what: `${name} ${maxSize} × ${diskGiB} GiB`,
    amount: (maxSize * diskGiB) / GIB_PER_TIB,
  }));
  return needOf(findQuota("gp3-storage"), parts);
}
