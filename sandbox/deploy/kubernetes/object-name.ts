import type { ObjectReference } from "../../kubernetes/kubernetes-object";

/** An object in words: `Deployment keda/keda-operator`. */
export function nameOf({ kind, namespace, name }: ObjectReference): string {
  return `${kind} ${namespace === undefined ? "" : `${namespace}/`}${name}`;
}

/** What tells an object from all others of a cluster, whichever version of its kind it is written in. */
export function keyOf({ apiVersion, kind, namespace = "", name }: ObjectReference): string {
  const group = apiVersion.includes("/") ? (apiVersion.split("/")[0] ?? "") : "";
  return `${group}/${kind}/${namespace}/${name}`;
}
