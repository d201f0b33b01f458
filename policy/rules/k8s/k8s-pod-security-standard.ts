import { mustBeOneOf } from "../../engine/expect";
import { objectRule } from "../../engine/rule";
import { notApplicable } from "../../engine/verdict";
import { namespaceObject } from "./private/example-objects";
import { isSystemNamespace } from "./private/workloads";

const LABEL = ["metadata", "labels", "pod-security.kubernetes.io/enforce"];

export const k8sPodSecurityStandard = objectRule({
  id: "FD-K8S-033",
  slug: "k8s-pod-security-standard",
  title: "Namespaces refuse pods that could take over their node",
  severity: "medium",
  packs: ["baseline", "cis-eks"],
  why: "Checks of what is written down miss what is applied by hand or made by an operator; the API server itself refuses such pods once the namespace is labelled.",
  fix: "Label the namespace `pod-security.kubernetes.io/enforce: restricted`, or `baseline`. A namespace for agents of nodes needs `privileged`, and a waiver that says why.",
  kinds: ["Namespace"],
  judge: (namespace) =>
    isSystemNamespace(namespace.name) ? notApplicable() : mustBeOneOf(namespace.at(LABEL), ["restricted", "baseline"]),
  examples: {
    failing: { objects: [namespaceObject("serving")] },
    passing: { objects: [namespaceObject("serving", { "pod-security.kubernetes.io/enforce": "restricted" })] },
    unknown: { objects: [namespaceObject("serving", { "pod-security.kubernetes.io/enforce": "${var.level}" })] },
  },
});
