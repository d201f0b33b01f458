import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { ComponentProps } from "../components/component-props";
import { installChart } from "../components/install-chart";
import { checkPlace, replicaSettings } from "../components/replicas";
import type { ReplicatedComponentProps } from "../components/replicated-component-props";
import { PropChecks } from "../core/prop-checks";
import { PodRole } from "../identity/pod-role";
import type { PodSecurityLevel } from "../kubernetes/namespace-options";
import type { IObjectStore } from "../storage/store";
import { resourcesOf } from "./private/resources-of";
import { TEMPO_ACCOUNT, TEMPO_PORTS, TEMPO_PREFIX, tempoConfig } from "./private/tracing-config";

/** What a `Tracing` is made of. */
export interface TracingProps extends ComponentProps, Pick<ReplicatedComponentProps, "pool" | "monitoring"> {
  /** Store that keeps the traces, under the prefix `tempo/`. */
  readonly store: IObjectStore;
  /** Days that traces are kept, 1 or more. */
  readonly retentionDays: number;
  /**
   * Volume for what is not in the store yet: 5 or more, in GiB.
   *
   * @default 10
   */
  readonly volumeGiB?: number;
  /**
   * Class of the volume.
   *
   * @default - the default class of the cluster
   */
  readonly storageClassName?: string;
  /**
   * MB of spans that Tempo takes in a second, 1 or more; what comes beyond is refused, and senders try again.
   *
   * @default 15
   */
  readonly ingestionMbPerSecond?: number;
}

/**
 * Tempo as one program: it takes traces by OTLP, over gRPC and HTTP, and keeps them in a store of S3. While it moves to another
 * node nothing is taken, for which senders have their queues; what it had taken is on its volume. Metrics are not made of traces.
 *
 * @example
 * const tracing = new Tracing(this, "Tracing", { cluster, namespace: monitoring, store, retentionDays: 7 });
 * tracing.otlpGrpcAddress; // OTEL_EXPORTER_OTLP_ENDPOINT of whoever sends
 */
export class Tracing extends Construct {
  /** The strictest level its pods run under. */
  static readonly podSecurity: PodSecurityLevel = "restricted";
  /** Ports on which senders reach it: OTLP over gRPC, and over HTTP. */
  static readonly otlpPorts: readonly number[] = [TEMPO_PORTS.otlpGrpc, TEMPO_PORTS.otlpHttp];
  /** Port of its API and its metrics. */
  static readonly queryPort = TEMPO_PORTS.http;

  /** Address of its API, for a data source of Grafana. */
  readonly queryUrl: string;
  /** Address for OTLP over gRPC. */
  readonly otlpGrpcAddress: string;
  /** Address for OTLP over HTTP; senders add `/v1/traces`. */
  readonly otlpHttpAddress: string;
  /** What must stand before traces are kept. */
  readonly ready: readonly ITerraformDependable[];

  /** @throws ValidationError `INVALID_TRACING_PROPS` */
  constructor(scope: Construct, id: string, props: TracingProps) {
    super(scope, id);
    const { cluster, namespace, store } = props;
    this.validateProps(props);

    const { identity, clusterName } = cluster;
    const pods = { namespace: namespace.namespaceName, serviceAccount: TEMPO_ACCOUNT };
    const role = new PodRole(this, "Role", { identity, clusterName, name: "tempo", ...pods });
    store.grantReadWrite(role, `${TEMPO_PREFIX}/`);
    const chart = installChart(this, "Chart", props, {
      chart: "tempo",
      values: this.values(props),
      after: resourcesOf(role),
    });

    const host = `http://tempo.${namespace.namespaceName}.svc.cluster.local`;
    this.queryUrl = `${host}:${TEMPO_PORTS.http}`;
    this.otlpGrpcAddress = `${host}:${TEMPO_PORTS.otlpGrpc}`;
    this.otlpHttpAddress = `${host}:${TEMPO_PORTS.otlpHttp}`;
    this.ready = [chart.resource];
  }

  private values(props: TracingProps): Record<string, unknown> {
    const { cluster, store, retentionDays, ingestionMbPerSecond = 15, monitoring = false } = props;
    const { nodeSelector, tolerations } = replicaSettings(props);
    const { volumeGiB = 10, storageClassName } = props;
    const { region } = cluster.identity;
    return {
      replicas: 1,
      config: tempoConfig({ bucketName: store.bucketName, region, retentionDays, ingestionMbPerSecond }),
      tempo: {
        memBallastSizeMbs: 0,
        reportingEnabled: false,
        metricsGenerator: { enabled: false },
        resources: { requests: { cpu: "100m", memory: "512Mi" }, limits: { memory: "2Gi" } },
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ["ALL"] },
        },
      },
      securityContext: { seccompProfile: { type: "RuntimeDefault" } },
      persistence: { enabled: true, size: `${volumeGiB}Gi`, storageClassName: storageClassName ?? null },
      serviceAccount: { name: TEMPO_ACCOUNT, automountServiceAccountToken: false },
      serviceMonitor: { enabled: monitoring },
      nodeSelector,
      tolerations,
    };
  }

  private validateProps(props: TracingProps): void {
    const checks = new PropChecks(this, "INVALID_TRACING_PROPS");
    checkPlace(checks, props);
    checkWhole(checks, "retentionDays", props.retentionDays, 1);
    checkWhole(checks, "volumeGiB", props.volumeGiB, 5);
    checkWhole(checks, "ingestionMbPerSecond", props.ingestionMbPerSecond, 1);
    checks.throwIfAny();
  }
}

function checkWhole(checks: PropChecks, prop: string, value: number | undefined, least: number): void {
  const fits = value === undefined || (Number.isInteger(value) && value >= least);
  checks.require(fits, prop, `must be a whole number, ${least} or more`, value);
}
