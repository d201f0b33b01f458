import type { ICluster } from "../../cluster/cluster";
import { CRITICAL_PRIORITY, type ReplicaSettings } from "../../components/replicas";
import type { PrometheusStackProps, RemoteWriteOptions } from "../prometheus-stack-options";
import type { PrometheusSize } from "./prometheus-sizing";
import { POD_LABELS } from "./stack-names";
import { spreadOverZones, volume } from "./stateful-values";

/** The Kubernetes secret with the token for remote write, and its key. */
export const REMOTE_WRITE_SECRET = { name: "prometheus-remote-write", key: "token" } as const;

/** Managed Prometheus and Mimir drop the samples of all replicas but one by this label. */
const DEDUPLICATION_LABEL = "__replica__";

/** Recorded series have a colon in their names, and no others have. */
const RECORDED = ".+:.+|ALERTS|ALERTS_FOR_STATE|up";

/** How many Prometheus servers there are. */
export function prometheusReplicas({ replicas, highAvailability = true }: PrometheusStackProps): number {
  return replicas ?? (highAvailability ? 2 : 1);
}

/** Values of Prometheus itself. */
export function prometheusValues(
  props: PrometheusStackProps,
  size: PrometheusSize,
  { nodeSelector, tolerations }: ReplicaSettings,
): Record<string, unknown> {
  const { cluster, retentionDays = 15, scrapeIntervalSeconds = 30, remoteWrite, links } = props;
  const replicas = prometheusReplicas(props);
  const { cpu, memory, memoryLimit } = size.resources;
  return {
    ...shared(replicas),
    prometheusSpec: {
      replicas,
      retention: `${retentionDays}d`,
      retentionSize: `${size.retentionGiB}GiB`,
      walCompression: true,
      storageSpec: volume(props, `${size.storageGiB}Gi`),
      resources: { requests: { cpu, memory }, limits: { memory: memoryLimit } },
      ...{ nodeSelector, tolerations, priorityClassName: CRITICAL_PRIORITY },
      podAntiAffinity: replicas > 1 ? "hard" : "soft",
      topologySpreadConstraints: spreadOverZones(POD_LABELS.prometheus),
      scrapeInterval: `${scrapeIntervalSeconds}s`,
      evaluationInterval: "30s",
      // Dropped targets are kept in memory, each pod of the cluster once for each monitor.
      keepDroppedTargets: 100,
      enableAdminAPI: false,
      enableRemoteWriteReceiver: props.remoteWriteReceiver ?? false,
      serviceDiscoveryRole: "EndpointSlice",
      externalLabels: externalLabels(cluster),
      ...(links?.prometheus !== undefined && { externalUrl: links.prometheus }),
      ...seeEverything(),
      ...(remoteWrite && remoteWriteValues(remoteWrite)),
    },
  };
}

/** Labels of every series that leaves Prometheus: which environment it is of. */
export function externalLabels({ identity, plainName }: ICluster): Readonly<Record<string, string>> {
  const { project, stage, region } = identity;
  return { cluster: plainName, environment: `${project}/${stage}`, region };
}

/** Series of two servers differ by seconds, so whoever asks stays with one of them. */
function shared(replicas: number): Record<string, unknown> {
  return {
    service: { sessionAffinity: replicas > 1 ? "ClientIP" : "None" },
    podDisruptionBudget: { enabled: replicas > 1, minAvailable: 1 },
  };
}

/** The chart's own selectors see what its release brings, and nothing else. */
function seeEverything(): Record<string, unknown> {
  const kinds = ["serviceMonitor", "podMonitor", "probe", "scrapeConfig", "rule"];
  return Object.fromEntries(
    kinds.flatMap((kind) => [
      [`${kind}SelectorNilUsesHelmValues`, false],
      [`${kind}Selector`, {}],
      [`${kind}NamespaceSelector`, {}],
    ]),
  );
}

function remoteWriteValues({ url, authentication, recordedOnly = false }: RemoteWriteOptions): Record<string, unknown> {
  const proof =
    authentication.kind === "sigv4"
      ? { sigv4: { region: authentication.region } }
      : { authorization: { type: "Bearer", credentials: REMOTE_WRITE_SECRET } };
  const kept = { action: "keep", sourceLabels: ["__name__"], regex: RECORDED };
  return {
    replicaExternalLabelName: DEDUPLICATION_LABEL,
    remoteWrite: [{ url, ...proof, ...(recordedOnly && { writeRelabelConfigs: [kept] }) }],
  };
}
