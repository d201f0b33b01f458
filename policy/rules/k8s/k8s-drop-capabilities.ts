import { mustInclude } from "../../engine/expect";
import { WORKLOAD_KINDS } from "../../engine/pod-spec";
import { objectRule } from "../../engine/rule";
import { deployment } from "./private/example-objects";
import { judgeContainers } from "./private/workloads";

export const k8sDropCapabilities = objectRule({
  id: "FD-K8S-008",
  slug: "k8s-drop-capabilities",
  title: "Containers give up the capabilities that the runtime hands to everyone",
  severity: "low",
  packs: ["baseline", "cis-eks"],
  why: "The runtime's own set holds NET_RAW, with which a pod can pose as another one on its node, and more that no server needs.",
  fix: "Set `securityContext.capabilities.drop` of every container to `[ALL]`.",
  sameAs: { checkov: ["CKV_K8S_28", "CKV_K8S_37"], trivy: ["KSV-0003", "KSV-0004"] },
  kinds: WORKLOAD_KINDS,
  judge: (workload) =>
    judgeContainers(workload, (container) => mustInclude(container.at("securityContext.capabilities.drop"), ["ALL"])),
  examples: {
    failing: { objects: [deployment({ container: { securityContext: { capabilities: { drop: ["NET_RAW"] } } } })] },
    passing: { objects: [deployment({ container: { securityContext: { capabilities: { drop: ["ALL"] } } } })] },
    unknown: { objects: [deployment({ container: { securityContext: { capabilities: { drop: ["${var.drop}"] } } } })] },
  },
});
