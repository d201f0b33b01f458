import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import type { EnvironmentConfig } from "../../config";
import { type IKey, LogPipeline, type ReplicatedComponentProps, Tracing } from "../../constructs";
import { STORAGE_CLASS } from "../controllers/classes";
import type { Stores } from "../data/stores";
import type { MonitoringNamespaces } from "./namespaces";

/** What logs and traces are kept with. */
export interface StoredSignalsProps extends Omit<ReplicatedComponentProps, "namespace"> {
  /** The environment. */
  readonly config: EnvironmentConfig;
  /** Where they run. */
  readonly namespaces: MonitoringNamespaces;
  /** Stores of the data layer. */
  readonly stores: Stores;
  /** Key of the data layer, which encrypts logs in CloudWatch. */
  readonly encryptionKey: IKey;
  /** What must stand before them. */
  readonly dependsOn: readonly ITerraformDependable[];
}

/** Where Grafana asks for what is kept; undefined where there is nothing to ask. */
export interface SignalAddresses {
  /** Loki. */
  readonly lokiUrl: string | undefined;
  /** Tempo. */
  readonly tempoUrl: string | undefined;
}

/** Defines what keeps logs and traces. */
export function defineStoredSignals(scope: Construct, props: StoredSignalsProps): SignalAddresses {
  const { logs, tracing } = props.config.observability;
  return {
    lokiUrl: logs.backend === "none" ? undefined : defineLogs(scope, props, logs.backend).queryUrl,
    tempoUrl: tracing.enabled ? defineTracing(scope, props).queryUrl : undefined,
  };
}

function defineLogs(scope: Construct, props: StoredSignalsProps, backend: "loki" | "cloudwatch"): LogPipeline {
  const { config, cluster, pool, highAvailability, source, monitoring, dependsOn, stores, encryptionKey } = props;
  const { namespace, agentsNamespace } = props.namespaces;
  const { retentionDays } = config.observability.logs;
  const shared = { cluster, agentsNamespace, retentionDays, source, monitoring, dependsOn };
  if (backend === "cloudwatch") return new LogPipeline(scope, "Logs", { ...shared, backend, encryptionKey });
  return new LogPipeline(scope, "Logs", {
    ...{ ...shared, backend, namespace, pool, highAvailability },
    ...{ store: stores.logs, storageClassName: STORAGE_CLASS },
  });
}

function defineTracing(scope: Construct, props: StoredSignalsProps): Tracing {
  const { config, cluster, pool, source, monitoring, dependsOn, stores } = props;
  const { namespace } = props.namespaces;
  const { retentionDays } = config.observability.tracing;
  return new Tracing(scope, "Tracing", {
    ...{ cluster, namespace, pool, source, monitoring, dependsOn, retentionDays },
    ...{ store: stores.logs, storageClassName: STORAGE_CLASS },
  });
}
