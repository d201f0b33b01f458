import { mustBe, mustNotBe } from "../../engine/expect";
import { WORKLOAD_KINDS } from "../../engine/pod-spec";
import { objectRule } from "../../engine/rule";
import { pass } from "../../engine/verdict";
import { deployment } from "./private/example-objects";
import { judgeContainers, securityOf } from "./private/workloads";

export const k8sRunAsNonRoot = objectRule({
  id: "FD-K8S-006",
  slug: "k8s-run-as-non-root",
  title: "No container runs as root",
  severity: "medium",
  packs: ["baseline", "cis-eks"],
  why: "Root in a container is root on its node for every hole in the kernel or the runtime. Most images of machine learning run as root unless they are told otherwise.",
  fix: "Set `securityContext.runAsNonRoot` of the pod to true, and `runAsUser` to a user other than 0.",
  sameAs: { checkov: ["CKV_K8S_23"], trivy: ["KSV-0012", "KSV-0105"] },
  kinds: WORKLOAD_KINDS,
  judge: (workload) =>
    judgeContainers(workload, (container) => {
      const user = securityOf(workload, container, "runAsUser");
      const nonRoot = securityOf(workload, container, "runAsNonRoot");
      if (user.number === 0) return mustNotBe(user, 0);
      if (user.number !== undefined || nonRoot.boolean === true) return pass();
      return user.unknown ? mustNotBe(user, 0) : mustBe(nonRoot, true);
    }),
  examples: {
    failing: { objects: [deployment({ pod: { securityContext: { runAsUser: 0 } } })] },
    passing: { objects: [deployment({ pod: { securityContext: { runAsNonRoot: true } } })] },
    unknown: { objects: [deployment({ pod: { securityContext: { runAsUser: "${var.user}" } } })] },
  },
});
