import { setTimeout as delay } from "node:timers/promises";
import { referenceOf } from "../../kubernetes/api-client";
import { KIND_UNKNOWN, KubernetesApiError } from "../../kubernetes/api-error";
import type { KubernetesObject, ObjectReference } from "../../kubernetes/kubernetes-object";
import { FIELD_MANAGER } from "./object-port";
import type { ObjectPort } from "./object-port";
import { mustBeReplaced } from "./plan-objects";

const STEP_MS = 250;
/** A kind is served a moment after its definition says so. */
const KIND_WAIT_MS = 10_000;
const BUSY_WAIT_MS = 5_000;
const BUSY: ReadonlySet<number> = new Set([409, 429, 500, 503, 504]);

/**
 * Brings an object to what it says, and makes it anew where it cannot be changed.
 *
 * @throws KubernetesApiError as the server refuses
 */
export async function writeObject(api: ObjectPort, object: KubernetesObject): Promise<void> {
  const apply = (): Promise<unknown> =>
    patiently(() => api.apply(object, { fieldManager: FIELD_MANAGER, force: true }));
  const reference = referenceOf(object);
  try {
    await untilNotTerminating(api, reference);
    await apply();
  } catch (error) {
    if (!mustBeReplaced(object, error)) throw error;
    await api.delete(reference);
    await untilGone(api, reference, KIND_WAIT_MS);
    await apply();
  }
}

/**
 * Waits until an object is gone.
 *
 * @returns false when it is still there after that time
 */
export async function untilGone(api: ObjectPort, reference: ObjectReference, patienceMs: number): Promise<boolean> {
  const startedAt = performance.now();
  while (performance.now() - startedAt < patienceMs) {
    if (!(await getIfServed(api, reference))) return true;
    await delay(STEP_MS);
  }
  return (await getIfServed(api, reference)) === undefined;
}

/** An object of a kind that is no longer served is gone too. */
export async function getIfServed(api: ObjectPort, reference: ObjectReference): Promise<KubernetesObject | undefined> {
  try {
    return await api.get(reference);
  } catch (error) {
    if (error instanceof KubernetesApiError && error.reason === KIND_UNKNOWN) return undefined;
    throw error;
  }
}

async function untilNotTerminating(api: ObjectPort, reference: ObjectReference): Promise<void> {
  const existing = await getIfServed(api, reference);
  if (existing?.metadata.deletionTimestamp !== undefined) await untilGone(api, reference, KIND_WAIT_MS);
}

/** Tries again what fails for the moment only. */
async function patiently(work: () => Promise<unknown>): Promise<unknown> {
  const startedAt = performance.now();
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (performance.now() - startedAt >= patienceFor(error)) throw error;
      await delay(STEP_MS);
    }
  }
}

function patienceFor(error: unknown): number {
  if (!(error instanceof KubernetesApiError)) return 0;
  if (error.reason === KIND_UNKNOWN) return KIND_WAIT_MS;
  return BUSY.has(error.status) ? BUSY_WAIT_MS : 0;
}
