import { createHash } from "node:crypto";
import type { ClusterSnapshot } from "../eks";
import type { KubernetesObject, ObjectReference } from "../kubernetes/kubernetes-object";
import { addOnObjects } from "./add-ons";
import type { ClusterMemory } from "./cluster-record";
import { refusedWith, type KubernetesPort } from "./kubernetes-port";

/** What the add-ons of a cluster are reconciled with. */
export interface AddOnParts {
  readonly api: KubernetesPort;
  /** What was applied before, by add-on. */
  readonly applied: ClusterMemory["addons"];
  /** Keeps what is applied now. */
  readonly remember: (applied: ClusterMemory["addons"]) => void;
  readonly log: (line: string) => void;
}

/** Owner of the fields that add-ons set, as on EKS. */
const FIELD_MANAGER = "eks";
/** Range of the services where the cluster has none of IPv4. */
const SERVICE_CIDR = "10.100.0.0/16";

/**
 * Brings the objects of a cluster's add-ons to what they are to be. An add-on is applied when it or its configuration
 * has changed, as EKS does: what people change in between stays.
 */
export async function reconcileAddOns(parts: AddOnParts, cluster: ClusterSnapshot): Promise<void> {
  const wanted = cluster.addons.filter(({ status }) => status !== "DELETING");
  const place = { region: cluster.region, serviceCidr: cluster.serviceCidr ?? SERVICE_CIDR };
  let { applied } = parts;
  const keep = (next: ClusterMemory["addons"]) => parts.remember((applied = next));
  for (const name of Object.keys(applied)) {
    if (wanted.some((addon) => addon.name === name)) continue;
    const { [name]: gone, ...rest } = applied;
    await remove(parts.api, gone?.objects ?? []);
    keep(rest);
    parts.log(`add-on ${name}: removed`);
  }
  for (const addon of wanted) {
    const objects = addOnObjects(addon, place) ?? [];
    const fingerprint = fingerprintOf(objects);
    const before = applied[addon.name];
    if (before?.fingerprint === fingerprint) continue;
    const references = objects.map(referenceOf);
    const stale = (before?.objects ?? []).filter((old) => !references.some((now) => sameObject(old, now)));
    // Remembered first: what is applied only in part must be removable.
    keep({ ...applied, [addon.name]: { fingerprint: "", objects: [...references, ...stale] } });
    for (const object of objects) await parts.api.apply(object, { fieldManager: FIELD_MANAGER, force: true });
    await remove(parts.api, stale);
    keep({ ...applied, [addon.name]: { fingerprint, objects: references } });
    const what = objects.length === 0 ? "its objects are not known here" : `applied ${objects.length} objects`;
    parts.log(`add-on ${addon.name} ${addon.version}: ${what}`);
  }
}

/** In reverse: definitions of kinds go last. */
async function remove(api: KubernetesPort, objects: readonly ObjectReference[]): Promise<void> {
  for (const reference of [...objects].reverse()) {
    try {
      await api.delete(reference);
    } catch (error) {
      // The kind itself is gone already.
      if (!refusedWith(error, 404)) throw error;
    }
  }
}

function referenceOf({ apiVersion, kind, metadata }: KubernetesObject): ObjectReference {
  const { name, namespace } = metadata;
  return { apiVersion, kind, name, ...(namespace !== undefined && { namespace }) };
}

function sameObject(a: ObjectReference, b: ObjectReference): boolean {
  return a.apiVersion === b.apiVersion && a.kind === b.kind && a.name === b.name && a.namespace === b.namespace;
}

function fingerprintOf(objects: readonly KubernetesObject[]): string {
  return createHash("sha256").update(JSON.stringify(objects)).digest("hex");
}
