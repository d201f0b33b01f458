import { mustBe } from "../../engine/expect";
import type { Graph } from "../../engine/graph";
import { podSpecOf, WORKLOAD_KINDS } from "../../engine/pod-spec";
import { objectRule } from "../../engine/rule";
import type { KubernetesObject } from "../../engine/subject";
import type { Value } from "../../engine/value";
import { notApplicable, pass } from "../../engine/verdict";
import { deployment } from "./private/example-objects";
import { cached, findObject } from "./private/graph-objects";
import { RBAC_BINDINGS, subjectsOf } from "./private/rbac";

const AUTOMOUNT = "automountServiceAccountToken";

export const k8sServiceAccountToken = objectRule({
  id: "FD-K8S-018",
  slug: "k8s-service-account-token",
  title: "Only pods that use the Kubernetes API hold a token for it",
  severity: "medium",
  packs: ["baseline", "cis-eks"],
  why: "Whoever breaks into a model server finds the token and asks the API in its name. Roles of AWS come through EKS Pod Identity and do not need it.",
  fix: "Set `automountServiceAccountToken` of the pod to false, or bind its service account to the role that it needs.",
  sameAs: { checkov: ["CKV_K8S_38"], trivy: ["KSV-0036"] },
  kinds: WORKLOAD_KINDS,
  judge: (workload, { graph }) => {
    const spec = podSpecOf(workload);
    if (spec.absent) return notApplicable();
    const account = spec.at("serviceAccountName").text ?? "default";
    const mounted = mountedOf(graph, workload, account);
    return mounted.boolean !== false && isBound(graph, workload.namespace, account) ? pass() : mustBe(mounted, false);
  },
  examples: {
    failing: { objects: [deployment()] },
    passing: { objects: [deployment({ pod: { automountServiceAccountToken: false } })] },
    unknown: { objects: [deployment({ pod: { automountServiceAccountToken: "${var.token}" } })] },
  },
});

/** What the pod says, else what its service account says. */
function mountedOf(graph: Graph, workload: KubernetesObject, account: string): Value {
  const own = podSpecOf(workload).at(AUTOMOUNT);
  if (!own.absent) return own;
  const found = findObject(graph, "ServiceAccount", workload.namespace, account);
  const its = found?.at(AUTOMOUNT);
  return its === undefined || its.absent ? own : its;
}

const boundAccounts = cached(
  (graph) => new Set(graph.objectsOf(...RBAC_BINDINGS).flatMap((bound) => subjectsOf(bound).map(({ name }) => name))),
);

function isBound(graph: Graph, namespace = "", account: string): boolean {
  return boundAccounts(graph).has(`ServiceAccount ${namespace}/${account}`);
}
