import { mustNotBe } from "../../engine/expect";
import { WORKLOAD_KINDS } from "../../engine/pod-spec";
import { objectRule } from "../../engine/rule";
import { fail, notApplicable, unknown } from "../../engine/verdict";
import { deployment } from "./private/example-objects";

const KINDS = [...WORKLOAD_KINDS, "Service", "ServiceAccount", "ConfigMap", "Secret", "Role", "RoleBinding", "Ingress"];
/** Objects that Kubernetes itself puts there. */
const ITS_OWN = new Set(["ServiceAccount default", "Service kubernetes", "ConfigMap kube-root-ca.crt"]);

/** The Kubernetes provider takes `default` where nothing is said; a file without a namespace lands wherever it is applied. */
export const k8sNamespaceNotDefault = objectRule({
  id: "FD-K8S-017",
  slug: "k8s-namespace-not-default",
  title: "Nothing runs in the namespace `default`",
  severity: "low",
  packs: ["baseline", "cis-eks"],
  why: "That namespace has no owner, no quota, no network policy and no standard for its pods.",
  fix: "Set `metadata.namespace` to the namespace of the team or service.",
  sameAs: { checkov: ["CKV_K8S_21"], trivy: ["KSV-0110"] },
  kinds: KINDS,
  judge: (object) => {
    const namespace = object.at("metadata.namespace");
    if (ITS_OWN.has(`${object.kind} ${object.name}`)) return notApplicable();
    if (!namespace.absent) return mustNotBe(namespace, "default");
    const about = { attribute: namespace.path };
    if (object.address.startsWith("kubernetes_"))
      return fail(`\`${namespace.path}\` must be set: without it the provider takes \`default\``, about);
    return unknown(
      `\`${namespace.path}\` is not set: the namespace is the one that is current when it is applied`,
      about,
    );
  },
  examples: {
    failing: { objects: [deployment({ namespace: "default" })] },
    passing: { objects: [deployment({ namespace: "serving" })] },
    unknown: { objects: [{ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "settings" } }] },
  },
});
