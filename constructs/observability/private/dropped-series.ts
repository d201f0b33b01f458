/** A rule by which Prometheus drops series before it keeps them. */
export interface DropRule {
  readonly action: "drop";
  readonly sourceLabels: readonly string[];
  readonly regex: string;
}

/**
 * What the kubelets tell of themselves in histograms: some hundred series for each node, and on every node the same. Their sums
 * and counts stay, so that averages can be had.
 */
export const KUBELET_DROPS: readonly DropRule[] = [
  byName(
    "(kubelet|rest_client|storage_operation|csi_operations|volume_operation|workqueue|apiserver|plugin_manager)_.+_bucket",
  ),
  byName("kubernetes_feature_enabled|apiserver_(audit|webhooks)_.+|get_token_.+|aggregator_.+"),
];

/**
 * What cAdvisor tells of every container and no rule asks: the chart's own list, which a list given here replaces, with pressure
 * and block devices, which have one series for each container and device.
 */
export const CADVISOR_DROPS: readonly DropRule[] = [
  byName("container_cpu_(cfs_throttled_seconds_total|load_average_10s|system_seconds_total|user_seconds_total)"),
  byName("container_(blkio|pressure|spec)_.+|container_(file_descriptors|tasks_state|threads_max|sockets|last_seen)"),
  byName(
    "container_fs_(inodes_.+|io_.+|read_seconds_total|reads_merged_total|sector_.+|write_seconds_total|writes_merged_total)",
  ),
  byName("container_memory_(mapped_file|swap|failcnt|failures_total|kernel_usage|total_.+)"),
  byName("container_network_(tcp|udp|tcp6|udp6|advance_tcp)_.+"),
  // Interfaces of the pod network as the node sees them: each pod's own are counted in the pod.
  {
    action: "drop",
    sourceLabels: ["__name__", "interface"],
    regex: "container_network_.+;(eni|veth|dummy|pod-id-link).*",
  },
  // Groups that belong to no pod: the node exporter counts the node.
  { action: "drop", sourceLabels: ["id", "pod"], regex: ".+;" },
];

/**
 * Histograms of the API server have a series for each verb, kind, scope and bound, tens of thousands in all. The time that
 * requests take keeps five bounds; all others keep their sums and counts.
 */
export const API_SERVER_DROPS: readonly DropRule[] = [
  byName("(etcd|workqueue|rest_client|authentication|authorization|aggregator|field_validation)_.+_bucket"),
  byName(
    "apiserver_(admission|cache|cel|current|delegated|encryption|flowcontrol|request_body|request_filter|request_sli|request_slo|response|storage|watch)_.+_bucket",
  ),
  byName("apiserver_flowcontrol_(priority_level_(request_utilization|seat_utilization)|read_vs_write|watch_count).+"),
  byName("kubernetes_feature_enabled"),
  {
    action: "drop",
    sourceLabels: ["__name__", "le"],
    regex:
      "apiserver_request_duration_seconds_bucket;" +
      "(0\\.005|0\\.025|0\\.05|0\\.2|0\\.4|0\\.6|0\\.8|1\\.25|1\\.5|2|3|4|6|8|10|15|20|45|60)(\\.0)?",
  },
];

/** Several series for each pod or object that no rule asks; the labels of kube-state-metrics hold what matters of them. */
export const KUBE_STATE_DENIED: readonly string[] = [
  ...[
    "kube_pod_tolerations",
    "kube_pod_ips",
    "kube_pod_scheduler",
    "kube_pod_service_account",
    "kube_pod_restart_policy",
  ],
  ...["kube_pod_status_qos_class", "kube_pod_container_state_started", "kube_.+_metadata_resource_version"],
];

function byName(regex: string): DropRule {
  return { action: "drop", sourceLabels: ["__name__"], regex };
}
