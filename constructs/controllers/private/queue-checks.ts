import { nearestName } from "../../../catalog";
import type { ICluster } from "../../cluster/cluster";
import type { INodePool } from "../../cluster/pool";
import type { PropChecks } from "../../core/prop-checks";
import type { PoolQuota, TeamQueueOptions } from "../team-queue";
import { acceleratorResource, type Amounts, amountsOf, capacityOf } from "./pool-amounts";

const NAME = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const NAME_RULE = "must be 1 to 63 lower-case letters, digits and hyphens, a letter or digit at both ends";
/** Flavours of a queue, and taints of a flavour. @see https://kueue.sigs.k8s.io/docs/reference/kueue.v1beta2/ */
const MOST_POOLS = 64;
const MOST_TAINTS = 8;

/** Adds the rules for teams: names and namespaces of their own, parts of pools that there are. */
export function checkTeams(
  checks: PropChecks,
  teams: readonly TeamQueueOptions[],
  cluster: ICluster,
  managedNamespaces: readonly string[],
): void {
  checks.require(teams.length > 0, "teams", "must hold at least one team", teams);
  const names = teams.map(({ name }) => name);
  checks.require(new Set(names).size === names.length, "teams", "must have a name of its own each", names);
  teams.forEach((team, index) => {
    const place = `teams[${index}]`;
    checks.require(NAME.test(team.name), `${place}.name`, NAME_RULE, team.name);
    checkNamespaces(checks, place, team, managedNamespaces);
    const some = `must name at least one pool and at most ${MOST_POOLS}`;
    const pools = Object.keys(team.quotas);
    checks.require(pools.length > 0 && pools.length <= MOST_POOLS, `${place}.quotas`, some, pools);
    for (const pool of pools) checkQuota(checks, `${place}.quotas.${pool}`, cluster, pool, team.quotas[pool] ?? {});
  });
  const all = teams.flatMap(({ namespaces }) => namespaces.map(({ namespaceName }) => namespaceName));
  const twice = all.filter((name, index) => all.indexOf(name) !== index);
  checks.require(twice.length === 0, "teams", "must have namespaces of their own, none in two teams", twice);
}

/** Adds the rule that teams own no more of a pool than it can have, unless that is meant. */
export function checkSums(
  checks: PropChecks,
  teams: readonly TeamQueueOptions[],
  pools: readonly INodePool[],
  overcommit: readonly string[],
): void {
  for (const pool of pools.filter(({ poolName }) => !overcommit.includes(poolName))) {
    const capacity = capacityOf(pool);
    const parts = teams.flatMap(({ name, quotas }) => {
      const quota = quotas[pool.poolName];
      return quota === undefined ? [] : [{ name, amounts: amountsOf(pool, quota), quota }];
    });
    for (const { key, prop, unit } of counted(pool)) {
      const given = parts.filter(({ quota }) => quota[prop] !== undefined);
      const sum = given.reduce((total, { amounts }) => total + amounts[key], 0);
      const most = `${capacity[key]}${unit}, what its ${pool.maxSize} nodes have at most`;
      const rule = `must sum up to at most ${most}, or \`overcommit\` name the pool`;
      const got = Object.fromEntries(given.map(({ name, amounts }) => [name, amounts[key]]));
      checks.require(sum <= capacity[key], `teams[].quotas.${pool.poolName}.${prop}`, rule, got);
    }
  }
}

function counted(
  pool: INodePool,
): readonly { readonly key: keyof Amounts; readonly prop: keyof PoolQuota; readonly unit: string }[] {
  const resource = acceleratorResource(pool);
  return [
    { key: "cpus", prop: "cpus", unit: " cores" },
    { key: "memoryGiB", prop: "memoryGiB", unit: " GiB" },
    ...(resource === undefined ? [] : [{ key: "accelerators", prop: "gpus", unit: ` ${resource}` } as const]),
  ];
}

function checkNamespaces(
  checks: PropChecks,
  place: string,
  { namespaces }: TeamQueueOptions,
  managed: readonly string[],
): void {
  const names = namespaces.map(({ namespaceName }) => namespaceName);
  checks.require(names.length > 0, `${place}.namespaces`, "must hold at least one namespace", names);
  const unmanaged = names.filter((name) => !managed.includes(name));
  const rule = "must be among `managedNamespaces` of the controller: it looks at no other";
  checks.require(unmanaged.length === 0, `${place}.namespaces`, rule, unmanaged);
}

function checkQuota(checks: PropChecks, place: string, cluster: ICluster, name: string, quota: PoolQuota): void {
  for (const [prop, value] of Object.entries(quota)) {
    const whole = value === undefined || (Number.isInteger(value) && value >= 0);
    checks.require(whole, `${place}.${prop}`, "must be a whole number, 0 or more", value);
  }
  const pool = cluster.pools.find(({ poolName }) => poolName === name);
  if (pool === undefined) {
    const known = cluster.pools.map(({ poolName }) => poolName);
    const nearest = nearestName(name, known);
    const hint = nearest === undefined ? "" : `, did you mean "${nearest}"?`;
    checks.require(
      false,
      place,
      `must be for a pool of the cluster (${known.join(", ") || "it has none"})${hint}`,
      name,
    );
    return;
  }
  const none = `must be left out: pool ${name} has no accelerators`;
  checks.require(quota.gpus === undefined || pool.kind !== "cpu", `${place}.gpus`, none, quota.gpus);
  const few = `must be for a pool with at most ${MOST_TAINTS} taints`;
  checks.require(pool.taints.length <= MOST_TAINTS, place, few, pool.taints.length);
}
