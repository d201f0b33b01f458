type Fields = Readonly<Record<string, unknown>>;

/**
 * Fills in what the provider sends when nothing is said and Kubernetes itself would choose otherwise.
 *
 * @see https://github.com/hashicorp/terraform-provider-kubernetes/tree/v2.38.0/kubernetes the `Default` of its schemas
 */
export function fillDefaults(kind: string, fields: Fields): Fields {
  if (kind === "StorageClass") return { allowVolumeExpansion: true, ...fields };
  if (kind === "Job") return changeSpec(fields, jobSpec);
  if (kind === "CronJob") {
    return changeSpec(fields, (spec) => change(spec, "jobTemplate", (template) => change(template, "spec", jobSpec)));
  }
  if (kind === "Pod") return changeSpec(fields, podSpec);
  return changeSpec(fields, templateSpec);
}

function changeSpec(fields: Fields, how: (spec: Fields) => Fields): Fields {
  return change(fields, "spec", how);
}

function jobSpec(spec: Fields): Fields {
  return templateSpec({ completions: 1, ...spec });
}

function templateSpec(spec: Fields): Fields {
  return change(spec, "template", (template) => change(template, "spec", podSpec));
}

/** A pod without a word on it mounts its token, whatever its service account says. */
function podSpec(spec: Fields): Fields {
  const filled = { automountServiceAccountToken: true, ...spec };
  const lists = ["containers", "initContainers"].reduce<Fields>(
    (pod, list) => changeEach(pod, list, (container) => change(container, "securityContext", seccomp)),
    change(filled, "securityContext", seccomp),
  );
  return changeEach(lists, "topologySpreadConstraints", (constraint) => ({
    maxSkew: 1,
    whenUnsatisfiable: "DoNotSchedule",
    ...constraint,
  }));
}

function seccomp(context: Fields): Fields {
  return change(context, "seccompProfile", (profile) => ({ type: "Unconfined", ...profile }));
}

function change(fields: Fields, name: string, how: (inner: Fields) => Fields): Fields {
  const inner = fields[name];
  return isFields(inner) ? { ...fields, [name]: how(inner) } : fields;
}

function changeEach(fields: Fields, name: string, how: (inner: Fields) => Fields): Fields {
  const list = fields[name];
  if (!Array.isArray(list)) return fields;
  return { ...fields, [name]: list.map((item: unknown) => (isFields(item) ? how(item) : item)) };
}

function isFields(value: unknown): value is Fields {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
