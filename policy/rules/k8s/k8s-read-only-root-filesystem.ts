import { mustBe } from "../../engine/expect";
import { WORKLOAD_KINDS } from "../../engine/pod-spec";
import { objectRule } from "../../engine/rule";
import { deployment } from "./private/example-objects";
import { judgeContainers } from "./private/workloads";

export const k8sReadOnlyRootFilesystem = objectRule({
  id: "FD-K8S-005",
  slug: "k8s-read-only-root-filesystem",
  title: "Containers cannot write to their own image",
  severity: "high",
  packs: ["baseline", "cis-eks"],
  why: "Whoever gets into a container that can write there replaces its programs, and what a server writes by accident fills the disk of the node.",
  fix: "Set `securityContext.readOnlyRootFilesystem` to true and mount an `emptyDir` where the program writes, such as `/tmp` and the cache of models.",
  sameAs: { checkov: ["CKV_K8S_22"], trivy: ["KSV-0014"] },
  kinds: WORKLOAD_KINDS,
  judge: (workload) =>
    judgeContainers(workload, (container) => mustBe(container.at("securityContext.readOnlyRootFilesystem"), true)),
  examples: {
    failing: { objects: [deployment()] },
    passing: { objects: [deployment({ container: { securityContext: { readOnlyRootFilesystem: true } } })] },
    unknown: { objects: [deployment({ container: { securityContext: { readOnlyRootFilesystem: "${var.ro}" } } })] },
  },
});
