import { hasReadiness, readinessOf } from "../../../../sandbox/deploy/kubernetes/readiness";
import type { Readiness } from "../../../../sandbox/deploy/kubernetes/readiness";

const condition = (type: string, more: object = {}) => ({ conditions: [{ type, status: "True", ...more }] });
const READY: Readiness = { state: "ready" };
const waiting = (reason: string): Readiness => ({ state: "waiting", reason });

test.each<[string, object, object, Readiness]>([
  ["Deployment", { replicas: 2 }, { updatedReplicas: 2, availableReplicas: 2 }, READY],
  ["Deployment", { replicas: 2 }, { updatedReplicas: 1, availableReplicas: 2 }, waiting("1 of 2 pods are ready")],
  ["Deployment", { replicas: 0 }, {}, READY],
  [
    "Deployment",
    {},
    condition("ReplicaFailure", { message: "violates PodSecurity" }),
    waiting("its pods cannot be created: violates PodSecurity"),
  ],
  ["StatefulSet", {}, { readyReplicas: 1 }, READY],
  ["StatefulSet", {}, {}, waiting("0 of 1 pods are ready")],
  ["DaemonSet", {}, {}, READY],
  [
    "DaemonSet",
    {},
    { desiredNumberScheduled: 3, updatedNumberScheduled: 3, numberAvailable: 1 },
    waiting("1 of 3 pods are ready"),
  ],
  ["Job", {}, condition("Complete"), READY],
  ["Job", {}, condition("Suspended"), READY],
  ["Job", {}, {}, waiting("it runs")],
  [
    "Job",
    {},
    condition("Failed", { reason: "BackoffLimitExceeded" }),
    { state: "failed", reason: "BackoffLimitExceeded" },
  ],
  ["CustomResourceDefinition", {}, condition("Established"), READY],
  ["CustomResourceDefinition", {}, {}, waiting("its kind is not served yet")],
  ["Namespace", {}, { phase: "Terminating" }, waiting("it is being deleted")],
  ["Namespace", {}, { phase: "Active" }, READY],
  ["ConfigMap", {}, {}, READY],
])("a %s of %j with %j", (kind, spec, status, readiness) => {
  expect(readinessOf({ apiVersion: "v1", kind, metadata: { name: "n" }, spec, status })).toEqual(readiness);
});

test("a status of an earlier generation says nothing", () => {
  const status = { observedGeneration: 1, updatedReplicas: 1, availableReplicas: 1 };
  const deployment = { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "n", generation: 2 }, status };
  expect(readinessOf(deployment)).toEqual(waiting("its controller has not seen it yet"));
});

test("kinds that are done when they are stored", () => {
  expect([hasReadiness("ConfigMap"), hasReadiness("Job")]).toEqual([false, true]);
});
