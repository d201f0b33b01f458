import { quotaOfFamily, tryFindInstanceType, type Quota } from "../../catalog";
import type { Answer } from "./answer";
import type { Facts } from "./facts";
import { isOwn, ofOthers, type Owner } from "./own";
import type { PoolDemand } from "./pool-demand";
import type { PreflightPlan } from "./plan";
import type { InstanceFact, ReservationFact } from "./preflight-aws";

const GIB_PER_TIB = 1024;

/** States in which a reservation counts against the on-demand quota, used or not. */
const COUNTED_STATES = ["active", "pending", "scheduled", "assessing", "delayed"];

/**
 * How much of a quota is in use by others than the environment itself.
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
  const reserved = reservations.value
    .filter((reservation) => countsAgainst(quota, reservation, config.account) && !isFor(pools, reservation))
    .reduce((sum, { available, instanceType }) => sum + available * (tryFindInstanceType(instanceType)?.vcpu ?? 0), 0);
  return running + reserved;
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

/** What a pool of the environment will fill is part of the pool's own need. */
function isFor(pools: readonly PoolDemand[], { id, instanceType }: ReservationFact): boolean {
  return pools.some(
    ({ reservationId, reservationGroup, instanceTypes }) =>
      reservationId === id || (reservationGroup && instanceTypes.includes(instanceType)),
  );
}

/** The fullest of the zones that the environment is to have a NAT gateway in. */
function natUse(owner: Owner, { config }: PreflightPlan, { natGateways }: Facts): number | undefined {
  if (!natGateways.known) return undefined;
  const others = ofOthers(owner, natGateways.value);
  return Math.max(0, ...config.network.zones.map((zone) => others.filter((nat) => nat.zone === zone).length));
}

function diskUse(owner: Owner, { gp3Volumes }: Facts): number | undefined {
  if (!gp3Volumes.known) return undefined;
  return ofOthers(owner, gp3Volumes.value).reduce((sum, { gib }) => sum + gib, 0) / GIB_PER_TIB;
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
