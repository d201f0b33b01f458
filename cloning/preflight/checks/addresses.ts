import { limits } from "../../../catalog";
import { parseIpv4Range, parseIpv4Ranges, rangeContains, rangesOverlap } from "../../../config/ipv4-range";
import type { Facts } from "../facts";
import type { PreflightFinding } from "../finding";
import { ofOthers } from "../own";
import type { PreflightPlan } from "../plan";
import { largestVcpu, type PoolDemand } from "../pool-demand";
import type { PlannedResource } from "../planned-resources";

/** The VPC CNI gives a node its addresses sixteen at a time. */
const PREFIX_SIZE = 16;
/** One prefix is kept in reserve, and a second network interface has an address of its own like the first. */
const SPARE_PREFIXES = 1;
const INTERFACES = 2;
/** AWS keeps the first four addresses of a subnet and the last. */
const KEPT_BY_AWS = 5;

/** VPCs of others that share addresses with the environment's own range. */
export function overlapFindings({ config }: PreflightPlan, { vpcs }: Facts): PreflightFinding[] {
  if (!vpcs.known) return [];
  const own = parseIpv4Ranges([config.network.cidr]);
  return ofOthers(config, vpcs.value).flatMap(({ id, ranges, tags }) => {
    const shared = ranges.filter((range) =>
      parseIpv4Ranges([range]).some((other) => own.some((mine) => rangesOverlap(mine, other))),
    );
    if (shared.length === 0) return [];
    const name = tags["Name"] === undefined ? id : `${id} (${tags["Name"]})`;
    return [
      {
        kind: "addresses" as const,
        title: `network.cidr ${config.network.cidr} overlaps VPC ${name}`,
        facts: [
          ["its ranges", shared.join(", ")] as const,
          ["so", "the two can never be connected: no peering, no transit gateway"] as const,
        ],
      },
    ];
  });
}

/** Zones whose subnet holds too few addresses for all nodes and pods that may come to be there. */
export function subnetFindings(plan: PreflightPlan): PreflightFinding[] {
  const { config, pools } = plan;
  return config.network.zones.flatMap((zone) => {
    const subnet = largestSubnet(plan, zone);
    if (subnet === undefined) return [];
    const there = pools.filter(({ zones }) => zones.includes(zone));
    const parts = there.map((pool) => ({ pool, nodes: Math.ceil(pool.maxSize / pool.zones.length) }));
    const needed = parts.reduce((sum, { pool, nodes }) => sum + nodes * addressesOfNode(pool), 0);
    if (needed <= subnet.usable) return [];
    return [
      {
        kind: "addresses" as const,
        title: `zone ${zone} has too few addresses for pods`,
        facts: [
          ["needed", `${needed}, if every node has as many pods as EKS allows`] as const,
          ...parts.map(
            ({ pool, nodes }) => ["", `${nodes * addressesOfNode(pool)} for ${pool.name}, ${nodes} nodes`] as const,
          ),
          ["there are", `${subnet.usable} in ${subnet.range}`] as const,
        ],
      },
    ];
  });
}

/** Addresses a node may take: for as many pods as a managed node group allows on its largest type. */
export function addressesOfNode({ instanceTypes }: Pick<PoolDemand, "instanceTypes">): number {
  const { below30Vcpu, from30Vcpu } = limits().eks.podsPerNodeMax;
  const pods = largestVcpu(instanceTypes) < 30 ? below30Vcpu : from30Vcpu;
  return (Math.ceil(pods / PREFIX_SIZE) + SPARE_PREFIXES) * PREFIX_SIZE + INTERFACES;
}

interface Subnet {
  readonly range: string;
  readonly usable: number;
}

/** The subnet that pods get their addresses from: the largest of the zone, in the range for pods where there is one. */
function largestSubnet({ config, planned }: PreflightPlan, zone: string): Subnet | undefined {
  const { cidr, podCidr } = config.network;
  const outer = parseIpv4Range(podCidr ?? cidr);
  const ranges = planned
    .of("aws_subnet")
    .filter(({ availability_zone }: PlannedResource) => availability_zone === zone)
    .flatMap(({ cidr_block }) => (typeof cidr_block === "string" ? parseIpv4Ranges([cidr_block]) : []))
    .filter((range) => outer !== undefined && rangeContains(outer, range));
  const [largest] = ranges.sort((a, b) => a.prefix - b.prefix);
  return largest && { range: largest.aligned, usable: 2 ** (32 - largest.prefix) - KEPT_BY_AWS };
}
