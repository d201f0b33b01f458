import { s3Address } from "./s3-address";

/** Beginning of the keys of traces in their store, without the slash. */
export const TEMPO_PREFIX = "tempo";
/** Service account of Tempo's pod. */
export const TEMPO_ACCOUNT = "tempo";
/** Ports of Tempo. */
export const TEMPO_PORTS = { http: 3200, otlpGrpc: 4317, otlpHttp: 4318 } as const;

/** What the configuration says. */
export interface TempoSettings {
  /** May be a reference. */
  readonly bucketName: string;
  readonly region: string;
  readonly retentionDays: number;
  readonly ingestionMbPerSecond: number;
}

/** The whole configuration: the chart's own receives Jaeger too, and has no place for a prefix in a bucket. JSON is YAML. */
export function tempoConfig(settings: TempoSettings): string {
  const { bucketName, region, retentionDays, ingestionMbPerSecond } = settings;
  const bytes = ingestionMbPerSecond * 1_000_000;
  const listen = (port: number) => ({ endpoint: `0.0.0.0:${port}` });
  const protocols = { grpc: listen(TEMPO_PORTS.otlpGrpc), http: listen(TEMPO_PORTS.otlpHttp) };
  const config = {
    server: { http_listen_port: TEMPO_PORTS.http },
    usage_report: { reporting_enabled: false },
    distributor: { receivers: { otlp: { protocols } } },
    compactor: { compaction: { block_retention: `${retentionDays * 24}h` } },
    storage: {
      trace: {
        backend: "s3",
        s3: { bucket: bucketName, prefix: TEMPO_PREFIX, endpoint: s3Address(region), region },
        wal: { path: "/var/tempo/wal" },
      },
    },
    overrides: {
      defaults: { ingestion: { rate_limit_bytes: bytes, burst_size_bytes: bytes + 5_000_000 } },
      per_tenant_override_config: "/conf/overrides.yaml",
    },
  };
  return JSON.stringify(config, null, 2);
}
