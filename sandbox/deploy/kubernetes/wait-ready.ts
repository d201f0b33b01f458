import { setTimeout as delay } from "node:timers/promises";
import { referenceOf } from "../../kubernetes/api-client";
import type { KubernetesObject } from "../../kubernetes/kubernetes-object";
import type { ObjectPort } from "./object-port";
import { nameOf } from "./object-name";
import { podTrouble } from "./pod-trouble";
import { hasReadiness, readinessOf } from "./readiness";
import type { RunSignal } from "./run-signal";

/** What is waited for, and for how long. */
export interface WaitReadyOptions {
  readonly api: ObjectPort;
  readonly objects: readonly KubernetesObject[];
  readonly patienceMs: number;
  readonly signal: RunSignal;
  readonly onReady: (object: KubernetesObject) => void;
  /** Told now and then of what is still waited for. */
  readonly onWaiting: (object: KubernetesObject, reason: string, waitedMs: number) => void;
}

const STEP_MS = 300;
const REPORT_MS = 10_000;

/**
 * Waits until objects do their work.
 *
 * @returns why those that do not, do not; empty when all do, or when the user has asked to stop
 */
export async function waitReady(options: WaitReadyOptions): Promise<readonly string[]> {
  const { api, signal, patienceMs, onReady, onWaiting } = options;
  let open = options.objects.filter(({ kind }) => hasReadiness(kind));
  const reasons = new Map<KubernetesObject, string>();
  const startedAt = performance.now();
  let reported = 0;
  while (open.length > 0 && signal.interrupts === 0) {
    const still: KubernetesObject[] = [];
    for (const object of open) {
      const live = await api.get(referenceOf(object));
      const readiness = live ? readinessOf(live) : ({ state: "waiting", reason: "it is gone" } as const);
      if (readiness.state === "failed") return [`${nameOf(referenceOf(object))} failed: ${readiness.reason}`];
      if (readiness.state === "ready") onReady(object);
      else {
        still.push(object);
        reasons.set(object, readiness.reason);
      }
    }
    open = still;
    const waited = performance.now() - startedAt;
    if (open.length > 0 && waited >= patienceMs) return explained(api, open, reasons, patienceMs);
    if (waited - reported >= REPORT_MS) {
      reported = waited;
      open.forEach((object) => {
        onWaiting(object, reasons.get(object) ?? "", waited);
      });
    }
    if (open.length > 0) await delay(STEP_MS);
  }
  return [];
}

function explained(
  api: ObjectPort,
  open: readonly KubernetesObject[],
  reasons: ReadonlyMap<KubernetesObject, string>,
  patienceMs: number,
): Promise<string[]> {
  return Promise.all(
    open.map(async (object) => {
      const live = await api.get(referenceOf(object));
      const trouble = live && (await podTrouble(api, live));
      const detail = trouble === undefined ? "" : `; ${trouble}`;
      const reason = `${reasons.get(object) ?? ""}${detail}`;
      return `${nameOf(referenceOf(object))} is not ready after ${Math.round(patienceMs / 1000)} s: ${reason}`;
    }),
  );
}
