import type { KubernetesObject } from "../kubernetes/kubernetes-object";
import { KWOK_USER } from "./pki/control-plane-certificates";

/** Name of what the sandbox itself has in a cluster. */
const NAME = "sandbox-kwok";
const ADMISSION = "admissionregistration.k8s.io/v1";
const RBAC = "rbac.authorization.k8s.io/v1";

const READ = ["get", "list", "watch"];

/** What kwok may do: read nodes, pods and volumes, write how they are, end pods, and make and unmake volumes. */
const KWOK_RULES = [
  { apiGroups: [""], resources: ["nodes", "persistentvolumeclaims"], verbs: READ },
  { apiGroups: [""], resources: ["nodes/status", "pods/status"], verbs: ["patch"] },
  { apiGroups: [""], resources: ["pods"], verbs: [...READ, "delete"] },
  { apiGroups: [""], resources: ["persistentvolumes"], verbs: [...READ, "create", "patch", "delete"] },
  { apiGroups: [""], resources: ["events"], verbs: ["create", "patch"] },
  { apiGroups: ["storage.k8s.io"], resources: ["volumeattachments"], verbs: READ },
  { apiGroups: ["storage.k8s.io"], resources: ["volumeattachments/status"], verbs: ["patch"] },
];

/**
 * What a cluster of the sandbox needs beyond what Kubernetes makes for itself.
 *
 * The two policies answer for programs that are only simulated. An API that such a program would serve is registered
 * without a server: with one, its group could not be listed, and no namespace could be deleted any more, since
 * Kubernetes cannot know what is left in it. A custom resource that such a program would convert between versions is
 * converted by Kubernetes itself, which changes the version and nothing else.
 */
export function clusterFoundation(): KubernetesObject[] {
  return [
    { apiVersion: RBAC, kind: "ClusterRole", metadata: { name: NAME }, rules: KWOK_RULES },
    {
      apiVersion: RBAC,
      kind: "ClusterRoleBinding",
      metadata: { name: NAME },
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: NAME },
      subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "User", name: KWOK_USER }],
    },
    ...mutation({
      name: "sandbox-served-apis",
      resource: { apiGroups: ["apiregistration.k8s.io"], apiVersions: ["v1"], resources: ["apiservices"] },
      when: "has(object.spec.service)",
      patch: `[JSONPatch{op: "remove", path: "/spec/service"}]
        + (has(object.spec.caBundle) ? [JSONPatch{op: "remove", path: "/spec/caBundle"}] : [])
        + (has(object.spec.insecureSkipTLSVerify) ? [JSONPatch{op: "remove", path: "/spec/insecureSkipTLSVerify"}] : [])`,
    }),
    ...mutation({
      name: "sandbox-conversion",
      resource: {
        apiGroups: ["apiextensions.k8s.io"],
        apiVersions: ["v1"],
        resources: ["customresourcedefinitions"],
      },
      when: "has(object.spec.conversion) && object.spec.conversion.strategy == 'Webhook'",
      patch: `[JSONPatch{op: "replace", path: "/spec/conversion", value: {"strategy": "None"}}]`,
    }),
  ];
}

interface Mutation {
  readonly name: string;
  readonly resource: object;
  /** CEL. */
  readonly when: string;
  /** CEL. */
  readonly patch: string;
}

function mutation({ name, resource, when, patch }: Mutation): KubernetesObject[] {
  return [
    {
      apiVersion: ADMISSION,
      kind: "MutatingAdmissionPolicy",
      metadata: { name },
      spec: {
        failurePolicy: "Fail",
        reinvocationPolicy: "IfNeeded",
        matchConstraints: { resourceRules: [{ ...resource, operations: ["CREATE", "UPDATE"] }] },
        matchConditions: [{ name: "simulated", expression: when }],
        mutations: [{ patchType: "JSONPatch", jsonPatch: { expression: patch } }],
      },
    },
    {
      apiVersion: ADMISSION,
      kind: "MutatingAdmissionPolicyBinding",
      metadata: { name },
      spec: { policyName: name },
    },
  ];
}
