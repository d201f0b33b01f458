import { setTimeout as delay } from "node:timers/promises";
import { KIND_UNKNOWN, KubernetesApiError } from "../../../../sandbox/kubernetes/api-error";
import type { KubernetesObject, ObjectReference } from "../../../../sandbox/kubernetes/kubernetes-object";
import { keyOf } from "../../../../sandbox/deploy/kubernetes/object-name";
import { FIELD_MANAGER } from "../../../../sandbox/deploy/kubernetes/object-port";
import type { ObjectPort } from "../../../../sandbox/deploy/kubernetes/object-port";

const SERVED = ["ConfigMap", "CustomResourceDefinition", "Deployment", "Job", "Namespace", "NodePool", "Pod"];

/** A cluster in memory, as far as the deploy of objects can tell. */
export class FakeCluster implements ObjectPort {
  readonly objects = new Map<string, KubernetesObject>();
  readonly done: string[] = [];
  /** Kinds that are served; a definition adds its own. */
  readonly kinds = new Set(SERVED);
  /** Messages that objects are refused with, by name. */
  readonly refusals = new Map<
    string,
    { readonly status: number; readonly message: string; readonly onlyChanges?: boolean }
  >();
  /** Status that objects get, by name. */
  readonly statuses = new Map<string, unknown>();
  /** Names of objects that do not go. */
  readonly held = new Set<string>();
  unreachable = false;
  /** Milliseconds until the server says what it has. */
  latencyMs = 0;
  /** How often an object was asked for. */
  reads = 0;

  async get(reference: ObjectReference): Promise<KubernetesObject | undefined> {
    this.check(reference.kind);
    this.reads++;
    await delay(this.latencyMs);
    return this.objects.get(keyOf(reference));
  }

  list(_apiVersion: string, kind: string): Promise<KubernetesObject[]> {
    return Promise.resolve([...this.objects.values()].filter((object) => object.kind === kind));
  }

  async apply(object: KubernetesObject, { dryRun = false }: { dryRun?: boolean }): Promise<KubernetesObject> {
    this.check(object.kind);
    await delay(0);
    const { name, namespace } = object.metadata;
    const key = keyOf({ ...object, name, namespace });
    const existing = this.objects.get(key);
    const refusal = this.refusals.get(name);
    if (refusal && (existing || !refusal.onlyChanges)) {
      throw new KubernetesApiError({ status: refusal.status, reason: "Invalid", message: refusal.message });
    }
    const managedFields = [{ manager: FIELD_MANAGER, operation: "Apply" }];
    const stored = { ...object, metadata: { ...object.metadata, managedFields }, status: this.statuses.get(name) };
    if (dryRun) return stored;
    this.objects.set(key, stored);
    this.done.push(`apply ${object.kind} ${name}`);
    if (object.kind === "CustomResourceDefinition")
      this.kinds.add((object.spec as { names: { kind: string } }).names.kind);
    return stored;
  }

  async delete(reference: ObjectReference): Promise<boolean> {
    this.check(reference.kind);
    await delay(0);
    this.done.push(`delete ${reference.kind} ${reference.name}`);
    return this.held.has(reference.name) ? true : this.objects.delete(keyOf(reference));
  }

  namespaced({ kind }: { readonly kind: string }): Promise<boolean> {
    return Promise.resolve(kind !== "Namespace");
  }

  private check(kind: string): void {
    if (this.unreachable) throw new KubernetesApiError({ status: 0, reason: "Unreachable", message: "nobody answers" });
    if (this.kinds.has(kind)) return;
    throw new KubernetesApiError({ status: 404, reason: KIND_UNKNOWN, message: `no kind ${kind}` });
  }
}
