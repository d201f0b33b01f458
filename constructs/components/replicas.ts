import type { INodePool } from "../cluster/pool";
import type { PropChecks } from "../core/prop-checks";
import type { PodPlacement, Toleration } from "../core/placement";
import type { INamespace } from "../kubernetes/namespace";
import type { ReplicatedComponentProps } from "./replicated-component-props";

/** Values of one set of like pods. */
export interface ReplicaSettings {
  readonly replicas: number;
  readonly nodeSelector: Readonly<Record<string, string>>;
  readonly tolerations: readonly CriticalToleration[];
  readonly highAvailability: boolean;
}

/** Kubernetes takes a toleration without effect for one of every effect. */
type CriticalToleration = Omit<Toleration, "effect"> & { readonly effect?: Toleration["effect"] };

/** What the containers of a part ask for, and at most get; `null` takes a default of the chart away. */
export interface Resources {
  readonly requests: Readonly<Record<string, string>>;
  readonly limits: Readonly<Record<string, string | null>>;
}

/** Priority of pods that a cluster does not work without; they may push others from a full node. */
export const CRITICAL_PRIORITY = "system-cluster-critical";

const CRITICAL: CriticalToleration = { key: "CriticalAddonsOnly", operator: "Exists" };

/** Where the pods run, and how many. */
export function replicaSettings({ pool, highAvailability = true }: ReplicatedComponentProps): ReplicaSettings {
  const placement = pool && placementOf(pool);
  const others = (placement?.tolerations ?? []).filter(({ key }) => key !== CRITICAL.key);
  return {
    replicas: highAvailability ? 2 : 1,
    nodeSelector: { "kubernetes.io/os": "linux", ...placement?.nodeSelector },
    tolerations: [CRITICAL, ...others],
    highAvailability,
  };
}

/** A budget that would keep the only replica would keep its node from being drained. */
export function disruptionBudget({ highAvailability }: ReplicaSettings): Record<string, unknown> {
  return highAvailability ? { enabled: true, minAvailable: 1 } : { enabled: false };
}

/**
 * Spreads replicas over zones and nodes, as far as there are some. Pods of an older version do not count, or a rollout would
 * crowd the new ones.
 *
 * @param labels of the pods; none where the chart adds them itself
 */
export function spread(labels?: Readonly<Record<string, string>>): Record<string, unknown>[] {
  return ["topology.kubernetes.io/zone", "kubernetes.io/hostname"].map((topologyKey) => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: "ScheduleAnyway",
    ...(labels !== undefined && { labelSelector: { matchLabels: labels } }),
    matchLabelKeys: ["pod-template-hash"],
  }));
}

/** Requests of CPU and memory, and a limit of memory: a limit of CPU would slow a controller down when it is needed most. */
export function resources(cpu: string, memory: string, memoryLimit: string): Resources {
  return { requests: { cpu, memory }, limits: { memory: memoryLimit } };
}

/** A pool in one cluster and a controller in another never meet. */
export function checkPlace(checks: PropChecks, { cluster, pool }: ReplicatedComponentProps): void {
  if (pool === undefined) return;
  const clusterName = placementOf(pool)?.clusterName;
  checks.require(
    clusterName === cluster.plainName,
    "pool",
    `must be of the cluster ${cluster.plainName}`,
    `${pool.poolName} of ${clusterName}`,
  );
  const cpu = "must be a pool without accelerators, which would be kept busy by what needs none";
  checks.require(pool.kind === "cpu", "pool", cpu, `${pool.poolName} (${pool.kind})`);
}

/** The role on the side of AWS is for one namespace and service account. */
export function checkNamespace(checks: PropChecks, namespace: INamespace, wanted: string): void {
  const rule = `must be \`${wanted}\`, which the controller's role is for`;
  checks.require(namespace.namespaceName === wanted, "namespace", rule, namespace.namespaceName);
}

function placementOf(pool: INodePool): PodPlacement | undefined {
  const told: PodPlacement[] = [];
  pool.place({ placeOn: (placement) => void told.push(placement) });
  return told[0];
}
