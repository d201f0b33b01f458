import type { ReplicatedComponentProps } from "../components/replicated-component-props";
import type { INamespace } from "../kubernetes/namespace";
import type { AlertRouting } from "./alert-receivers";
import type { StoredSecret } from "./stored-secret";

/** Signs samples for Amazon Managed Service for Prometheus with the role of the service account of Prometheus. */
export interface Sigv4Signature {
  /** How the receiver knows the sender. */
  readonly kind: "sigv4";
  /** Region of the workspace. */
  readonly region: string;
}

/** Sends a bearer token with the samples. */
export interface BearerToken {
  /** How the receiver knows the sender. */
  readonly kind: "bearer";
  /** The token. */
  readonly token: StoredSecret;
}

/** Where samples are sent too. */
export interface RemoteWriteOptions {
  /** Address that takes Prometheus remote write, `https://`. */
  readonly url: string;
  /** How the receiver knows the sender. */
  readonly authentication: Sigv4Signature | BearerToken;
  /**
   * Whether only recorded series and the alerts are sent: a small part of all series, and of what keeping them costs.
   *
   * @default false
   */
  readonly recordedOnly?: boolean;
}

/** CPU and memory of each Prometheus. */
export interface PrometheusResources {
  /** CPU it requests, such as `2`; there is no limit. */
  readonly cpu: string;
  /** Memory it requests, such as `8Gi`. */
  readonly memory: string;
  /** Memory it is limited to: queries take more than what series need. */
  readonly memoryLimit: string;
}

/** Addresses under which people reach the servers, which links in notifications lead to. */
export interface PrometheusStackLinks {
  /**
   * Prometheus, `https://`.
   *
   * @default - its address within the cluster
   */
  readonly prometheus?: string;
  /**
   * Alertmanager, `https://`.
   *
   * @default - its address within the cluster
   */
  readonly alertmanager?: string;
}

/** What a `PrometheusStack` is made of. */
export interface PrometheusStackProps extends Omit<ReplicatedComponentProps, "monitoring"> {
  /** Namespace of what runs on every node and sees the node: it must allow privileged pods. */
  readonly agentsNamespace: INamespace;
  /** Who is told of which alerts. */
  readonly alerting: AlertRouting;
  /**
   * Name of the `ClusterSecretStore` that secrets come through. It must be open to the namespace.
   *
   * @default "aws-secrets-manager"
   */
  readonly secretStore?: string;
  /**
   * Days for which series are kept, 1 to 400. The oldest go before that when `storageGiB` is not enough.
   *
   * @default 15
   */
  readonly retentionDays?: number;
  /**
   * Seconds between two samples of a series, 10 to 120: after 5 minutes without a sample Prometheus takes a series for gone.
   *
   * @default 30
   */
  readonly scrapeIntervalSeconds?: number;
  /**
   * How many series there are at a time, 10,000 to 20,000,000. Storage and memory follow from it.
   *
   * @default 300000
   */
  readonly activeSeries?: number;
  /**
   * Volume of each Prometheus in GiB, 10 to 16,000. Four fifths are for series, the rest for what is not yet compacted.
   *
   * @default - what `activeSeries` take in `retentionDays`
   */
  readonly storageGiB?: number;
  /**
   * Storage class of volumes.
   *
   * @default "gp3"
   */
  readonly storageClassName?: string;
  /**
   * Whether series, and what Alertmanager knows of silences, are kept on volumes. `false`: all of it is gone when a pod moves.
   *
   * @default true
   */
  readonly persistent?: boolean;
  /**
   * Prometheus servers, 1 to 3. Each scrapes and keeps everything; what is asked goes to one of them.
   *
   * @default - 2 with `highAvailability`, else 1
   */
  readonly replicas?: number;
  /**
   * CPU and memory of each Prometheus.
   *
   * @default - what `activeSeries` need
   */
  readonly resources?: PrometheusResources;
  /**
   * Where samples are sent too.
   *
   * @default - nowhere
   */
  readonly remoteWrite?: RemoteWriteOptions;
  /**
   * Whether Prometheus takes remote write from whoever reaches it, as Tempo needs to write the metrics it makes of traces.
   *
   * @default false
   */
  readonly remoteWriteReceiver?: boolean;
  /**
   * Whether cert-manager, which must stand before this, makes the certificate of the operator's webhook and renews it.
   *
   * @default - false: a job of the chart makes one, which nothing renews
   */
  readonly certManager?: boolean;
  /**
   * Addresses under which people reach the servers.
   *
   * @default - those within the cluster
   */
  readonly links?: PrometheusStackLinks;
}
