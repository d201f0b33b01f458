import { objectRule } from "../../engine/rule";
import type { KubernetesObject } from "../../engine/subject";
import { fail, notApplicable, pass } from "../../engine/verdict";
import { namespaceObject } from "./private/example-objects";
import { objectsIn } from "./private/graph-objects";
import { isSystemNamespace } from "./private/workloads";

export const k8sNetworkPolicyDefaultDeny = objectRule({
  id: "FD-K8S-032",
  slug: "k8s-network-policy-default-deny",
  title: "Namespaces let nobody in until a policy says so",
  severity: "medium",
  packs: ["baseline", "cis-eks"],
  why: "Without such a policy every pod of the cluster reaches every other: a notebook talks to the tracking server's database, and a broken one to all of it.",
  fix: "Add a NetworkPolicy with an empty `podSelector`, `policyTypes: [Ingress]` and no rules, and policies for what may come in.",
  sameAs: { checkov: ["CKV2_K8S_6"] },
  kinds: ["Namespace"],
  judge: (namespace, { graph }) => {
    if (isSystemNamespace(namespace.name)) return notApplicable();
    const policies = objectsIn(graph, namespace.name, "NetworkPolicy");
    if (policies.some(deniesByDefault)) return pass();
    return fail(
      `no NetworkPolicy of namespace \`${namespace.name}\` closes all its pods to what no other policy lets in`,
    );
  },
  examples: {
    failing: { objects: [namespaceObject("serving")] },
    passing: {
      objects: [
        namespaceObject("serving"),
        {
          apiVersion: "networking.k8s.io/v1",
          kind: "NetworkPolicy",
          metadata: { name: "default-deny", namespace: "serving" },
          spec: { podSelector: {}, policyTypes: ["Ingress"] },
        },
      ],
    },
  },
});

/** Ingress is among the types of a policy that names none. */
function deniesByDefault(policy: KubernetesObject): boolean {
  const types = policy.each("spec.policyTypes");
  const ingress = types.length === 0 || types.some(({ literal }) => literal === "Ingress");
  return ingress && policy.at("spec.podSelector").keys.length === 0 && policy.each("spec.ingress").length === 0;
}
