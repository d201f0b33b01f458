import type { KubernetesObject } from "../../kubernetes/kubernetes-object";

/** How far an object is. */
export type Readiness =
  | { readonly state: "ready" }
  | { readonly state: "waiting"; readonly reason: string }
  | { readonly state: "failed"; readonly reason: string };

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
}

type Numbers = Readonly<Record<string, number | undefined>>;

const READY: Readiness = { state: "ready" };

/** Says whether an object does its work, as `helm --wait` and the Kubernetes provider see it. */
export function readinessOf(object: KubernetesObject): Readiness {
  if (generationOf(object) > (numbers(object).observedGeneration ?? 0) && object.kind in OBSERVED) {
    return { state: "waiting", reason: "its controller has not seen it yet" };
  }
  return (CHECKS[object.kind] ?? alwaysReady)(object);
}

/** Kinds whose controllers report the generation that they have seen. */
const OBSERVED: Readonly<Record<string, true>> = { Deployment: true, StatefulSet: true, DaemonSet: true };

const CHECKS: Readonly<Record<string, (object: KubernetesObject) => Readiness>> = {
  CustomResourceDefinition: (object) => (isTrue(object, "Established") ? READY : waiting("its kind is not served yet")),
  DaemonSet: (object) => {
    const { desiredNumberScheduled = 0, updatedNumberScheduled = 0, numberAvailable = 0 } = numbers(object);
    return enough(Math.min(updatedNumberScheduled, numberAvailable), desiredNumberScheduled);
  },
  Deployment: (object) => {
    const { updatedReplicas = 0, availableReplicas = 0 } = numbers(object);
    const refused = conditionsOf(object).find(({ type, status }) => type === "ReplicaFailure" && status === "True");
    return refused?.message === undefined
      ? enough(Math.min(updatedReplicas, availableReplicas), wanted(object))
      : waiting(`its pods cannot be created: ${refused.message}`);
  },
  Job: (object) => {
    const failed = conditionsOf(object).find(({ type, status }) => type === "Failed" && status === "True");
    if (failed) return { state: "failed", reason: failed.message ?? failed.reason ?? "it failed" };
    return isTrue(object, "Complete") || isTrue(object, "Suspended") ? READY : waiting("it runs");
  },
  Namespace: ({ status }) =>
    (status as { phase?: string } | undefined)?.phase === "Terminating" ? waiting("it is being deleted") : READY,
  StatefulSet: (object) => enough(numbers(object).readyReplicas ?? 0, wanted(object)),
};

/** Kinds that take a moment, or fail, after they have been applied. */
export function hasReadiness(kind: string): boolean {
  return kind in CHECKS;
}

function alwaysReady(): Readiness {
  return READY;
}

function waiting(reason: string): Readiness {
  return { state: "waiting", reason };
}

function enough(available: number, desired: number): Readiness {
  return available >= desired ? READY : waiting(`${available} of ${desired} pods are ready`);
}

function wanted({ spec }: KubernetesObject): number {
  return (spec as { replicas?: number } | undefined)?.replicas ?? 1;
}

function numbers({ status }: KubernetesObject): Numbers {
  return (status ?? {}) as Numbers;
}

function generationOf({ metadata }: KubernetesObject): number {
  return (metadata.generation as number | undefined) ?? 0;
}

function conditionsOf({ status }: KubernetesObject): readonly Condition[] {
  return (status as { conditions?: readonly Condition[] } | undefined)?.conditions ?? [];
}

function isTrue(object: KubernetesObject, type: string): boolean {
  return conditionsOf(object).some((condition) => condition.type === type && condition.status === "True");
}
