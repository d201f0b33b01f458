import type { Graph } from "../../../engine/graph";
import { containersOf, mainContainersOf, podSpecOf } from "../../../engine/pod-spec";
import type { KubernetesObject } from "../../../engine/subject";
import type { Value } from "../../../engine/value";
import { allOf, notApplicable, pass } from "../../../engine/verdict";
import type { Verdict } from "../../../engine/verdict";
import { cached, candidatesFor, indexOf, selects } from "./graph-objects";

/** Kinds that keep pods running: what answers requests is one of them. */
export const LASTING_KINDS: readonly string[] = ["Deployment", "StatefulSet", "DaemonSet"];

/** Namespaces that Kubernetes itself makes for its own parts. */
const SYSTEM_NAMESPACES: ReadonlySet<string> = new Set(["kube-system", "kube-public", "kube-node-lease"]);

/** Whether a namespace belongs to Kubernetes itself, so that nobody here defines what it holds. */
export function isSystemNamespace(name: string): boolean {
  return SYSTEM_NAMESPACES.has(name);
}

/** Judges containers one by one; a fault says which one it is about. Not applicable where no pods are run. */
export function judgeContainers(
  object: KubernetesObject,
  judge: (container: Value) => Verdict,
  containers: readonly Value[] = containersOf(object),
): Verdict {
  if (podSpecOf(object).absent) return notApplicable();
  return allOf(containers.map((container) => about(container, judge(container))));
}

/** Names the container in what is said of it. */
function about(container: Value, verdict: Verdict): Verdict {
  const name = container.at("name").text;
  if (name === undefined || verdict.outcome === "pass" || verdict.outcome === "not-applicable") return verdict;
  const faults = verdict.faults.map(({ message, key, ...rest }) => ({
    ...rest,
    message: `${message} (container \`${name}\`)`,
    key: key === undefined ? `Container::${name}` : `Container::${name}::${key}`,
  }));
  return { outcome: verdict.outcome, faults };
}

/** A field of a container's security context, or that of its pod, which holds where the container says nothing. */
export function securityOf(object: KubernetesObject, container: Value, field: string): Value {
  const own = container.at("securityContext").at(field);
  if (!own.absent) return own;
  const ofPod = podSpecOf(object).at("securityContext").at(field);
  return ofPod.absent ? own : ofPod;
}

/** Judges the volumes of the pods one by one; passes where there are none. Not applicable where no pods are run. */
export function judgeVolumes(object: KubernetesObject, judge: (volume: Value) => Verdict): Verdict {
  const spec = podSpecOf(object);
  if (spec.absent) return notApplicable();
  const volumes = spec.each("volumes");
  return volumes.length === 0 ? pass() : allOf(volumes.map(judge));
}

/** Whether a path of a node is a socket through which containers are started. */
export function isRuntimeSocket(path: string): boolean {
  return /\/(docker|dockershim|cri-dockerd|containerd|crio)\.sock$/.test(path);
}

/** Labels of the pods that a workload runs. */
export function podLabelsOf(object: KubernetesObject): Value {
  if (object.kind === "Pod") return object.at("metadata.labels");
  return object.at(`${object.kind === "CronJob" ? "spec.jobTemplate." : ""}spec.template.metadata.labels`);
}

/** Whether a service of its namespace finds the pods of a workload. */
export function hasService(graph: Graph, object: KubernetesObject): boolean {
  const labels = podLabelsOf(object);
  return candidatesFor(graph, "Service", object.namespace, labels).some((service) => {
    const selector = service.at("spec.selector");
    return selector.keys.length > 0 && selects(selector, labels) === true;
  });
}

/** Containers that others talk to: those with ports, or the first one where only a service tells that there is one. */
export function servingContainersOf(graph: Graph, object: KubernetesObject): readonly Value[] {
  const containers = mainContainersOf(object);
  const open = containers.filter((container) => container.each("ports").length > 0);
  return open.length > 0 || !hasService(graph, object) ? open : containers.slice(0, 1);
}

/** Whether others talk to the pods of a workload. */
export function serves(graph: Graph, object: KubernetesObject): boolean {
  return servingContainersOf(graph, object).length > 0;
}

const scalersByTarget = cached((graph) =>
  indexOf(graph.objectsOf("HorizontalPodAutoscaler", "ScaledObject"), (scaler) => {
    const target = scaler.at("spec.scaleTargetRef");
    return [targetKey(scaler.namespace, target.at("kind").text ?? "Deployment", target.at("name").text ?? "")];
  }),
);

/** Autoscalers of a workload: `HorizontalPodAutoscaler`s and KEDA's `ScaledObject`s. */
export function scalersOf(graph: Graph, { namespace, kind, name }: KubernetesObject): readonly KubernetesObject[] {
  return scalersByTarget(graph).get(targetKey(namespace, kind, name)) ?? [];
}

function targetKey(namespace: string | undefined, kind: string, name: string): string {
  return `${namespace ?? ""} ${kind} ${name}`;
}

const workloadsByLabel = cached((graph) =>
  indexOf(graph.objectsOf("Deployment", "StatefulSet"), (workload) => {
    const labels = podLabelsOf(workload);
    return labels.keys.map((key) => labelKey(workload.namespace, key, labels.at([key])));
  }),
);

/** The Deployments and StatefulSets of a namespace whose pods a selector finds by its labels. */
export function workloadsOf(graph: Graph, namespace: string | undefined, selector: Value): readonly KubernetesObject[] {
  const labels = selector.at("matchLabels");
  const [key] = labels.keys;
  const found = key === undefined ? [] : workloadsByLabel(graph).get(labelKey(namespace, key, labels.at([key])));
  return (found ?? []).filter((workload) => selects(selector, podLabelsOf(workload)) === true);
}

function labelKey(namespace: string | undefined, key: string, value: Value): string {
  return `${namespace ?? ""} ${key}=${String(value.literal ?? value.text)}`;
}

/** The fewest pods that a workload runs while all is well: the floor of its autoscaler, or its replicas. */
export function fewestPodsOf(
  graph: Graph,
  object: KubernetesObject,
): { readonly value: Value; readonly count?: number } {
  const [scaler] = scalersOf(graph, object);
  if (scaler === undefined) {
    const value = object.at("spec.replicas");
    return { value, count: value.absent ? 1 : value.number };
  }
  const keda = scaler.kind === "ScaledObject";
  const value = scaler.at(keda ? "spec.minReplicaCount" : "spec.minReplicas");
  return { value, count: value.absent ? (keda ? 0 : 1) : value.number };
}
