import { isDeepStrictEqual } from "node:util";
import { referenceOf } from "../../kubernetes/api-client";
import { KIND_UNKNOWN, KubernetesApiError } from "../../kubernetes/api-error";
import type { KubernetesObject, ObjectReference } from "../../kubernetes/kubernetes-object";
import { FIELD_MANAGER } from "./object-port";
import type { AppliedObject } from "./object-inventory";
import type { ObjectPort } from "./object-port";
import { keyOf, nameOf } from "./object-name";
import type { ObjectOfStack } from "./rendered-stacks";

/** What is to be done about one object. */
export interface PlannedObject {
  readonly rendered: ObjectOfStack;
  readonly action: "add" | "change" | "keep";
}

/** What is to be done about the objects of a stack. */
export interface ObjectPlan {
  readonly objects: readonly PlannedObject[];
  /** Objects that were applied earlier and are no longer wanted, in the order of their removal. */
  readonly stale: readonly ObjectReference[];
  /** Objects whose kinds the server does not serve, for want of a definition. */
  readonly unknown: readonly ObjectReference[];
  /** Objects that the server refuses, with what it says. */
  readonly refused: readonly string[];
}

const AT_ONCE = 8;
const IMMUTABLE = /immutable|may not change|cannot change|updates to .* are forbidden|Forbidden: updates to/i;

/** Kinds that may be made anew when what is to change cannot: they hold nothing that would be lost. */
const REPLACEABLE: ReadonlySet<string> = new Set([
  "ClusterRoleBinding",
  "ConfigMap",
  "DaemonSet",
  "Deployment",
  "Job",
  "PriorityClass",
  "RoleBinding",
  "Service",
  "StatefulSet",
  "StorageClass",
]);

/** True when the server refuses a change that only a new object can have. */
export function mustBeReplaced({ kind }: Pick<KubernetesObject, "kind">, error: unknown): boolean {
  return (
    error instanceof KubernetesApiError &&
    error.status === 422 &&
    REPLACEABLE.has(kind) &&
    IMMUTABLE.test([error.message, ...error.causes].join("\n"))
  );
}

/**
 * Compares the objects of a stack with what is in the cluster.
 *
 * @param api the cluster
 * @param wanted the stack's objects
 * @param applied what was applied before
 * @param unrendered addresses whose objects are not known this time: none of theirs is stale
 * @throws KubernetesApiError when the server does not answer
 */
export async function planObjects(
  api: ObjectPort,
  wanted: readonly ObjectOfStack[],
  applied: readonly AppliedObject[],
  unrendered: ReadonlySet<string> = new Set(),
): Promise<ObjectPlan> {
  const defined = new Set(wanted.flatMap(({ object }) => definedKinds(object)));
  const judged = await inTurns(wanted, (rendered) => judge(api, rendered, defined));
  const keys = new Set(wanted.map(({ object }) => keyOf(referenceOf(object))));
  return {
    objects: judged.flatMap((verdict) => ("action" in verdict ? [verdict] : [])),
    stale: [...applied].reverse().filter((one) => !keys.has(keyOf(one)) && !mayBeOf(one, unrendered)),
    unknown: judged.flatMap((verdict) => ("unknown" in verdict ? [verdict.unknown] : [])),
    refused: judged.flatMap((verdict) => ("refused" in verdict ? [verdict.refused] : [])),
  };
}

/** True for an object of one of these addresses, and for one of an unknown address where there are any. */
function mayBeOf({ address }: AppliedObject, addresses: ReadonlySet<string>): boolean {
  return address === undefined ? addresses.size > 0 : addresses.has(address);
}

type Verdict = PlannedObject | { readonly unknown: ObjectReference } | { readonly refused: string };

async function judge(api: ObjectPort, rendered: ObjectOfStack, defined: ReadonlySet<string>): Promise<Verdict> {
  const { object } = rendered;
  const reference = referenceOf(object);
  try {
    const existing = await api.get(reference);
    if (!existing || existing.metadata.deletionTimestamp !== undefined) return { rendered, action: "add" };
    const dryRun = await api.apply(object, { fieldManager: FIELD_MANAGER, force: true, dryRun: true });
    // An object without a field of its own makes nobody its owner.
    const owned = ownedByUs(existing) || !ownedByUs(dryRun);
    const same = owned && isDeepStrictEqual(essence(existing), essence(dryRun));
    return { rendered, action: same ? "keep" : "change" };
  } catch (error) {
    if (!(error instanceof KubernetesApiError) || error.status === 0) throw error;
    if (error.reason === KIND_UNKNOWN) {
      return defined.has(kindKey(object)) ? { rendered, action: "add" } : { unknown: reference };
    }
    if (mustBeReplaced(object, error)) return { rendered, action: "change" };
    return { refused: refusal(reference, error) };
  }
}

/** What the server refused, with the object's name. */
export function refusal(reference: ObjectReference, { message }: KubernetesApiError): string {
  return `${nameOf(reference)} was refused: ${message}`;
}

function kindKey({ apiVersion, kind }: Pick<KubernetesObject, "apiVersion" | "kind">): string {
  return `${apiVersion}/${kind}`;
}

/** Kinds that a definition brings. */
function definedKinds({ kind, spec }: KubernetesObject): string[] {
  if (kind !== "CustomResourceDefinition") return [];
  const { group, names, versions } = spec as {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly { readonly name: string; readonly served: boolean }[];
  };
  const served = versions.filter((version) => version.served);
  return served.map(({ name }) => kindKey({ apiVersion: `${group}/${name}`, kind: names.kind }));
}

function ownedByUs({ metadata }: KubernetesObject): boolean {
  const managers = (metadata.managedFields ?? []) as readonly { manager?: string; operation?: string }[];
  return managers.some(({ manager, operation }) => manager === FIELD_MANAGER && operation === "Apply");
}

/** The object without what the server keeps of its own. */
function essence({ status: _status, metadata, ...rest }: KubernetesObject): unknown {
  const { managedFields: _fields, resourceVersion: _version, generation: _generation, ...kept } = metadata;
  return { ...rest, metadata: kept };
}

/** Runs work over items, a few at a time, and keeps their order. */
async function inTurns<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (let start = 0; start < items.length; start += AT_ONCE) {
    results.push(...(await Promise.all(items.slice(start, start + AT_ONCE).map(work))));
  }
  return results;
}
