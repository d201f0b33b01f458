import { mustNotBe } from "../../engine/expect";
import { podSpecOf, WORKLOAD_KINDS } from "../../engine/pod-spec";
import { objectRule } from "../../engine/rule";
import { allOf, notApplicable } from "../../engine/verdict";
import { job } from "./private/example-objects";

const FIELDS = ["hostNetwork", "hostPID", "hostIPC"];

export const k8sNoHostNamespaces = objectRule({
  id: "FD-K8S-003",
  slug: "k8s-no-host-namespaces",
  title: "Pods share neither network nor processes nor memory segments with their node",
  severity: "high",
  packs: ["baseline", "cis-eks"],
  why: "On the node's network a pod passes by every network policy and reaches the credentials of the node; with its process namespace it can look into every other pod there. Training over EFA needs neither.",
  fix: "Leave `hostNetwork`, `hostPID` and `hostIPC` out; give shared memory as an `emptyDir` with `medium: Memory`.",
  sameAs: { checkov: ["CKV_K8S_17", "CKV_K8S_18", "CKV_K8S_19"], trivy: ["KSV-0008", "KSV-0009", "KSV-0010"] },
  kinds: WORKLOAD_KINDS,
  judge: (workload) => {
    const spec = podSpecOf(workload);
    return spec.absent ? notApplicable() : allOf(FIELDS.map((field) => mustNotBe(spec.at(field), true)));
  },
  examples: {
    failing: { objects: [job({ pod: { hostIPC: true } })] },
    passing: { objects: [job({ pod: { hostNetwork: false } })] },
    unknown: { objects: [job({ pod: { hostNetwork: "${var.host_network}" } })] },
  },
});
