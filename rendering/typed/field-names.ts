/** Words that Kubernetes writes in capitals behind a field's first word. */
const CAPITALS: Readonly<Record<string, string>> = {
  cidr: "CIDR",
  cidrs: "CIDRs",
  id: "ID",
  ip: "IP",
  ipc: "IPC",
  ips: "IPs",
  pid: "PID",
  tls: "TLS",
  uri: "URI",
  urls: "URLs",
  uuid: "UUID",
};

/** Fields whose name follows no rule. */
const NAMES: Readonly<Record<string, string>> = {
  ceph_fs: "cephfs",
  ceph_monitors: "monitors",
  condition: "conditions",
  data_disk_uri: "diskURI",
  downward_api: "downwardAPI",
  endpoints_name: "endpoints",
  insecure_skip_tls_verify: "insecureSkipTLSVerify",
  pd_id: "pdID",
  rados_user: "user",
  rbd_image: "image",
  rbd_pool: "pool",
  run_as_username: "runAsUserName",
  storage_provisioner: "provisioner",
  target_ww_ns: "targetWWNs",
  timezone: "timeZone",
};

/**
 * Blocks that the provider names in the singular, or as Kubernetes does, and repeats: the lists of the object.
 *
 * @see https://github.com/hashicorp/terraform-provider-kubernetes/tree/v2.38.0/kubernetes its `expand…` functions
 */
const LISTS: Readonly<Record<string, string>> = {
  address: "addresses",
  cluster_role_selectors: "clusterRoleSelectors",
  container: "containers",
  egress: "egress",
  endpoint: "endpoints",
  env: "env",
  env_from: "envFrom",
  from: "from",
  host_aliases: "hostAliases",
  http_header: "httpHeaders",
  image_pull_secret: "imagePullSecrets",
  image_pull_secrets: "imagePullSecrets",
  ingress: "ingress",
  init_container: "initContainers",
  items: "items",
  limit: "limits",
  match_condition: "matchConditions",
  match_expression: "matchExpressions",
  match_expressions: "matchExpressions",
  match_fields: "matchFields",
  match_label_expressions: "matchLabelExpressions",
  metric: "metrics",
  node_selector_term: "nodeSelectorTerms",
  not_ready_address: "notReadyAddresses",
  on_pod_condition: "onPodConditions",
  option: "options",
  path: "paths",
  policy: "policies",
  port: "ports",
  ports: "ports",
  preferred_during_scheduling_ignored_during_execution: "preferredDuringSchedulingIgnoredDuringExecution",
  readiness_gate: "readinessGates",
  required_during_scheduling_ignored_during_execution: "requiredDuringSchedulingIgnoredDuringExecution",
  resource_class: "resourceClasses",
  rule: "rules",
  secret: "secrets",
  sources: "sources",
  subject: "subjects",
  subset: "subsets",
  sysctl: "sysctls",
  tls: "tls",
  to: "to",
  token_request: "tokenRequests",
  token_requests: "tokenRequests",
  toleration: "tolerations",
  topology_spread_constraint: "topologySpreadConstraints",
  volume: "volumes",
  volume_claim_template: "volumeClaimTemplates",
  volume_device: "volumeDevices",
  volume_mount: "volumeMounts",
  webhook: "webhooks",
};

/** Blocks whose keys are the user's. */
const MAPS: ReadonlySet<string> = new Set([
  "annotations",
  "binary_data",
  "binary_data_wo",
  "data",
  "data_wo",
  "default",
  "default_request",
  "hard",
  "labels",
  "limits",
  "match_labels",
  "max",
  "max_limit_request_ratio",
  "min",
  "node_selector",
  "parameters",
  "pod_fixed",
  "requests",
  "volume_attributes",
]);

/** Name of a field in the object, e.g. `clusterIP` for `cluster_ip`. */
export function fieldName(argument: string): string {
  const known = NAMES[argument];
  if (known !== undefined) return known;
  const [first = "", ...others] = argument.split("_");
  return [first, ...others.map((word) => CAPITALS[word] ?? word.charAt(0).toUpperCase() + word.slice(1))].join("");
}

/** Name of the list that a repeated block is in the object, e.g. `containers` for `container`; undefined for other blocks. */
export function listName(argument: string): string | undefined {
  return LISTS[argument];
}

/** True for a block whose keys are the user's, as in labels. */
export function isMap(argument: string): boolean {
  return MAPS.has(argument);
}
