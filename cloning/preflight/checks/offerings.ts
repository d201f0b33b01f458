import type { Facts } from "../facts";
import type { PreflightFinding } from "../finding";
import type { PreflightPlan } from "../plan";
import type { PoolDemand } from "../pool-demand";

/** Zones of pools in which none of their types is offered: nodes that belong there never start. */
export function offeringFindings({ pools, config }: PreflightPlan, facts: Facts): PreflightFinding[] {
  return pools.flatMap((pool) =>
    pool.zones
      .filter((zone) => offeredIn(facts, pool, zone)?.length === 0)
      .map((zone) => ({
        kind: "offering" as const,
        title: `pool ${pool.name}: ${pool.instanceTypes.join(", ")} ${pool.instanceTypes.length === 1 ? "is" : "are"} not offered in ${zone}`,
        facts: [["offered in", zonesOffering(facts, pool) || `no zone of ${config.region}`] as const],
      })),
  );
}

/** Types that are not offered in a zone where another type of the pool is. */
export function offeringNotes({ pools }: PreflightPlan, facts: Facts): string[] {
  return pools.flatMap((pool) =>
    pool.zones.flatMap((zone) => {
      const offered = offeredIn(facts, pool, zone) ?? [];
      const missing = pool.instanceTypes.filter((type) => !offered.includes(type));
      if (offered.length === 0 || missing.length === 0) return [];
      return [`pool ${pool.name}: in ${zone} there is only ${offered.join(", ")}, not ${missing.join(", ")}`];
    }),
  );
}

function offeredIn({ offerings }: Facts, { instanceTypes }: PoolDemand, zone: string): string[] | undefined {
  if (!offerings.known) return undefined;
  const there = offerings.value.filter((offering) => offering.zone === zone).map((offering) => offering.instanceType);
  return instanceTypes.filter((type) => there.includes(type));
}

function zonesOffering({ offerings }: Facts, { instanceTypes }: PoolDemand): string {
  const all = offerings.known ? offerings.value : [];
  const zones = all.filter(({ instanceType }) => instanceTypes.includes(instanceType)).map(({ zone }) => zone);
  return [...new Set(zones)].sort().join(", ");
}
