import { mustBeOneOf } from "../../engine/expect";
import { podSpecOf, WORKLOAD_KINDS } from "../../engine/pod-spec";
import { objectRule } from "../../engine/rule";
import { notApplicable } from "../../engine/verdict";
import { deployment } from "../k8s/private/example-objects";

/** Nothing is said where no class is defined at all: classes may come from elsewhere then. */
export const schedPriorityClassExists = objectRule({
  id: "FD-SCHED-015",
  slug: "sched-priority-class-exists",
  title: "Pods name priority classes that exist",
  severity: "medium",
  packs: ["mlops"],
  why: "The API server refuses the pods, so that a Deployment stands there without any: the error shows only in its events.",
  fix: "Name a PriorityClass that is defined.",
  kinds: WORKLOAD_KINDS,
  judge: (workload, { graph }) => {
    const name = podSpecOf(workload).at("priorityClassName");
    const names = graph.objectsOf("PriorityClass").map((known) => known.name);
    if (name.absent || names.length === 0 || name.text?.startsWith("system-") === true) return notApplicable();
    return mustBeOneOf(name, names);
  },
  examples: {
    failing: { objects: [priorityClass("serving"), deployment({ pod: { priorityClassName: "critical" } })] },
    passing: { objects: [priorityClass("serving"), deployment({ pod: { priorityClassName: "serving" } })] },
    unknown: { objects: [priorityClass("serving"), deployment({ pod: { priorityClassName: "${var.class}" } })] },
  },
});

function priorityClass(name: string): Readonly<Record<string, unknown>> {
  return { apiVersion: "scheduling.k8s.io/v1", kind: "PriorityClass", metadata: { name }, value: 1000 };
}
