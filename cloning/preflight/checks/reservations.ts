import type { Facts } from "../facts";
import type { PreflightFinding } from "../finding";
import type { PreflightPlan } from "../plan";
import type { PoolDemand } from "../pool-demand";
import type { ReservationFact } from "../preflight-aws";

/** States in which instances can be started in it, now or when it begins. */
const USABLE_STATES = ["active", "scheduled", "pending"];

/** Reservations and capacity blocks that pools name, and that would not take their nodes. */
export function reservationFindings({ pools }: PreflightPlan, { reservations }: Facts): PreflightFinding[] {
  if (!reservations.known) return [];
  return pools.flatMap((pool) => {
    if (pool.reservationId === undefined) return [];
    const reservation = reservations.value.find(({ id }) => id === pool.reservationId);
    const problems = reservation === undefined ? ["does not exist in the region"] : problemsOf(pool, reservation);
    if (problems.length === 0) return [];
    const named = pool.capacity === "capacity-block" ? "capacity block" : "capacity reservation";
    return [
      {
        kind: "reservation" as const,
        title: `pool ${pool.name}: ${named} ${pool.reservationId} does not fit`,
        facts: problems.map((problem, index) => [index === 0 ? "it" : "", problem] as const),
      },
    ];
  });
}

function problemsOf(pool: PoolDemand, reservation: ReservationFact): string[] {
  const { kind, state, instanceType, zone, total } = reservation;
  const wanted = pool.capacity === "capacity-block" ? "capacity-block" : "on-demand";
  const rules: readonly (readonly [broken: boolean, problem: string])[] = [
    [
      kind !== wanted,
      kind === "capacity-block"
        ? "is a capacity block: name it under `capacityBlock`"
        : "is a capacity reservation and no capacity block: name it under `reservation`",
    ],
    [!USABLE_STATES.includes(state), `is ${state}`],
    [
      !pool.instanceTypes.includes(instanceType),
      `is for ${instanceType}, the pool has ${pool.instanceTypes.join(", ")}`,
    ],
    [!pool.zones.includes(zone), `is in ${zone}, the pool in ${pool.zones.join(", ")}`],
    [total < pool.maxSize, `holds ${total} instances, the pool may grow to ${pool.maxSize}`],
  ];
  return rules.filter(([broken]) => broken).map(([, problem]) => problem);
}
