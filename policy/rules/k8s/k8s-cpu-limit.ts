import { mustBeSet } from "../../engine/expect";
import { mainContainersOf, WORKLOAD_KINDS } from "../../engine/pod-spec";
import { objectRule } from "../../engine/rule";
import { deployment } from "./private/example-objects";
import { limitOf, requestOf } from "./private/resource-values";
import { notApplicable } from "../../engine/verdict";
import { judgeContainers } from "./private/workloads";

/** A container that asks for no CPU at all is another rule's finding. */
export const k8sCpuLimit = objectRule({
  id: "FD-K8S-012",
  slug: "k8s-cpu-limit",
  title: "Containers have a limit on their CPU",
  severity: "low",
  packs: ["strict"],
  why: "Without one, a busy container takes all CPU that its neighbours did not request. With one it is throttled though the node idles, so that many leave it out on purpose.",
  fix: "Set `resources.limits.cpu`, or a default in a LimitRange of the namespace.",
  sameAs: { checkov: ["CKV_K8S_11"], trivy: ["KSV-0011"] },
  kinds: WORKLOAD_KINDS,
  judge: (workload, { graph }) =>
    judgeContainers(
      workload,
      (container) =>
        requestOf(graph, workload, container, "cpu").absent
          ? notApplicable()
          : mustBeSet(limitOf(graph, workload, container, "cpu")),
      mainContainersOf(workload),
    ),
  examples: {
    failing: { objects: [deployment({ container: { resources: { requests: { cpu: "1" } } } })] },
    passing: { objects: [deployment({ container: { resources: { limits: { cpu: "1" } } } })] },
  },
});
