import { objectRule } from "../../engine/rule";
import { fail, notApplicable, pass } from "../../engine/verdict";
import { namespaceObject, plainObject } from "./private/example-objects";
import { objectsIn } from "./private/graph-objects";
import { isSystemNamespace } from "./private/workloads";

export const k8sNamespaceBounded = objectRule({
  id: "FD-K8S-047",
  slug: "k8s-namespace-bounded",
  title: "What runs in a namespace is bounded",
  severity: "low",
  packs: ["baseline"],
  why: "Without a quota or limits one team's loop takes every node that the autoscaler may start.",
  fix: "Add a ResourceQuota, or a LimitRange with defaults for containers.",
  sameAs: { trivy: ["KSV-0039", "KSV-0040"] },
  kinds: ["Namespace"],
  judge: (namespace, { graph }) => {
    if (isSystemNamespace(namespace.name)) return notApplicable();
    const found = objectsIn(graph, namespace.name, "ResourceQuota", "LimitRange").length > 0;
    return found
      ? pass()
      : fail(`namespace \`${namespace.name}\` must have a ResourceQuota or a LimitRange, and has neither`);
  },
  examples: {
    failing: { objects: [namespaceObject("research")] },
    passing: {
      objects: [
        namespaceObject("research"),
        plainObject(
          "v1",
          "ResourceQuota",
          { name: "quota", namespace: "research" },
          { hard: { "requests.cpu": "64" } },
        ),
      ],
    },
  },
});
