import { KIND_UNKNOWN, KubernetesApiError } from "../../kubernetes/api-error";
import type { ObjectReference } from "../../kubernetes/kubernetes-object";
import type { DeployEvent } from "../deploy-event";
import { nameOf } from "./object-name";
import type { ObjectPort } from "./object-port";
import { refusal } from "./plan-objects";
import type { RunSignal } from "./run-signal";
import { untilGone } from "./write-object";

/** What is removed, and how. */
export interface RemoveObjectsOptions {
  readonly api: ObjectPort;
  readonly stack: string;
  /** In the order of their removal; namespaces come last whatever their place. */
  readonly references: readonly ObjectReference[];
  readonly patienceMs: number;
  readonly signal: RunSignal;
  readonly report: (event: DeployEvent) => void;
}

/** Removed after all others: what is in them goes with them. */
const LAST: readonly string[] = ["CustomResourceDefinition", "Namespace"];

/**
 * Removes objects and waits until they are gone.
 *
 * @returns true when all are gone; what stands in the way is reported as an event
 * @throws KubernetesApiError when the server does not answer
 */
export async function removeObjects(options: RemoveObjectsOptions): Promise<boolean> {
  const { references, signal } = options;
  const others = references.filter(({ kind }) => !LAST.includes(kind));
  const batches = [others, ...LAST.map((last) => references.filter(({ kind }) => kind === last))];
  for (const batch of batches) {
    for (const reference of batch) {
      if (signal.interrupts > 0 || !(await removeOne(options, reference))) return false;
    }
    for (const reference of batch) {
      if (signal.interrupts > 0 || !(await awaitOne(options, reference))) return false;
    }
  }
  return true;
}

async function removeOne({ api, stack, report }: RemoveObjectsOptions, reference: ObjectReference): Promise<boolean> {
  const address = nameOf(reference);
  report({ type: "resource", stack, address, action: "destroy", phase: "started" });
  try {
    await api.delete(reference);
    return true;
  } catch (error) {
    if (!(error instanceof KubernetesApiError) || error.status === 0) throw error;
    if (error.reason === KIND_UNKNOWN) return true;
    report({ type: "error", stack, text: refusal(reference, error) });
    return false;
  }
}

async function awaitOne(options: RemoveObjectsOptions, reference: ObjectReference): Promise<boolean> {
  const { api, stack, report, patienceMs } = options;
  const address = nameOf(reference);
  const startedAt = Date.now();
  if (await untilGone(api, reference, patienceMs)) {
    const elapsed = `${Math.round((Date.now() - startedAt) / 1000)}s`;
    report({ type: "resource", stack, address, action: "destroy", phase: "done", elapsed });
    return true;
  }
  const finalizers = ((await api.get(reference))?.metadata.finalizers ?? []) as readonly string[];
  const held = finalizers.length === 0 ? "" : `; it is held by ${finalizers.join(", ")}`;
  const text = `${address} is still there ${Math.round(patienceMs / 1000)} s after its removal${held}`;
  report({ type: "error", stack, text });
  return false;
}
