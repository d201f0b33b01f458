import type { Toleration } from "../../core/placement";
import type { ManifestObject } from "../../kubernetes/manifest-object";
import { POOL_LABEL } from "../../components/gpu-pools";

/** What the objects of the Neuron device plugin differ in. */
export interface NeuronPluginSettings {
  readonly namespaceName: string;
  readonly image: string;
  /** Pools whose nodes it runs on. */
  readonly pools: readonly string[];
  readonly tolerations: readonly Toleration[];
  /** Whether it sees `/run` of the node. */
  readonly runOfNode: boolean;
}

/** Name of the plugin's release and of each of its objects. */
export const NEURON_PLUGIN = "neuron-device-plugin";

const LABELS = { "app.kubernetes.io/name": NEURON_PLUGIN };
const RBAC = "rbac.authorization.k8s.io";

/** The plugin: who it is, what it may do, and where it runs. */
export function neuronPluginObjects(settings: NeuronPluginSettings): ManifestObject[] {
  const { namespaceName: namespace } = settings;
  return [
    { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: NEURON_PLUGIN, namespace, labels: LABELS } },
    {
      apiVersion: `${RBAC}/v1`,
      kind: "ClusterRole",
      metadata: { name: NEURON_PLUGIN, labels: LABELS },
      rules: RULES,
    },
    {
      apiVersion: `${RBAC}/v1`,
      kind: "ClusterRoleBinding",
      metadata: { name: NEURON_PLUGIN, labels: LABELS },
      roleRef: { apiGroup: RBAC, kind: "ClusterRole", name: NEURON_PLUGIN },
      subjects: [{ kind: "ServiceAccount", name: NEURON_PLUGIN, namespace }],
    },
    daemonSet(settings),
  ];
}

/**
 * What both AWS's chart and AWS's operator for OpenShift give the plugin, whose code is not public: it asks the kubelet of its node
 * which pods hold devices (`nodes/proxy`, which a kubelet asks for as `get` alone), and reads and writes those pods. Besides, it may
 * look its node up, as it does at its start, and report. The chart lets it change the status of nodes too; the operator does not.
 *
 * @see https://github.com/aws-neuron/neuron-helm-charts/tree/main/charts/neuron-helm-chart/templates/device-plugin
 * @see https://github.com/awslabs/operator-for-ai-chips-on-aws/blob/main/config/rbac/kmm_device_plugin_cluster_role.yaml
 */
const RULES = [
  rule("pods", ["get", "list", "watch", "patch", "update"]),
  rule("nodes", ["get"]),
  rule("nodes/proxy", ["get"]),
  rule("events", ["create", "patch"]),
];

function rule(resource: string, verbs: readonly string[]): object {
  return { apiGroups: [""], resources: [resource], verbs };
}

function daemonSet(settings: NeuronPluginSettings): ManifestObject {
  const { namespaceName: namespace } = settings;
  return {
    apiVersion: "apps/v1",
    kind: "DaemonSet",
    metadata: { name: NEURON_PLUGIN, namespace, labels: LABELS },
    spec: {
      selector: { matchLabels: LABELS },
      // One node at a time would take longer than Helm waits where there are many.
      updateStrategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: "10%" } },
      template: { metadata: { labels: LABELS }, spec: podSpec(settings) },
    },
  };
}

function podSpec({ image, pools, tolerations, runOfNode }: NeuronPluginSettings): object {
  const paths = runOfNode ? [...HOST_PATHS, RUN] : HOST_PATHS;
  const matchExpressions = [{ key: POOL_LABEL, operator: "In", values: pools }];
  return {
    serviceAccountName: NEURON_PLUGIN,
    enableServiceLinks: false,
    priorityClassName: "system-node-critical",
    securityContext: { seccompProfile: { type: "RuntimeDefault" } },
    affinity: {
      nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions }] } },
    },
    tolerations,
    containers: [
      {
        name: NEURON_PLUGIN,
        image,
        imagePullPolicy: "IfNotPresent",
        env: [{ name: "NODE_NAME", valueFrom: { fieldRef: { fieldPath: "spec.nodeName" } } }],
        securityContext: { allowPrivilegeEscalation: false, privileged: false, capabilities: { drop: ["ALL"] } },
        resources: { requests: { cpu: "50m", memory: "128Mi" }, limits: { memory: "512Mi" } },
        volumeMounts: paths.map(({ name, path, ...access }) => ({ name, mountPath: path, ...access })),
      },
    ],
    volumes: paths.map(({ name, path }) => ({ name, hostPath: { path } })),
  };
}

interface HostPath {
  readonly name: string;
  readonly path: string;
  readonly readOnly?: boolean;
}

/** Where the kubelet and its plugins meet, and the settings of Neuron on the node. */
const HOST_PATHS: readonly HostPath[] = [
  { name: "device-plugins", path: "/var/lib/kubelet/device-plugins" },
  { name: "neuron-config", path: "/opt/aws", readOnly: true },
];
const RUN: HostPath = { name: "run", path: "/run" };
