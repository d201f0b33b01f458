import { at, objectOf, put } from "./mutant";
import type { Block, CompliantEnvironment, Mutant } from "./mutant";

const POD = "spec.template.spec";
const CONTAINER = `${POD}.containers`;

/** The model server on a GPU loses or gains one thing. */
function embedder(rule: string, what: string, path: string, value: unknown): Mutant {
  return breaks(rule, what, ["Deployment", "embedder"], path, value);
}

/** The gateway, which has no GPU, does. */
function gateway(rule: string, what: string, path: string, value: unknown): Mutant {
  return breaks(rule, what, ["Deployment", "gateway"], path, value);
}

function breaks(
  rule: string,
  what: string,
  [kind, name]: readonly [string, string],
  path: string,
  value: unknown,
): Mutant {
  return { rule, what, change: (environment) => put(objectOf(environment, kind, name), path, value) };
}

/** Takes the first object of a kind whose name and namespace are these away. */
function remove({ objects }: CompliantEnvironment, kind: string, namespace: string, name: string): void {
  const index = objects.findIndex(
    (object) =>
      object.kind === kind && at(object, "metadata.namespace") === namespace && at(object, "metadata.name") === name,
  );
  if (index < 0) throw new Error(`the environment has no ${kind} ${namespace}/${name}`);
  objects.splice(index, 1);
}

/** Changes a map whose keys have dots. */
function entry(object: Block, path: string, key: string, value: unknown): void {
  const map = at(object, path) as Block;
  if (value === undefined) Reflect.deleteProperty(map, key);
  else map[key] = value;
}

const ROLE = ["ClusterRole", "model-reader"] as const;
const BINDING = ["ClusterRoleBinding", "model-reader"] as const;

