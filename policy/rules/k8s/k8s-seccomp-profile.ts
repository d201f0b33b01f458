import { mustBeOneOf } from "../../engine/expect";
import { WORKLOAD_KINDS } from "../../engine/pod-spec";
import { objectRule } from "../../engine/rule";
import { deployment } from "./private/example-objects";
import { judgeContainers, securityOf } from "./private/workloads";

export const k8sSeccompProfile = objectRule({
  id: "FD-K8S-019",
  slug: "k8s-seccomp-profile",
  title: "Containers are held to the system calls that the runtime allows",
  severity: "low",
  packs: ["baseline", "cis-eks"],
  why: "Without a profile every system call of the kernel can be made, and most ways out of a container begin with a rare one.",
  fix: "Set `securityContext.seccompProfile.type` of the pod to `RuntimeDefault`.",
  sameAs: { checkov: ["CKV_K8S_31"], trivy: ["KSV-0030", "KSV-0104"] },
  kinds: WORKLOAD_KINDS,
  judge: (workload) =>
    judgeContainers(workload, (container) =>
      mustBeOneOf(securityOf(workload, container, "seccompProfile").at("type"), ["RuntimeDefault", "Localhost"]),
    ),
  examples: {
    failing: { objects: [deployment({ pod: { securityContext: { seccompProfile: { type: "Unconfined" } } } })] },
    passing: { objects: [deployment({ pod: { securityContext: { seccompProfile: { type: "RuntimeDefault" } } } })] },
    unknown: { objects: [deployment({ pod: { securityContext: { seccompProfile: { type: "${var.profile}" } } } })] },
  },
});
