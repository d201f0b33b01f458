import { mustBeSet } from "../../engine/expect";
import { mainContainersOf, WORKLOAD_KINDS } from "../../engine/pod-spec";
import { objectRule } from "../../engine/rule";
import { deployment } from "./private/example-objects";
import { limitOf } from "./private/resource-values";
import { judgeContainers } from "./private/workloads";

export const k8sMemoryLimit = objectRule({
  id: "FD-K8S-011",
  slug: "k8s-memory-limit",
  title: "Containers have a limit on their memory",
  severity: "low",
  packs: ["baseline"],
  why: "A leak in one container takes the memory of its node, and the kernel then ends whatever it finds: often the model beside it, or the kubelet.",
  fix: "Set `resources.limits.memory`, or a default in a LimitRange of the namespace.",
  sameAs: { checkov: ["CKV_K8S_13"], trivy: ["KSV-0018"] },
  kinds: WORKLOAD_KINDS,
  judge: (workload, { graph }) =>
    judgeContainers(
      workload,
      (container) => mustBeSet(limitOf(graph, workload, container, "memory")),
      mainContainersOf(workload),
    ),
  examples: {
    failing: { objects: [deployment({ container: { resources: { requests: { memory: "2Gi" } } } })] },
    passing: { objects: [deployment({ container: { resources: { limits: { memory: "2Gi" } } } })] },
  },
});
