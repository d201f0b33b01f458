import { mustBe } from "../../engine/expect";
import { WORKLOAD_KINDS } from "../../engine/pod-spec";
import { objectRule } from "../../engine/rule";
import { notApplicable } from "../../engine/verdict";
import { deployment } from "./private/example-objects";
import { judgeContainers } from "./private/workloads";

/** A privileged container can always gain rights: that is reported of it by another rule. */
export const k8sNoPrivilegeEscalation = objectRule({
  id: "FD-K8S-002",
  slug: "k8s-no-privilege-escalation",
  title: "No process of a container can gain more rights than its parent has",
  severity: "medium",
  packs: ["baseline", "cis-eks"],
  why: "With a setuid program in the image, a process that starts as a normal user becomes root. Kubernetes allows that unless it is told otherwise.",
  fix: "Set `securityContext.allowPrivilegeEscalation` of every container to false.",
  sameAs: { checkov: ["CKV_K8S_20"], trivy: ["KSV-0001"] },
  kinds: WORKLOAD_KINDS,
  judge: (workload) =>
    judgeContainers(workload, (container) => {
      const context = container.at("securityContext");
      if (context.at("privileged").boolean === true) return notApplicable();
      return mustBe(context.at("allowPrivilegeEscalation"), false);
    }),
  examples: {
    failing: { objects: [deployment()] },
    passing: { objects: [deployment({ container: { securityContext: { allowPrivilegeEscalation: false } } })] },
    unknown: { objects: [deployment({ container: { securityContext: { allowPrivilegeEscalation: "${var.may}" } } })] },
  },
});
