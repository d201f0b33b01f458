import { mustBeSet } from "../../engine/expect";
import { mainContainersOf, WORKLOAD_KINDS } from "../../engine/pod-spec";
import { objectRule } from "../../engine/rule";
import { allOf } from "../../engine/verdict";
import { deployment } from "./private/example-objects";
import { requestOf } from "./private/resource-values";
import { judgeContainers } from "./private/workloads";

export const k8sResourceRequests = objectRule({
  id: "FD-K8S-010",
  slug: "k8s-resource-requests",
  title: "Containers say how much CPU and memory they need",
  severity: "low",
  packs: ["baseline"],
  why: "The scheduler places a container without requests anywhere, autoscalers do not count it, and it is the first to be evicted when memory runs short.",
  fix: "Set `resources.requests.cpu` and `resources.requests.memory`, or give the namespace a LimitRange with defaults.",
  sameAs: { checkov: ["CKV_K8S_10", "CKV_K8S_12"], trivy: ["KSV-0015", "KSV-0016"] },
  kinds: WORKLOAD_KINDS,
  judge: (workload, { graph }) =>
    judgeContainers(
      workload,
      (container) =>
        allOf(["cpu", "memory"].map((resource) => mustBeSet(requestOf(graph, workload, container, resource)))),
      mainContainersOf(workload),
    ),
  examples: {
    failing: { objects: [deployment({ container: { resources: { requests: { cpu: "1" } } } })] },
    passing: {
      objects: [deployment({ container: { resources: { requests: { cpu: "1" }, limits: { memory: "2Gi" } } } })],
    },
  },
});
