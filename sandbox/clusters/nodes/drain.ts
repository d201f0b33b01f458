import type { KubernetesObject } from "../../kubernetes/kubernetes-object";
import { refusedWith, type KubernetesPort } from "../kubernetes-port";
import { DRAINING_ANNOTATION } from "./node-marks";

/** How a node is drained. */
export interface DrainOptions {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Milliseconds after which the instance is ended whatever still runs on it. */
  readonly limitMs: number;
  readonly log: (line: string) => void;
}

interface PodParts {
  readonly metadata: {
    readonly ownerReferences?: readonly { readonly kind: string }[];
    readonly deletionTimestamp?: string;
  };
  readonly status?: { readonly phase?: string };
}

const MIRROR_ANNOTATION = "kubernetes.io/config.mirror";
const FINISHED = new Set(["Succeeded", "Failed"]);
/**
 * Answers to an eviction after which the pod is asked again: 429, a disruption budget says not now; 500, it has several
 * budgets, or is misconfigured in another way; 404, it went by itself.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/api-eviction/
 */
const NOT_NOW = [429, 500, 404];

/** Begins to drain a node: nothing more is scheduled there, and the time runs. */
export async function beginDrain(api: KubernetesPort, node: KubernetesObject, now: number): Promise<KubernetesObject> {
  return api.mergePatch(
    { apiVersion: "v1", kind: "Node", name: node.metadata.name },
    {
      metadata: { annotations: { [DRAINING_ANNOTATION]: new Date(now).toISOString() } },
      spec: { unschedulable: true },
    },
  );
}

/**
 * One step of draining a node: evicts what disruption budgets allow, and ends the node when nothing is left on it but the
 * pods of DaemonSets, or when its time is over, as EKS lets Auto Scaling end the instance then.
 *
 * @param pods all pods of the node
 * @returns whether the node is gone
 */
export async function drainStep(
  api: KubernetesPort,
  node: KubernetesObject,
  pods: readonly KubernetesObject[],
  { now, limitMs, log }: DrainOptions,
): Promise<boolean> {
  const { name } = node.metadata;
  const staying = pods.filter(holdsNode);
  const since = Date.parse(node.metadata.annotations?.[DRAINING_ANNOTATION] ?? "");
  const over = now - since >= limitMs;
  if (staying.length > 0 && !over) {
    await Promise.all(staying.filter((pod) => !isTerminating(pod)).map((pod) => evict(api, pod)));
    return false;
  }
  if (staying.length > 0) {
    const names = staying.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
    log(`node ${name} was not drained within ${limitMs / 1000} s and ends with ${names.join(", ")}`);
  }
  await api.delete({ apiVersion: "v1", kind: "Node", name });
  await Promise.all(pods.map((pod) => api.delete(referenceOf(pod), { gracePeriodSeconds: 0 })));
  return true;
}

/** Pods of DaemonSets come back at once, mirrors of static pods cannot be evicted, and finished ones need no node. */
function holdsNode(pod: KubernetesObject): boolean {
  const { metadata, status } = pod as unknown as PodParts;
  if (metadata.ownerReferences?.some(({ kind }) => kind === "DaemonSet")) return false;
  if (pod.metadata.annotations?.[MIRROR_ANNOTATION] !== undefined) return false;
  return !FINISHED.has(status?.phase ?? "");
}

function isTerminating(pod: KubernetesObject): boolean {
  return pod.metadata["deletionTimestamp"] !== undefined;
}

async function evict(api: KubernetesPort, pod: KubernetesObject): Promise<void> {
  const { name, namespace = "" } = pod.metadata;
  const body = { apiVersion: "policy/v1", kind: "Eviction", metadata: { name, namespace } };
  try {
    await api.request("POST", `/api/v1/namespaces/${namespace}/pods/${encodeURIComponent(name)}/eviction`, body);
  } catch (error) {
    if (!NOT_NOW.some((status) => refusedWith(error, status))) throw error;
  }
}

function referenceOf({ metadata }: KubernetesObject) {
  return { apiVersion: "v1", kind: "Pod", name: metadata.name, namespace: metadata.namespace };
}
