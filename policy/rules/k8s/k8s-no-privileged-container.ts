import { mustNotBe } from "../../engine/expect";
import { WORKLOAD_KINDS } from "../../engine/pod-spec";
import { objectRule } from "../../engine/rule";
import { deployment } from "./private/example-objects";
import { judgeContainers } from "./private/workloads";

export const k8sNoPrivilegedContainer = objectRule({
  id: "FD-K8S-001",
  slug: "k8s-no-privileged-container",
  title: "No container is privileged",
  severity: "high",
  packs: ["baseline", "cis-eks"],
  why: "A privileged container has every device and every right of its node: whoever breaks into it owns the node and the pods on it.",
  fix: "Leave `securityContext.privileged` out; GPUs come through the device plugin and need no privileges.",
  sameAs: { checkov: ["CKV_K8S_16"], trivy: ["KSV-0017"] },
  kinds: WORKLOAD_KINDS,
  judge: (workload) =>
    judgeContainers(workload, (container) => mustNotBe(container.at("securityContext.privileged"), true)),
  examples: {
    failing: { objects: [deployment({ container: { securityContext: { privileged: true } } })] },
    passing: { objects: [deployment()] },
    unknown: { objects: [deployment({ container: { securityContext: { privileged: "${var.privileged}" } } })] },
  },
});
