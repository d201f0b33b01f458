import { WORKLOAD_KINDS } from "../../engine/pod-spec";
import { objectRule } from "../../engine/rule";
import { fail, notApplicable, pass } from "../../engine/verdict";
import { namespaceObject, plainObject } from "../k8s/private/example-objects";
import { findObject, objectsIn } from "../k8s/private/graph-objects";
import { asksForAccelerator, demandOf } from "./private/accelerators";
import { gpuPod } from "./private/example-pools";
import { queueOf } from "./private/queues";

/** Nothing is said of namespaces that are defined elsewhere. */
export const schedGpuQuota = objectRule({
  id: "FD-SCHED-008",
  slug: "sched-gpu-quota",
  title: "GPUs are taken out of a quota or a queue",
  severity: "medium",
  packs: ["gpu", "cost"],
  why: "Whoever is first takes all GPUs, and what was submitted past the queue is not counted when the queue shares out the rest.",
  fix: "Label the workload `kueue.x-k8s.io/queue-name`, or give the namespace a ResourceQuota for `requests.nvidia.com/gpu`.",
  kinds: WORKLOAD_KINDS,
  judge: (workload, { graph }) => {
    if (!asksForAccelerator(workload)) return notApplicable();
    if (!findObject(graph, "Namespace", undefined, workload.namespace ?? "")) return notApplicable();
    if (queueOf(workload) !== undefined) return pass();
    const quotas = objectsIn(graph, workload.namespace, "ResourceQuota");
    const open = [...demandOf(workload).accelerators.keys()].filter(
      (resource) => !quotas.some((quota) => !quota.at(["spec", "hard", `requests.${resource}`]).absent),
    );
    if (open.length === 0) return pass();
    return fail(
      `${open.join(", ")} must come out of a queue or a quota: it has no queue, and its namespace no quota for it`,
    );
  },
  examples: {
    failing: { objects: [namespaceObject("serving"), gpuPod()] },
    passing: {
      objects: [
        namespaceObject("serving"),
        plainObject("v1", "ResourceQuota", {}, { hard: { "requests.nvidia.com/gpu": "4" } }),
        gpuPod(),
      ],
    },
  },
});