export const mutants: readonly Mutant[] = [
  embedder("FD-K8S-001", "a model server is privileged", `${CONTAINER}.securityContext.privileged`, true),
  embedder("FD-K8S-002", "a process may gain rights", `${CONTAINER}.securityContext.allowPrivilegeEscalation`, true),
  embedder(
    "FD-K8S-002",
    "nothing is said of gaining rights",
    `${CONTAINER}.securityContext.allowPrivilegeEscalation`,
    undefined,
  ),
  embedder("FD-K8S-003", "a pod with GPUs is on the network of its node", `${POD}.hostNetwork`, true),
  embedder("FD-K8S-003", "a pod sees the processes of its node", `${POD}.hostPID`, true),
  embedder("FD-K8S-004", "a port of the node is taken", `${CONTAINER}.ports.hostPort`, 8000),
  embedder(
    "FD-K8S-005",
    "a container writes to its image",
    `${CONTAINER}.securityContext.readOnlyRootFilesystem`,
    false,
  ),
  embedder("FD-K8S-006", "pods run as root", `${POD}.securityContext.runAsUser`, 0),
  embedder("FD-K8S-007", "pods run as a user that nodes have too", `${POD}.securityContext.runAsUser`, 1000),
  embedder("FD-K8S-008", "only NET_RAW is given up", `${CONTAINER}.securityContext.capabilities.drop`, ["NET_RAW"]),
  embedder("FD-K8S-009", "SYS_ADMIN is added", `${CONTAINER}.securityContext.capabilities.add`, ["SYS_ADMIN"]),
  breaks(
    "FD-K8S-010",
    "a job says nothing of the CPU it needs",
    ["Job", "evaluate"],
    `${CONTAINER}.resources.limits.cpu`,
    undefined,
  ),
  embedder("FD-K8S-011", "memory has no limit", `${CONTAINER}.resources.limits.memory`, undefined),
  embedder("FD-K8S-012", "CPU has no limit", `${CONTAINER}.resources.limits.cpu`, undefined),
  embedder("FD-K8S-013", "nobody asks whether a server hangs", `${CONTAINER}.livenessProbe`, undefined),
  embedder("FD-K8S-014", "a server gets requests before its model is loaded", `${CONTAINER}.readinessProbe`, undefined),
  embedder("FD-K8S-015", "the image is the latest one", `${CONTAINER}.image`, "public.ecr.aws/atlas/embedder:latest"),
  embedder("FD-K8S-015", "the image has no tag", `${CONTAINER}.image`, "public.ecr.aws/atlas/embedder"),
  embedder("FD-K8S-016", "the image has no digest", `${CONTAINER}.image`, "public.ecr.aws/atlas/embedder:1.4.0"),
  breaks(
    "FD-K8S-017",
    "settings are put into the namespace default",
    ["ConfigMap", "gateway"],
    "metadata.namespace",
    "default",
  ),
  gateway("FD-K8S-018", "pods that use no API get a token", `${POD}.automountServiceAccountToken`, true),
  gateway("FD-K8S-019", "every system call is allowed", `${POD}.securityContext.seccompProfile.type`, "Unconfined"),
  gateway("FD-K8S-020", "the socket of the runtime is mounted", `${POD}.volumes.1`, {
    name: "docker",
    hostPath: { path: "/var/run/docker.sock" },
  }),
  gateway("FD-K8S-021", "a folder of the node is mounted", `${POD}.volumes.1`, {
    name: "data",
    hostPath: { path: "/mnt/data" },
  }),
  gateway("FD-K8S-022", "a secret is handed over in the environment", `${CONTAINER}.envFrom`, [
    { secretRef: { name: "db" } },
  ]),
  gateway("FD-K8S-023", "a password stands in the definition of a pod", `${CONTAINER}.env`, [
    { name: "DB_PASSWORD", value: "correct-horse" },
  ]),
  breaks(
    "FD-K8S-024",
    "a key of an API stands in a ConfigMap",
    ["ConfigMap", "gateway"],
    "data.API_KEY",
    "c0rrect-h0rse",
  ),
  {
    rule: "FD-K8S-024",
    what: "a configuration file holds a password",
    change: (environment) =>
      entry(objectOf(environment, "ConfigMap", "gateway"), "data", "settings.yaml", "db:\n  password: correct-horse\n"),
  },
  breaks("FD-K8S-025", "a Secret is written down", ["Secret", "ci-token"], "stringData.password", "correct-horse"),
  breaks("FD-K8S-026", "a role allows every verb", ROLE, "rules.verbs", ["*"]),
  breaks("FD-K8S-026", "a role is for every API", ROLE, "rules.apiGroups", ["*"]),
  breaks("FD-K8S-027", "a service account is cluster-admin", BINDING, "roleRef.name", "cluster-admin"),
  breaks("FD-K8S-028", "a role may act as anyone", ROLE, "rules.0", {
    apiGroups: [""],
    resources: ["users"],
    verbs: ["impersonate"],
  }),
  breaks("FD-K8S-029", "a role reads the secrets of all namespaces", ROLE, "rules.0", {
    apiGroups: [""],
    resources: ["secrets"],
    verbs: ["list"],
  }),
  breaks("FD-K8S-030", "the default account has a role", BINDING, "subjects.name", "default"),
  breaks(
    "FD-K8S-030",
    "the default account has a token",
    ["ServiceAccount", "default"],
    "automountServiceAccountToken",
    true,
  ),
  breaks("FD-K8S-031", "everyone has a role", BINDING, "subjects.0", { kind: "Group", name: "system:authenticated" }),
  {
    rule: "FD-K8S-032",
    what: "a namespace has no policy that closes it",
    change: (environment) => remove(environment, "NetworkPolicy", "inference", "default-deny"),
  },
  {
    rule: "FD-K8S-032",
    what: "the policy that closes a namespace lets everyone in",
    change: (environment) => put(objectOf(environment, "NetworkPolicy", "default-deny"), "spec.ingress", [{}]),
  },
  {
    rule: "FD-K8S-033",
    what: "a namespace takes privileged pods",
    change: (environment) =>
      entry(
        objectOf(environment, "Namespace", "inference"),
        "metadata.labels",
        "pod-security.kubernetes.io/enforce",
        "privileged",
      ),
  },
  breaks("FD-K8S-034", "an ingress speaks plain HTTP", ["Ingress", "gateway"], "spec.tls", undefined),
  breaks("FD-K8S-035", "a service claims an address", ["Service", "gateway"], "spec.externalIPs", ["203.0.113.7"]),
  breaks("FD-K8S-036", "a service opens a port on every node", ["Service", "gateway"], "spec.type", "NodePort"),
  breaks(
    "FD-K8S-037",
    "a budget is of a version that is gone",
    ["PodDisruptionBudget", "gateway"],
    "apiVersion",
    "policy/v1beta1",
  ),
  {
    rule: "FD-K8S-038",
    what: "a model server has no budget",
    change: (environment) => remove(environment, "PodDisruptionBudget", "inference", "embedder"),
  },
  breaks(
    "FD-K8S-039",
    "a budget lets no node be emptied",
    ["PodDisruptionBudget", "gateway"],
    "spec.maxUnavailable",
    0,
  ),
  gateway("FD-K8S-040", "a gateway runs once", "spec.replicas", 1),
  breaks("FD-K8S-040", "a model server may shrink to one", ["ScaledObject", "embedder"], "spec.minReplicaCount", 1),
  gateway("FD-K8S-041", "replicas may stand on one node", `${POD}.topologySpreadConstraints`, undefined),
  embedder(
    "FD-K8S-042",
    "an image is a stranger's",
    `${CONTAINER}.image`,
    `someone/embedder:1.4.0@sha256:${"0a".repeat(32)}`,
  ),
  breaks("FD-K8S-043", "volumes are not encrypted", ["StorageClass", "gp3-retained"], "parameters.encrypted", "false"),
  breaks(
    "FD-K8S-044",
    "volumes have the key of AWS",
    ["StorageClass", "gp3-retained"],
    "parameters.kmsKeyId",
    undefined,
  ),
  breaks(
    "FD-K8S-045",
    "a claim is for a class that is not there",
    ["PersistentVolumeClaim", "index"],
    "spec.storageClassName",
    "io2",
  ),
  breaks(
    "FD-K8S-046",
    "a volume goes with its claim",
    ["PersistentVolumeClaim", "index"],
    "spec.storageClassName",
    "gp3",
  ),
  {
    rule: "FD-K8S-047",
    what: "a namespace has neither quota nor limits",
    change: (environment) => remove(environment, "LimitRange", "cert-manager", "flightdeck"),
  },
  embedder("FD-K8S-048", "a model server is ended at once", `${POD}.terminationGracePeriodSeconds`, 5),
  embedder("FD-K8S-049", "shared memory has no size", `${POD}.volumes.0.emptyDir.sizeLimit`, undefined),
  embedder("FD-K8S-050", "a scratch directory has no size", `${POD}.volumes.1.emptyDir.sizeLimit`, undefined),
  breaks("FD-K8S-051", "a role reads whatever an API has", ROLE, "rules.resources", ["*"]),
];
