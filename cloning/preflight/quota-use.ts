import { quotaOfFamily, tryFindInstanceType, type Quota } from "../../catalog";
import type { Answer } from "./answer";
import type { Facts } from "./facts";
import { isOwn, ofOthers, type Owner } from "./own";
import type { PoolDemand } from "./pool-demand";
import type { PreflightPlan } from "./plan";
import type { InstanceFact, ReservationFact, VolumeFact } from "./preflight-aws";

const GIB_PER_TIB = 1024;

/**
 * Tag of the instances and disks of a node pool, by the pool's name: `POOL_TAG` of the constructs, which preflight does not
 * load. Other volumes of the cluster, those of pods, carry the environment's tags and not this one.
 */
const POOL_TAG = "flightdeck:pool";

/** States in which a reservation counts against the on-demand quota, used or not. */
const COUNTED_STATES = ["active", "pending", "scheduled", "assessing", "delayed"];

/**
 * How much of a quota is in use by others than the environment itself, or by what its need does not count.
 *
 * @returns undefined when it is not measured, or AWS did not say
 */
export function useByOthers(quota: Quota, plan: PreflightPlan, facts: Facts): number | undefined {
  if (quota.vcpu !== undefined) return vcpuUse(quota, plan, facts);
  const owner: Owner = plan.config;
  const count = <T>(answer: Answer<readonly T[]>, own: (one: T) => boolean) =>
    answer.known ? answer.value.filter((one) => !own(one)).length : undefined;
  const tagged = (answer: Facts["addresses"]) => count(answer, ({ tags }) => isOwn(owner, tags));
  switch (quota.name) {
    case "vpcs":
      return tagged(facts.vpcs);
    case "internet-gateways":
      return tagged(facts.internetGateways);
    case "elastic-ips":
      return tagged(facts.addresses);
    case "gateway-endpoints":
      return tagged(facts.gatewayEndpoints);
    case "nat-gateways-per-zone":
      return natUse(owner, plan, facts);
    case "gp3-storage":
      return diskUse(owner, facts);
    case "eks-clusters":
      return count(facts.clusterNames, (name) => isOwnName(plan, facts, name));
    case "buckets":
      return count(facts.bucketNames, (name) => isOwnName(plan, facts, name));
    case "iam-roles":
      return facts.roleCount.known ? facts.roleCount.value - ownCount(owner, facts) : undefined;
    // A quota within one VPC, cluster or node group: nobody else is in there.
    case "interface-endpoints-per-vpc":
    case "node-groups-per-cluster":
    case "nodes-per-node-group":
      return 0;
    default:
      return undefined;
  }
}

function vcpuUse(
  quota: Quota,
  { config, pools }: PreflightPlan,
  { instances, reservations }: Facts,
): number | undefined {
  if (!instances.known || !reservations.known) return undefined;
  const running = ofOthers(config, instances.value)
    .filter(({ instanceType, capacity }) => quotaOfFamily(instanceType, capacity) === quota)
    .reduce((sum, instance) => sum + instanceVcpu(instance), 0);
  if (quota.vcpu?.capacity !== "on-demand") return running;
  const counted = reservations.value.filter((reservation) => countsAgainst(quota, reservation, config.account));
  const toStart = new Map(pools.map((pool) => [pool, nodesToStart(pool, config, instances.value)]));
  return running + unfilledVcpu(counted, toStart);
}

function instanceVcpu({ instanceType, vcpu }: InstanceFact): number {
  return tryFindInstanceType(instanceType)?.vcpu ?? vcpu;
}

function countsAgainst(quota: Quota, { kind, instanceType, state, owner }: ReservationFact, account: string): boolean {
  return (
    kind === "on-demand" &&
    owner === account &&
    COUNTED_STATES.includes(state) &&
    quotaOfFamily(instanceType, "on-demand") === quota
  );
}

/** How far a pool may still grow: what it runs already fills its reservation. */
function nodesToStart({ name, maxSize }: PoolDemand, owner: Owner, instances: readonly InstanceFact[]): number {
  const running = instances.filter(({ tags }) => isOwn(owner, tags) && tags[POOL_TAG] === name);
  return Math.max(0, maxSize - running.length);
}

/**
 * vCPUs that are reserved, and that nothing fills when every pool of the environment has grown to its largest size. What a
 * pool fills is part of its own need, up to that size and over all the reservations that it may start in. Largest types
 * first, since the need of a pool is counted with its largest.
 */
function unfilledVcpu(reservations: readonly ReservationFact[], toStart: Map<PoolDemand, number>): number {
  const sized = reservations.map((reservation) => ({ ...reservation, vcpu: vcpuOf(reservation.instanceType) }));
  let unfilled = 0;
  for (const { vcpu, available, ...reservation } of sized.sort((a, b) => b.vcpu - a.vcpu)) {
    let free = available;
    for (const pool of poolsIn(reservation, [...toStart.keys()])) {
      const filled = Math.min(free, toStart.get(pool) ?? 0);
      toStart.set(pool, (toStart.get(pool) ?? 0) - filled);
      free -= filled;
    }
    unfilled += free * vcpu;
  }
  return unfilled;
}

/** Pools whose nodes start in a reservation, first those that have no other. */
function poolsIn(
  { id, instanceType }: Pick<ReservationFact, "id" | "instanceType">,
  pools: readonly PoolDemand[],
): PoolDemand[] {
  const named = pools.filter(({ reservationId }) => reservationId === id);
  const grouped = pools.filter((pool) => pool.reservationGroup && pool.instanceTypes.includes(instanceType));
  return [...named, ...grouped];
}

function vcpuOf(instanceType: string): number {
  return tryFindInstanceType(instanceType)?.vcpu ?? 0;
}

/** The fullest of the zones that the environment is to have a NAT gateway in. */
function natUse(owner: Owner, { config }: PreflightPlan, { natGateways }: Facts): number | undefined {
  if (!natGateways.known) return undefined;
  const others = ofOthers(owner, natGateways.value);
  return Math.max(0, ...config.network.zones.map((zone) => others.filter((nat) => nat.zone === zone).length));
}

/** All but the disks of the environment's own nodes, which alone are part of its need: volumes of its pods count. */
function diskUse(owner: Owner, { gp3Volumes }: Facts): number | undefined {
  if (!gp3Volumes.known) return undefined;
  const isNodeDisk = ({ tags }: VolumeFact) => isOwn(owner, tags) && tags[POOL_TAG] !== undefined;
  const others = gp3Volumes.value.filter((volume) => !isNodeDisk(volume));
  return others.reduce((sum, { gib }) => sum + gib, 0) / GIB_PER_TIB;
}

function isOwnName({ config }: PreflightPlan, { names }: Facts, name: string): boolean {
  return [...names].some(
    ([planned, answer]) =>
      planned.name === name &&
      answer.known &&
      answer.value.taken &&
      answer.value.by === "account" &&
      isOwn(config, answer.value.tags),
  );
}

function ownCount(owner: Owner, { names }: Facts): number {
  return [...names].filter(
    ([{ kind }, answer]) =>
      kind === "role" &&
      answer.known &&
      answer.value.taken &&
      answer.value.by === "account" &&
      isOwn(owner, answer.value.tags),
  ).length;
}
