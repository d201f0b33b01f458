import { must } from "../../engine/expect";
import { WORKLOAD_KINDS } from "../../engine/pod-spec";
import { objectRule } from "../../engine/rule";
import { allOf, pass } from "../../engine/verdict";
import { job } from "./private/example-objects";
import { judgeContainers } from "./private/workloads";

/** What the restricted standard of pod security allows. */
const HARMLESS = ["NET_BIND_SERVICE"];

export const k8sNoAddedCapabilities = objectRule({
  id: "FD-K8S-009",
  slug: "k8s-no-added-capabilities",
  title: "Containers are given no capabilities beyond a port below 1024",
  severity: "high",
  packs: ["baseline", "cis-eks"],
  why: "SYS_ADMIN, SYS_PTRACE and their like are root by another name: each of them is a way out of the container.",
  fix: "Take them out of `securityContext.capabilities.add`. RDMA wants locked memory, which nodes for EFA allow without IPC_LOCK.",
  sameAs: {
    checkov: ["CKV_K8S_25", "CKV_K8S_39"],
    trivy: ["KSV-0005", "KSV-0022", "KSV-0106", "KSV-0119", "KSV-0120"],
  },
  kinds: WORKLOAD_KINDS,
  judge: (workload) =>
    judgeContainers(workload, (container) =>
      allOf(
        pass(),
        container.each("securityContext.capabilities.add").map((capability) =>
          must(capability, (literal) => HARMLESS.includes(String(literal)), `must be one of ${HARMLESS.join(", ")}`, {
            key: `Capability::${capability.text ?? ""}`,
          }),
        ),
      ),
    ),
  examples: {
    failing: { objects: [job({ container: { securityContext: { capabilities: { add: ["SYS_ADMIN"] } } } })] },
    passing: { objects: [job({ container: { securityContext: { capabilities: { add: ["NET_BIND_SERVICE"] } } } })] },
    unknown: { objects: [job({ container: { securityContext: { capabilities: { add: ["${var.add}"] } } } })] },
  },
});
