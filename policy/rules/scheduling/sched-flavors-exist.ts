import { mustBeOneOf } from "../../engine/expect";
import { objectRule } from "../../engine/rule";
import { allOf, notApplicable } from "../../engine/verdict";

/** Nothing is said where no flavour is defined at all. */
export const schedFlavorsExist = objectRule({
  id: "FD-SCHED-011",
  slug: "sched-flavors-exist",
  title: "Cluster queues share out flavours that exist",
  severity: "medium",
  packs: ["mlops", "gpu"],
  why: "Kueue takes a queue with an unknown flavour out of service, with all its quota, and every team behind it waits.",
  fix: "Write the names of ResourceFlavors under `spec.resourceGroups[].flavors[].name`.",
  kinds: ["ClusterQueue"],
  judge: (queue, { graph }) => {
    const names = graph.objectsOf("ResourceFlavor").map(({ name }) => name);
    if (names.length === 0) return notApplicable();
    const flavors = queue.each("spec.resourceGroups").flatMap((group) => group.each("flavors"));
    return allOf(flavors.map((flavor) => mustBeOneOf(flavor.at("name"), names)));
  },
  examples: {
    failing: { objects: [flavor("l4"), clusterQueueOf("l40")] },
    passing: { objects: [flavor("l4"), clusterQueueOf("l4")] },
    unknown: { objects: [flavor("l4"), clusterQueueOf("${var.flavor}")] },
  },
});

function flavor(name: string): Readonly<Record<string, unknown>> {
  return { apiVersion: "kueue.x-k8s.io/v1beta2", kind: "ResourceFlavor", metadata: { name }, spec: {} };
}

function clusterQueueOf(name: string): Readonly<Record<string, unknown>> {
  const spec = { resourceGroups: [{ coveredResources: ["nvidia.com/gpu"], flavors: [{ name, resources: [] }] }] };
  return { apiVersion: "kueue.x-k8s.io/v1beta2", kind: "ClusterQueue", metadata: { name: "teams" }, spec };
}
