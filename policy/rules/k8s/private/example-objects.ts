type Fields = Readonly<Record<string, unknown>>;

/** What an example says of a workload. */
interface WorkloadParts {
  /** @default "router" */
  readonly name?: string;
  /** @default "serving" */
  readonly namespace?: string;
  /** Fields of its first container, which is called `server`. */
  readonly container?: Fields;
  /** Fields of its pods. */
  readonly pod?: Fields;
  /** Fields of its specification. */
  readonly spec?: Fields;
  /** Labels of the object. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** A Deployment for examples; its pods carry the label `app` with its name. */
export function deployment(parts: WorkloadParts = {}): Fields {
  const { name = "router", spec } = parts;
  const selector = { matchLabels: { app: name } };
  return plainObject("apps/v1", "Deployment", parts, { selector, template: template(parts), ...spec });
}

/** A Job for examples. */
export function job(parts: WorkloadParts = {}): Fields {
  return plainObject("batch/v1", "Job", parts, { template: template(parts), ...parts.spec });
}

/** An object for examples. */
export function plainObject(apiVersion: string, kind: string, parts: WorkloadParts, spec: Fields): Fields {
  return { apiVersion, kind, metadata: metadataOf(parts), spec };
}

/** A namespace for examples. */
export function namespaceObject(name: string, labels: Readonly<Record<string, string>> = {}): Fields {
  return { apiVersion: "v1", kind: "Namespace", metadata: { name, labels } };
}

/** A ClusterRole with one permission, for examples. */
export function clusterRole(rule: Fields): Fields {
  const metadata = { name: "deployer" };
  return { apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRole", metadata, rules: [rule] };
}

/** A binding of a ClusterRole to one subject, for examples. */
export function roleBinding(kind: "ClusterRoleBinding" | "RoleBinding", role: string, subject: Fields): Fields {
  const metadata = { name: role, ...(kind === "RoleBinding" && { namespace: "serving" }) };
  const roleRef = { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: role };
  return { apiVersion: "rbac.authorization.k8s.io/v1", kind, metadata, roleRef, subjects: [subject] };
}

/** The storage class `gp3` on EBS, for examples. */
export function ebsClass(parameters: Fields, reclaimPolicy = "Delete"): Fields {
  const head = { apiVersion: "storage.k8s.io/v1", kind: "StorageClass", metadata: { name: "gp3" } };
  return { ...head, provisioner: "ebs.csi.aws.com", parameters, reclaimPolicy };
}

function template({ name = "router", container, pod }: WorkloadParts): Fields {
  const server = { name: "server", image: "registry.example.com/router:1.4.0", ...container };
  return { metadata: { labels: { app: name } }, spec: { ...pod, containers: [server] } };
}

function metadataOf({ name = "router", namespace: where = "serving", labels }: WorkloadParts): Fields {
  return { name, namespace: where, ...(labels && { labels }) };
}
