import { must } from "../../engine/expect";
import { WORKLOAD_KINDS } from "../../engine/pod-spec";
import { objectRule } from "../../engine/rule";
import { notApplicable } from "../../engine/verdict";
import { job, plainObject } from "../k8s/private/example-objects";
import { objectsIn } from "../k8s/private/graph-objects";
import { queueOf } from "./private/queues";

/** Kinds that Kueue holds back until there is room. */
const KINDS = [
  ...WORKLOAD_KINDS,
  "JobSet",
  "RayJob",
  "RayCluster",
  "RayService",
  "TrainJob",
  "MPIJob",
  "PyTorchJob",
  "LeaderWorkerSet",
];

/** Nothing is said where no queue is defined at all. */
export const schedQueueExists = objectRule({
  id: "FD-SCHED-009",
  slug: "sched-queue-exists",
  title: "Workloads are submitted to queues that exist",
  severity: "medium",
  packs: ["mlops", "gpu"],
  why: "Kueue suspends the workload and waits for the queue, without an error to whoever submitted it.",
  fix: "Write the name of a LocalQueue of the same namespace into the label `kueue.x-k8s.io/queue-name`.",
  kinds: KINDS,
  judge: (workload, { graph }) => {
    const queue = queueOf(workload);
    if (queue === undefined || graph.objectsOf("LocalQueue").length === 0) return notApplicable();
    const names = objectsIn(graph, workload.namespace, "LocalQueue").map(({ name }) => name);
    const of = names.length === 0 ? "which has none" : `which has ${names.join(", ")}`;
    return must(queue, (literal) => names.includes(String(literal)), `must be a LocalQueue of its namespace, ${of}`);
  },
  examples: {
    failing: { objects: [localQueue("research"), queued("reserch")] },
    passing: { objects: [localQueue("research"), queued("research")] },
    unknown: { objects: [localQueue("research"), queued("${var.queue}")] },
  },
});

function localQueue(name: string): Readonly<Record<string, unknown>> {
  return plainObject("kueue.x-k8s.io/v1beta2", "LocalQueue", { name }, { clusterQueue: name });
}

function queued(queue: string): Readonly<Record<string, unknown>> {
  return job({ labels: { "kueue.x-k8s.io/queue-name": queue } });
}
