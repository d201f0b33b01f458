import { createHash } from "node:crypto";
import { imageReference } from "../../../catalog";
import type { ManifestObject } from "../../kubernetes/manifest-object";
import { AGENT_RESOURCES, EVERY_NODE } from "./log-pipeline-agents";
import { fluentBitConfig, type FluentBitSettings, REDACT_SCRIPT } from "./log-pipeline-fluent-bit-config";

/** Name of the agent's objects, service account included. */
export const FLUENT_BIT = "fluent-bit";

const LABELS = { "app.kubernetes.io/name": FLUENT_BIT };
/** Port of its metrics. */
export const FLUENT_BIT_PORT = 2020;

/** The agent that sends the logs of its node to CloudWatch. The chart of AWS takes neither host paths of one's own nor Lua. */
export function fluentBitObjects(settings: FluentBitSettings, monitoring: boolean): readonly ManifestObject[] {
  const files = { "fluent-bit.conf": fluentBitConfig(settings), "redact.lua": REDACT_SCRIPT };
  const metadata = { name: FLUENT_BIT, labels: LABELS };
  return [
    { apiVersion: "v1", kind: "ServiceAccount", metadata },
    { apiVersion: "v1", kind: "ConfigMap", metadata, data: files },
    {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "ClusterRole",
      metadata,
      rules: [{ apiGroups: [""], resources: ["namespaces", "pods"], verbs: ["get", "list", "watch"] }],
    },
    {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "ClusterRoleBinding",
      metadata,
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: FLUENT_BIT },
      subjects: [{ kind: "ServiceAccount", name: FLUENT_BIT, namespace: settings.namespace }],
    },
    daemonSet(settings, createHash("sha256").update(JSON.stringify(files)).digest("hex")),
    ...(monitoring ? [podMonitor()] : []),
  ];
}

function daemonSet({ stateFolder }: FluentBitSettings, checksum: string): ManifestObject {
  const annotations = { "flightdeck.dev/config-checksum": checksum };
  return {
    apiVersion: "apps/v1",
    kind: "DaemonSet",
    metadata: { name: FLUENT_BIT, labels: LABELS },
    spec: {
      selector: { matchLabels: LABELS },
      updateStrategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: "10%" } },
      template: {
        metadata: { labels: LABELS, annotations },
        spec: {
          serviceAccountName: FLUENT_BIT,
          priorityClassName: "system-node-critical",
          nodeSelector: { "kubernetes.io/os": "linux" },
          tolerations: EVERY_NODE,
          securityContext: { seccompProfile: { type: "RuntimeDefault" } },
          containers: [container(stateFolder)],
          volumes: [
            { name: "config", configMap: { name: FLUENT_BIT } },
            { name: "logs", hostPath: { path: "/var/log" } },
            { name: "state", hostPath: { path: stateFolder, type: "DirectoryOrCreate" } },
            { name: "temporary", emptyDir: { sizeLimit: "16Mi" } },
          ],
        },
      },
    },
  };
}

/** Log files belong to root and nobody else may read them. */
function container(stateFolder: string): Record<string, unknown> {
  const probe = (path: string) => ({ httpGet: { path, port: "metrics" }, periodSeconds: 30, timeoutSeconds: 5 });
  return {
    name: FLUENT_BIT,
    image: imageReference("fluent-bit"),
    ports: [{ name: "metrics", containerPort: FLUENT_BIT_PORT }],
    resources: AGENT_RESOURCES,
    livenessProbe: { ...probe("/"), initialDelaySeconds: 30 },
    readinessProbe: probe("/api/v1/health"),
    securityContext: {
      runAsUser: 0,
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    },
    volumeMounts: [
      { name: "config", mountPath: "/fluent-bit/etc", readOnly: true },
      { name: "logs", mountPath: "/var/log", readOnly: true },
      { name: "state", mountPath: stateFolder },
      { name: "temporary", mountPath: "/tmp" },
    ],
  };
}

function podMonitor(): ManifestObject {
  return {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "PodMonitor",
    metadata: { name: FLUENT_BIT, labels: LABELS },
    spec: {
      selector: { matchLabels: LABELS },
      podMetricsEndpoints: [{ port: "metrics", path: "/api/v2/metrics/prometheus", interval: "60s" }],
    },
  };
}
