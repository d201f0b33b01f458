/** Folder of the node where an agent notes how far it has read, so that a new one goes on there. */
const POSITIONS = "/var/lib/flightdeck-logs";

/** Port of an agent's metrics and probes. */
export const AGENT_PORT = 12345;

/** On every node, whatever taints it has: a node whose logs are missing is the one that somebody looks for. */
export const EVERY_NODE = [{ operator: "Exists" }];
export const AGENT_RESOURCES = { requests: { cpu: "50m", memory: "128Mi" }, limits: { memory: "512Mi" } };

/** Values of the agent on each node. */
export function podAgentValues(config: string, monitoring: boolean): Record<string, unknown> {
  return {
    ...sharedValues(monitoring),
    // Log files belong to root and nobody else may read them.
    alloy: alloyValues(config, {
      mounts: { varlog: true, extra: [{ name: "positions", mountPath: POSITIONS }] },
      storagePath: POSITIONS,
      securityContext: { ...CONTAINER_SECURITY, runAsUser: 0, runAsGroup: 0, runAsNonRoot: false },
    }),
    rbac: mayRead("pods"),
    controller: {
      type: "daemonset",
      tolerations: EVERY_NODE,
      priorityClassName: "system-node-critical",
      // One node at a time would take longer than Helm waits where there are many.
      updateStrategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: "10%" } },
      volumes: { extra: [{ name: "positions", hostPath: { path: POSITIONS, type: "DirectoryOrCreate" } }] },
    },
  };
}

/** Values of the one that reads events. What it had read it reads anew when it moves; Loki keeps each entry once. */
export function eventAgentValues(
  config: string,
  monitoring: boolean,
  place: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return {
    ...sharedValues(monitoring),
    fullnameOverride: "alloy-events",
    alloy: alloyValues(config, {
      mounts: { extra: [{ name: "data", mountPath: "/tmp/alloy" }] },
      securityContext: { ...CONTAINER_SECURITY, runAsUser: 10001, runAsGroup: 10001, runAsNonRoot: true },
    }),
    rbac: mayRead("events"),
    controller: {
      type: "deployment",
      replicas: 1,
      ...place,
      updateStrategy: { type: "Recreate" },
      volumes: { extra: [{ name: "data", emptyDir: { sizeLimit: "64Mi" } }] },
    },
  };
}

/** The chart prints two lists one after the other, so neither may be empty. */
function mayRead(resource: string): Record<string, unknown> {
  const reading = (name: string) => ({ apiGroups: [""], resources: [name], verbs: ["get", "list", "watch"] });
  return { rules: [reading(resource)], clusterRules: [reading("namespaces")] };
}

const CONTAINER_SECURITY = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ["ALL"] },
  seccompProfile: { type: "RuntimeDefault" },
};

function sharedValues(monitoring: boolean): Record<string, unknown> {
  return {
    crds: { create: false },
    serviceMonitor: {
      enabled: monitoring,
      relabelings: [{ sourceLabels: ["__meta_kubernetes_pod_node_name"], targetLabel: "node" }],
    },
    // A change of the configuration is a change of the release, which replaces the pods.
    configReloader: { enabled: false },
  };
}

function alloyValues(config: string, own: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return {
    configMap: { content: config },
    enableReporting: false,
    resources: AGENT_RESOURCES,
    livenessProbe: { httpGet: { path: "/-/ready", port: AGENT_PORT }, initialDelaySeconds: 30, periodSeconds: 30 },
    ...own,
  };
}
