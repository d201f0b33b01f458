import { replicaSettings } from "../../components/replicas";
import type { LokiPipelineOptions } from "../log-pipeline-options";
import { s3Address } from "./s3-address";

/** Beginning of the keys of logs in their store, without the slash. */
export const LOKI_PREFIX = "loki";
/** Service account of Loki's pods. */
export const LOKI_ACCOUNT = "loki";
/** Port of Loki's API. */
export const LOKI_PORT = 3100;

/**
 * Values of Loki as one program, with all of its parts in each replica: enough for some tens of GB a day. The mode in between is
 * gone with Loki 4, and one program for each part is for terabytes.
 */
export function lokiValues(options: LokiPipelineOptions): Record<string, unknown> {
  const { monitoring = false } = options;
  return {
    deploymentMode: "Monolithic",
    loki: lokiSettings(options),
    singleBinary: singleBinary(options),
    serviceAccount: { name: LOKI_ACCOUNT, automountServiceAccountToken: false },
    defaults: { automountServiceAccountToken: false },
    // Nothing stands in front of one service; nothing of it tests itself in production.
    gateway: { enabled: false },
    test: { enabled: false },
    lokiCanary: { enabled: false },
    chunksCache: { enabled: false },
    resultsCache: { enabled: false },
    ruler: { enabled: false },
    sidecar: { rules: { enabled: false } },
    monitoring: { serviceMonitor: { enabled: monitoring, interval: "30s", jobPrefix: null } },
    ...NOTHING_ELSE,
  };
}

/** Parts of the other modes. */
const NOTHING_ELSE = Object.fromEntries(
  ["read", "write", "backend", "ingester", "querier", "queryFrontend", "queryScheduler", "distributor", "compactor"]
    .concat(["indexGateway", "bloomGateway", "bloomPlanner", "bloomBuilder"])
    .map((part) => [part, { replicas: 0 }]),
);

function lokiSettings(options: LokiPipelineOptions): Record<string, unknown> {
  const { store, cluster, retentionDays, ingestionMbPerSecond = 10, maxStreams = 10_000 } = options;
  const { region } = cluster.identity;
  const hours = `${retentionDays * 24}h`;
  return {
    auth_enabled: false,
    commonConfig: { path_prefix: "/var/loki", replication_factor: replicasOf(options) },
    schemaConfig: {
      configs: [
        {
          from: "2024-04-01",
          store: "tsdb",
          object_store: "s3",
          schema: "v13",
          index: { prefix: "index_", period: "24h" },
        },
      ],
    },
    storage: {
      type: "s3",
      bucketNames: { chunks: store.bucketName },
      // The older clients know no prefix for all that they write.
      use_thanos_objstore: true,
      object_store: {
        type: "s3",
        storage_prefix: LOKI_PREFIX,
        s3: { endpoint: s3Address(region), region, dualstack_enabled: false },
      },
    },
    compactor: {
      working_directory: "/var/loki/compactor",
      retention_enabled: true,
      delete_request_store: "s3",
      retention_delete_delay: "2h",
    },
    limits_config: {
      retention_period: hours,
      max_query_lookback: hours,
      reject_old_samples: true,
      reject_old_samples_max_age: "168h",
      ingestion_rate_mb: ingestionMbPerSecond,
      ingestion_burst_size_mb: ingestionMbPerSecond * 2,
      per_stream_rate_limit: "5MB",
      per_stream_rate_limit_burst: "20MB",
      max_global_streams_per_user: maxStreams,
      max_line_size: "256KB",
      max_line_size_truncate: true,
      allow_structured_metadata: true,
      discover_log_levels: true,
      volume_enabled: true,
      split_queries_by_interval: "30m",
      query_timeout: "300s",
    },
    ingester: { chunk_encoding: "snappy", wal: { flush_on_shutdown: true, replay_memory_ceiling: "1GB" } },
    querier: { max_concurrent: 4 },
    analytics: { reporting_enabled: false },
    tracing: { enabled: false },
  };
}

/** Three keep each line on two of them at least while one moves. */
function replicasOf({ highAvailability = true }: LokiPipelineOptions): number {
  return highAvailability ? 3 : 1;
}

function singleBinary(options: LokiPipelineOptions): Record<string, unknown> {
  const { volumeGiB = 20, storageClassName } = options;
  const { nodeSelector, tolerations } = replicaSettings({ ...options });
  const replicas = replicasOf(options);
  return {
    replicas,
    nodeSelector,
    tolerations,
    topologySpreadConstraints: [spreadOver("topology.kubernetes.io/zone"), spreadOver("kubernetes.io/hostname")],
    affinity: null,
    podDisruptionBudget: replicas > 1 ? { enabled: true, maxUnavailable: 1 } : { enabled: false },
    terminationGracePeriodSeconds: 300,
    resources: { requests: { cpu: "250m", memory: "1Gi" }, limits: { memory: "3Gi" } },
    persistence: { enabled: true, size: `${volumeGiB}Gi`, storageClass: storageClassName ?? null },
  };
}

/** A stateful set has no template hash to tell versions apart by; its pods are replaced in place. */
function spreadOver(topologyKey: string): Record<string, unknown> {
  const matchLabels = { "app.kubernetes.io/name": "loki", "app.kubernetes.io/component": "single-binary" };
  return { maxSkew: 1, topologyKey, whenUnsatisfiable: "ScheduleAnyway", labelSelector: { matchLabels } };
}
