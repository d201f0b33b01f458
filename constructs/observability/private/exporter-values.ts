import { CRITICAL_PRIORITY, type ReplicaSettings, resources } from "../../components/replicas";
import type { PrometheusStackProps } from "../prometheus-stack-options";
import { API_SERVER_DROPS, CADVISOR_DROPS, KUBE_STATE_DENIED, KUBELET_DROPS } from "./dropped-series";
import { NAMES } from "./stack-names";

/** Labels of nodes and namespaces that become labels of series. */
const NODE_LABELS = [
  "flightdeck.dev/pool",
  "node.kubernetes.io/instance-type",
  "eks.amazonaws.com/capacityType",
  "karpenter.sh/capacity-type",
  "topology.kubernetes.io/zone",
];
const NAMESPACE_LABELS = ["flightdeck.dev/team"];

/** Kinds that no rule asks for; without them kube-state-metrics may not read secrets and config maps either. */
const UNWATCHED_KINDS = [
  ...["certificatesigningrequests", "configmaps", "endpointslices", "ingresses", "leases", "limitranges"],
  ...["mutatingwebhookconfigurations", "networkpolicies", "replicationcontrollers", "secrets", "services"],
  ...["storageclasses", "validatingwebhookconfigurations", "volumeattachments"],
];

/** Interfaces that the pod network makes on a node, one for each pod. */
const POD_INTERFACES = "^(eni|veth|dummy|pod-id-link).*$";
const UNMOUNTED = "^/(dev|proc|sys|run/containerd/.+|var/lib/kubelet/.+)($|/)";
const NO_FILE_SYSTEMS = [
  ...["autofs", "binfmt_misc", "bpf", "cgroup2?", "configfs", "debugfs", "devpts", "devtmpfs", "erofs", "fusectl"],
  ...["hugetlbfs", "iso9660", "mqueue", "nsfs", "overlay", "proc", "procfs", "pstore", "rpc_pipefs", "securityfs"],
  ...["selinuxfs", "squashfs", "sysfs", "tmpfs", "tracefs"],
];

/** What replaces the relabelings of the chart where a list is given, and is one of them. */
const METRICS_PATH = { action: "replace", sourceLabels: ["__metrics_path__"], targetLabel: "metrics_path" };
const NODE = { action: "replace", sourceLabels: ["__meta_kubernetes_pod_node_name"], targetLabel: "node" };

/** Values of what is scraped besides the stack itself: control plane, nodes, objects. */
export function exporterValues(props: PrometheusStackProps, settings: ReplicaSettings): Record<string, unknown> {
  const off = { enabled: false };
  return {
    // EKS runs these where nobody reaches them, and kube-proxy listens on its node alone.
    ...{ kubeControllerManager: off, kubeScheduler: off, kubeEtcd: off, kubeProxy: off },
    kubeApiServer: { serviceMonitor: { metricRelabelings: API_SERVER_DROPS } },
    kubelet: kubeletValues(props),
    "kube-state-metrics": kubeStateValues(settings),
    "prometheus-node-exporter": nodeExporterValues(props),
  };
}

function kubeletValues({ scrapeIntervalSeconds = 30 }: PrometheusStackProps): Record<string, unknown> {
  return {
    serviceMonitor: {
      cAdvisorInterval: `${scrapeIntervalSeconds}s`,
      cAdvisorMetricRelabelings: CADVISOR_DROPS,
      cAdvisorRelabelings: [METRICS_PATH],
      metricRelabelings: KUBELET_DROPS,
      // A counter for each probe of each container, which restarts and readiness tell of as well.
      probes: false,
    },
  };
}

function kubeStateValues({ nodeSelector, tolerations }: ReplicaSettings): Record<string, unknown> {
  return {
    fullnameOverride: NAMES.kubeStateMetrics,
    // Two of them would say everything twice.
    replicas: 1,
    ...{ nodeSelector, tolerations, priorityClassName: CRITICAL_PRIORITY },
    resources: resources("50m", "128Mi", "1Gi"),
    metricLabelsAllowlist: [`nodes=[${NODE_LABELS.join(",")}]`, `namespaces=[${NAMESPACE_LABELS.join(",")}]`],
    metricDenylist: KUBE_STATE_DENIED,
    collectorsExclude: UNWATCHED_KINDS,
    selfMonitor: { enabled: true },
  };
}

function nodeExporterValues({ agentsNamespace }: PrometheusStackProps): Record<string, unknown> {
  return {
    fullnameOverride: NAMES.nodeExporter,
    namespaceOverride: agentsNamespace.namespaceName,
    priorityClassName: "system-node-critical",
    // Every node is looked at, whatever its taints keep off it.
    tolerations: [{ operator: "Exists" }],
    resources: resources("20m", "32Mi", "128Mi"),
    securityContext: { seccompProfile: { type: "RuntimeDefault" } },
    containerSecurityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
    // One node at a time would take hours where there are many.
    updateStrategy: { rollingUpdate: { maxUnavailable: "10%" } },
    extraArgs: [
      `--collector.filesystem.mount-points-exclude=${UNMOUNTED}`,
      `--collector.filesystem.fs-types-exclude=^(${NO_FILE_SYSTEMS.join("|")})$`,
      `--collector.netclass.ignored-devices=${POD_INTERFACES}`,
      `--collector.netdev.device-exclude=${POD_INTERFACES}`,
    ],
    prometheus: { monitor: { relabelings: [NODE] } },
  };
}
