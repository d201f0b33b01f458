import type { KubernetesPort } from "../../../sandbox/clusters/kubernetes-port";
import { KubernetesApiError } from "../../../sandbox/kubernetes/api-error";
import type { KubernetesObject, ObjectReference } from "../../../sandbox/kubernetes/kubernetes-object";

type Fields = Record<string, unknown>;

/** An API server in memory, as far as the clusters use one: it keeps objects, and evicts pods as budgets allow. */
export class FakeKubernetes implements KubernetesPort {
  readonly objects = new Map<string, KubernetesObject>();
  /** What was asked, in order: `verb Kind name`. */
  readonly calls: string[] = [];
  /** Pods (`namespace/name`) that a disruption budget keeps. */
  readonly kept = new Set<string>();
  closed = false;
  /** Thrown at the next calls of a verb. */
  failure: { readonly verb: string; readonly error: Error } | undefined;
  private version = 0;

  list(apiVersion: string, kind: string): Promise<KubernetesObject[]> {
    return this.answer("list", kind, "", () =>
      [...this.objects.values()].filter((object) => object.apiVersion === apiVersion && object.kind === kind),
    );
  }

  create(object: KubernetesObject): Promise<KubernetesObject> {
    return this.answer("create", object.kind, object.metadata.name, () => {
      if (this.objects.has(keyOf(object))) throw refusal(409, "AlreadyExists");
      return this.store(object);
    });
  }

  apply(object: KubernetesObject): Promise<KubernetesObject> {
    return this.answer("apply", object.kind, object.metadata.name, () => this.store(object));
  }

  mergePatch(reference: ObjectReference, patch: Readonly<Fields>): Promise<KubernetesObject> {
    return this.answer("patch", reference.kind, reference.name, () => {
      const found = this.objects.get(referenceKey(reference));
      if (found === undefined) throw refusal(404, "NotFound");
      const expected = (patch["metadata"] as Fields | undefined)?.["resourceVersion"];
      if (expected !== undefined && expected !== found.metadata["resourceVersion"]) throw refusal(409, "Conflict");
      return this.store(merged(found, patch) as KubernetesObject);
    });
  }

  delete(reference: ObjectReference): Promise<boolean> {
    return this.answer("delete", reference.kind, reference.name, () => this.objects.delete(referenceKey(reference)));
  }

  request(method: string, path: string): Promise<unknown> {
    const [, namespace = "", name = ""] = /^\/api\/v1\/namespaces\/(.+)\/pods\/(.+)\/eviction$/.exec(path) ?? [];
    return this.answer("evict", "Pod", name || `${method} ${path}`, () => {
      if (this.kept.has(`${namespace}/${name}`)) throw refusal(429, "TooManyRequests");
      this.objects.delete(referenceKey({ apiVersion: "v1", kind: "Pod", name, namespace }));
      return {};
    });
  }

  close(): void {
    this.closed = true;
  }

  /** Puts a pod on a node. */
  addPod(
    node: string,
    name: string,
    more: { owner?: string; phase?: string; annotations?: Record<string, string> } = {},
  ): void {
    const { owner = "ReplicaSet", phase = "Running", annotations = {} } = more;
    const metadata = { name, namespace: "default", annotations, ownerReferences: [{ kind: owner }] };
    this.store({ apiVersion: "v1", kind: "Pod", metadata, spec: { nodeName: node }, status: { phase } });
  }

  /** The nodes, by name. */
  get nodes(): KubernetesObject[] {
    return this.ofKind("Node");
  }

  /** `Kind name` of everything but nodes and pods. */
  get others(): string[] {
    const all = [...this.objects.values()].filter(({ kind }) => kind !== "Node" && kind !== "Pod");
    return all.map(({ kind, metadata }) => `${kind} ${metadata.name}`).sort();
  }

  ofKind(kind: string): KubernetesObject[] {
    const found = [...this.objects.values()].filter((object) => object.kind === kind);
    return found.sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
  }

  private store(object: KubernetesObject): KubernetesObject {
    const { creationTimestamp = new Date(1_000_000 + this.version).toISOString() } = this.objects.get(keyOf(object))
      ?.metadata ?? { creationTimestamp: undefined };
    this.version += 1;
    const metadata = { ...object.metadata, creationTimestamp, resourceVersion: String(this.version) };
    const stored = { ...object, metadata } as KubernetesObject;
    this.objects.set(keyOf(object), stored);
    return stored;
  }

  private answer<T>(verb: string, kind: string, name: string, work: () => T): Promise<T> {
    this.calls.push(`${verb} ${kind} ${name}`.trim());
    return Promise.resolve().then(() => {
      if (this.failure?.verb === verb || this.failure?.verb === "any") throw this.failure.error;
      return work();
    });
  }
}

/** A refusal of an API server; 0: it gave no answer. */
export function refusal(status: number, reason: string): KubernetesApiError {
  return new KubernetesApiError({ status, reason, message: `refused: ${reason}` });
}

function merged(target: unknown, patch: unknown): unknown {
  if (typeof patch !== "object" || patch === null || Array.isArray(patch)) return patch;
  const result: Fields = { ...(target as Fields | undefined) };
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) Reflect.deleteProperty(result, key);
    else result[key] = merged(result[key], value);
  }
  return result;
}

function keyOf({ apiVersion, kind, metadata }: KubernetesObject): string {
  return referenceKey({ apiVersion, kind, name: metadata.name, namespace: metadata.namespace });
}

function referenceKey({ apiVersion, kind, name, namespace = "" }: ObjectReference): string {
  return [apiVersion, kind, namespace, name].join("|");
}
