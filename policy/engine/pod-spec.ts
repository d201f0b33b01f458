import type { KubernetesObject } from "./subject";
import type { Value } from "./value";

/** Where each kind that runs pods keeps their specification. */
const POD_SPECS: Readonly<Record<string, string>> = {
  Pod: "spec",
  Deployment: "spec.template.spec",
  ReplicaSet: "spec.template.spec",
  StatefulSet: "spec.template.spec",
  DaemonSet: "spec.template.spec",
  Job: "spec.template.spec",
  CronJob: "spec.jobTemplate.spec.template.spec",
};

/** Kinds that run pods. */
export const WORKLOAD_KINDS: readonly string[] = Object.keys(POD_SPECS);

/** The specification of the pods that an object runs; absent for one that runs none. */
export function podSpecOf(object: KubernetesObject): Value {
  return object.at(POD_SPECS[object.kind] ?? "podSpec");
}

/** All containers of a workload, those that initialise it included. */
export function containersOf(object: KubernetesObject): readonly Value[] {
  const spec = podSpecOf(object);
  return [...spec.each("initContainers"), ...spec.each("containers")];
}

/** Containers that run while the pod lives: not those that initialise it and end. */
export function mainContainersOf(object: KubernetesObject): readonly Value[] {
  return podSpecOf(object).each("containers");
}
