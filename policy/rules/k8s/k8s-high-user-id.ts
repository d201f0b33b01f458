import { mustBeAtLeast } from "../../engine/expect";
import { WORKLOAD_KINDS } from "../../engine/pod-spec";
import { objectRule } from "../../engine/rule";
import { notApplicable } from "../../engine/verdict";
import { deployment } from "./private/example-objects";
import { judgeContainers, securityOf } from "./private/workloads";

const LEAST_USER = 10_001;

/** What runs as root, or may, is another rule's finding. */
export const k8sHighUserId = objectRule({
  id: "FD-K8S-007",
  slug: "k8s-high-user-id",
  title: "Containers run as a user that no node has",
  severity: "low",
  packs: ["strict"],
  why: "Low user ids belong to users of the node: out of its container, such a process has their files.",
  fix: `Set \`securityContext.runAsUser\` of the pod to ${LEAST_USER} or more.`,
  sameAs: { checkov: ["CKV_K8S_40"], trivy: ["KSV-0020"] },
  kinds: WORKLOAD_KINDS,
  judge: (workload) =>
    judgeContainers(workload, (container) => {
      const user = securityOf(workload, container, "runAsUser");
      const nonRoot = securityOf(workload, container, "runAsNonRoot");
      const root = user.number === 0 || (user.absent && nonRoot.boolean !== true);
      return root ? notApplicable() : mustBeAtLeast(user, LEAST_USER);
    }),
  examples: {
    failing: { objects: [deployment({ pod: { securityContext: { runAsUser: 1000 } } })] },
    passing: { objects: [deployment({ pod: { securityContext: { runAsUser: 10001 } } })] },
    unknown: { objects: [deployment({ pod: { securityContext: { runAsUser: "${var.user}" } } })] },
  },
});
