import type { ITerraformDependable } from "cdktf";
import type { ICluster } from "../cluster/cluster";
import type { ReplicatedComponentProps } from "../components/replicated-component-props";
import type { IKey } from "../encryption/key";
import type { ChartSource } from "../kubernetes/chart-source";
import type { INamespace } from "../kubernetes/namespace";
import type { IObjectStore } from "../storage/store";

/** What pipelines have in common, wherever the logs go. */
export interface LogPipelineOptions {
  /** The cluster whose pods are read. */
  readonly cluster: ICluster;
  /** Namespace of the agents that read the logs of their node: it must allow privileged pods. */
  readonly agentsNamespace: INamespace;
  /** Days that logs are kept, 1 or more; with CloudWatch one of the numbers of days that it knows. */
  readonly retentionDays: number;
  /**
   * Whether what looks like a secret is taken out of the lines before they leave the node: access keys of AWS, bearer tokens,
   * passwords in addresses and assignments, private keys, tokens of code hosts. It is a net with holes, no reason to log secrets.
   *
   * @default true
   */
  readonly redactSecrets?: boolean;
  /**
   * Whether lines of the levels debug and trace are dropped, where a line says its level.
   *
   * @default false
   */
  readonly dropDebug?: boolean;
  /**
   * Whether there are monitors for the metrics of the pipeline. They need the definitions of the Prometheus operator in the
   * cluster.
   *
   * @default false
   */
  readonly monitoring?: boolean;
  /**
   * Where charts come from.
   *
   * @default - the charts' own repositories
   */
  readonly source?: ChartSource;
  /**
   * What must stand before it is installed, besides the namespaces.
   *
   * @default - nothing
   */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/** Logs go to Loki in the cluster, which keeps them in a store. */
export interface LokiPipelineOptions
  extends LogPipelineOptions, Pick<ReplicatedComponentProps, "pool" | "highAvailability"> {
  /** Names where logs go. */
  readonly backend: "loki";
  /** Namespace of Loki. */
  readonly namespace: INamespace;
  /** Store that keeps the logs, under the prefix `loki/`. */
  readonly store: IObjectStore;
  /**
   * Volume of each Loki, for what is not in the store yet: 10 or more, in GiB.
   *
   * @default 20
   */
  readonly volumeGiB?: number;
  /**
   * Class of the volumes.
   *
   * @default - the default class of the cluster
   */
  readonly storageClassName?: string;
  /**
   * MB of logs that Loki takes in a second, 1 or more; what comes beyond waits on the nodes.
   *
   * @default 10
   */
  readonly ingestionMbPerSecond?: number;
  /**
   * Streams that are written to at a time, 100 or more: each container on each node is one.
   *
   * @default 10000
   */
  readonly maxStreams?: number;
  /**
   * Whether events of Kubernetes are kept as logs too, with the label `job="kubernetes-events"`.
   *
   * @default true
   */
  readonly events?: boolean;
}

/** Logs go to CloudWatch. */
export interface CloudwatchPipelineOptions extends LogPipelineOptions {
  /** Names where logs go. */
  readonly backend: "cloudwatch";
  /** Key that encrypts the logs; its policy must let CloudWatch Logs use it for the log groups of the environment. */
  readonly encryptionKey: IKey;
}

/** What a `LogPipeline` is made of. */
export type LogPipelineProps = LokiPipelineOptions | CloudwatchPipelineOptions;
