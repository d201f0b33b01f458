import type { INodePool } from "../../cluster/pool";
import type { Toleration } from "../../core/placement";
import type { ManifestObject } from "../../kubernetes/manifest-object";
import type { PoolQuota, TeamQueueOptions } from "../team-queue";
import { GPU_TOLERATION, NEURON_TOLERATION, POOL_LABEL, tolerationsOf } from "../../components/gpu-pools";
import { acceleratorResource, type Amounts, amountsOf, borrowedAmounts } from "./pool-amounts";

const KUEUE = "kueue.x-k8s.io/v1beta2";
/** Of a flavour's labels. @see https://kueue.sigs.k8s.io/docs/reference/kueue.v1beta2/#kueue-x-k8s-io-v1beta2-ResourceFlavorSpec */
const MOST_LABELS = 8;
const OWN_PREFIX = "flightdeck.dev/";
/** Prefixes of labels that speak to drivers and autoscalers, not to those who choose a pool. */
const NOT_FOR_CHOICE = /^(nvidia\.com|k8s\.amazonaws\.com|[a-z0-9.-]*kubernetes\.io)\//;

/** What the queues of all teams have in common. */
export interface QueueSettings {
  readonly cohortName: string;
  readonly reclaimLent: boolean;
  readonly preemptLowerPriority: boolean;
  readonly cpuJobsOnAcceleratorPools: boolean;
}

/**
 * A kind of nodes to Kueue: the pool. Its labels go into the pods, and jobs may choose by them. The taints are in it so that only
 * jobs that tolerate accelerators get on them; the other taints are tolerated for whoever has a quota.
 */
export function flavour(pool: INodePool, { cpuJobsOnAcceleratorPools }: QueueSettings): ManifestObject {
  const tolerations = tolerationsOf(pool).filter((one) => cpuJobsOnAcceleratorPools || !isForAccelerators(one));
  return {
    apiVersion: KUEUE,
    kind: "ResourceFlavor",
    metadata: { name: pool.poolName },
    spec: {
      nodeLabels: flavourLabels(pool),
      ...(pool.taints.length > 0 && { nodeTaints: pool.taints }),
      ...(tolerations.length > 0 && { tolerations }),
    },
  };
}

/** The teams together, who lend one another what they leave idle. */
export function cohort(name: string): ManifestObject {
  return { apiVersion: KUEUE, kind: "Cohort", metadata: { name }, spec: {} };
}

/** The queue of a team, with its quotas. */
export function clusterQueue(
  team: TeamQueueOptions,
  pools: readonly INodePool[],
  settings: QueueSettings,
): ManifestObject {
  const accelerators = pools.map(acceleratorResource).filter((resource) => resource !== undefined);
  const coveredResources = ["cpu", "memory", ...new Set(accelerators)];
  const flavors = pools.map((pool) => ({
    name: pool.poolName,
    resources: quotas(pool, team.quotas[pool.poolName] ?? {}, coveredResources),
  }));
  return {
    apiVersion: KUEUE,
    kind: "ClusterQueue",
    metadata: { name: team.name },
    spec: {
      cohortName: settings.cohortName,
      namespaceSelector: { matchExpressions: [isOneOf(team)] },
      resourceGroups: [{ coveredResources, flavors }],
      preemption: {
        reclaimWithinCohort: settings.reclaimLent ? "Any" : "Never",
        withinClusterQueue: settings.preemptLowerPriority ? "LowerPriority" : "Never",
      },
    },
  };
}

/** What jobs of a namespace name as their queue. */
export function localQueue(name: string, namespace: string, team: string): ManifestObject {
  return { apiVersion: KUEUE, kind: "LocalQueue", metadata: { name, namespace }, spec: { clusterQueue: team } };
}

/** What jobs name to wait before or behind others of their queue. */
export function priorityClass(name: string, value: number): ManifestObject {
  return { apiVersion: KUEUE, kind: "WorkloadPriorityClass", metadata: { name }, value };
}

function flavourLabels({ poolName, labels }: INodePool): Record<string, string> {
  const others = Object.entries(labels).filter(([key]) => key !== POOL_LABEL);
  const own = others.filter(([key]) => key.startsWith(OWN_PREFIX));
  const further = others.filter(([key]) => !key.startsWith(OWN_PREFIX) && !NOT_FOR_CHOICE.test(key));
  further.sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries([[POOL_LABEL, poolName], ...own, ...further].slice(0, MOST_LABELS));
}

function isForAccelerators({ key }: Toleration): boolean {
  return key === GPU_TOLERATION.key || key === NEURON_TOLERATION.key;
}

function isOneOf({ namespaces }: TeamQueueOptions): Record<string, unknown> {
  const values = namespaces.map(({ namespaceName }) => namespaceName);
  return { key: "kubernetes.io/metadata.name", operator: "In", values };
}

/** A flavour must name every resource that the queue covers: of those that the pool lacks there are none. */
function quotas(pool: INodePool, quota: PoolQuota, resources: readonly string[]): readonly Record<string, unknown>[] {
  const nominal = amountsOf(pool, quota);
  const limit = quota.borrowingLimit === undefined ? undefined : borrowedAmounts(pool, quota.borrowingLimit);
  return resources.map((name) => ({
    name,
    nominalQuota: quantity(pool, name, nominal),
    ...(limit !== undefined && { borrowingLimit: quantity(pool, name, limit) }),
  }));
}

function quantity(pool: INodePool, resource: string, amounts: Amounts): number | string {
  if (resource === "cpu") return amounts.cpus;
  if (resource === "memory") return `${amounts.memoryGiB}Gi`;
  return resource === acceleratorResource(pool) ? amounts.accelerators : 0;
}
