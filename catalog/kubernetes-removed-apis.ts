import data from "./kubernetes-removed-apis.json";

/** A version of an API that Kubernetes serves no more. */
export interface RemovedKubernetesApi {
  /** e.g. `policy/v1beta1` */
  readonly apiVersion: string;
  /** Kinds that it served. */
  readonly kinds: readonly string[];
  /** First minor version without it, as in `1.25`. */
  readonly removedIn: string;
  /** What serves these kinds instead; null where nothing does. */
  readonly replacement: string | null;
}

const APIS: readonly RemovedKubernetesApi[] = data.apis;

/** Kinds of which some version is served no more. */
export function removedKubernetesKinds(): readonly string[] {
  return [...new Set(APIS.flatMap(({ kinds }) => kinds))].sort();
}

/** What is known of a version of an API that was removed for that kind; undefined for one that is still served. */
export function removedKubernetesApi(apiVersion: string, kind: string): RemovedKubernetesApi | undefined {
  return APIS.find((api) => api.apiVersion === apiVersion && api.kinds.includes(kind));
}
