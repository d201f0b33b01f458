import { mustBeOneOf } from "../../engine/expect";
import { objectRule } from "../../engine/rule";
import { notApplicable } from "../../engine/verdict";
import { plainObject } from "../k8s/private/example-objects";

/** Nothing is said where no cluster queue is defined at all. */
export const schedClusterQueueExists = objectRule({
  id: "FD-SCHED-010",
  slug: "sched-cluster-queue-exists",
  title: "Local queues lead to cluster queues that exist",
  severity: "medium",
  packs: ["mlops", "gpu"],
  why: "Whatever a team submits waits for ever: a local queue has no quota of its own.",
  fix: "Write the name of a ClusterQueue into `spec.clusterQueue`.",
  kinds: ["LocalQueue"],
  judge: (queue, { graph }) => {
    const names = graph.objectsOf("ClusterQueue").map(({ name }) => name);
    return names.length === 0 ? notApplicable() : mustBeOneOf(queue.at("spec.clusterQueue"), names);
  },
  examples: {
    failing: {
      objects: [
        clusterQueue("teams"),
        plainObject("kueue.x-k8s.io/v1beta2", "LocalQueue", {}, { clusterQueue: "team" }),
      ],
    },
    passing: {
      objects: [
        clusterQueue("teams"),
        plainObject("kueue.x-k8s.io/v1beta2", "LocalQueue", {}, { clusterQueue: "teams" }),
      ],
    },
    unknown: {
      objects: [
        clusterQueue("teams"),
        plainObject("kueue.x-k8s.io/v1beta2", "LocalQueue", {}, { clusterQueue: "${var.queue}" }),
      ],
    },
  },
});

function clusterQueue(name: string): Readonly<Record<string, unknown>> {
  return { apiVersion: "kueue.x-k8s.io/v1beta2", kind: "ClusterQueue", metadata: { name }, spec: {} };
}
