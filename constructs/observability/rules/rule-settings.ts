/** Servers of models whose metrics the rules understand. */
export type ServingEngine = "vllm" | "kserve" | "triton" | "ray-serve" | "fastapi";

/** What a model service promises its callers. */
export interface ServiceObjective {
  /** Name of the service: the label `model_service` of its series. */
  readonly service: string;
  /** Namespace of its pods. */
  readonly namespace: string;
  /** What serves the model. */
  readonly engine: ServingEngine;
  /** Percent of requests that are answered without an error of the server, 90 to 99.99. */
  readonly availabilityPercent: number;
  /**
   * How fast requests are answered.
   *
   * @default - nothing promised
   */
  readonly latency?: LatencyObjective;
}

/** How fast a share of the requests is answered. */
export interface LatencyObjective {
  /** Seconds within which a request is answered: an upper bound of a bucket of the engine's histogram. */
  readonly seconds: number;
  /** Percent of requests, 50 to 99.9. */
  readonly percent: number;
}

/** At what a monitored model is no longer what it was. */
export interface ModelThresholds {
  /** Name of the model: the label `model` of its series. */
  readonly model: string;
  /** Namespace of the monitoring job. */
  readonly namespace: string;
  /**
   * A namespace of the team whose model it is: the label `namespace` of all alerts of the model, by which they find the team.
   *
   * @default - no team's: those are told who are told of what belongs to nobody
   */
  readonly ownerNamespace?: string;
  /** Share of columns that may drift, 0 to 1. */
  readonly maxDriftShare: number;
  /** Share of missing values that any column may have, 0 to 1. */
  readonly maxMissingShare: number;
  /** Rows that a run must have got, at least. */
  readonly minRows: number;
  /**
   * Least value of each metric of quality, by its name (`f1`, `accuracy`, `roc_auc`, `r2`) and greatest of errors (`mae`, `rmse`).
   *
   * @default - quality is recorded, not judged
   */
  readonly quality?: Readonly<Record<string, number>>;
  /** Hours within which a run must have succeeded. */
  readonly maxAgeHours: number;
  /**
   * Name of the trigger that retrains the model when drift or quality alerts fire.
   *
   * @default - nobody but people are told
   */
  readonly retrain?: string;
}

/** Which parts of the platform are there; rules for what is not are left out. */
export interface MonitoredComponents {
  /** GPU nodes. */
  readonly gpus: boolean;
  /** Karpenter. */
  readonly karpenter: boolean;
  /** Kueue. */
  readonly queues: boolean;
  /** KEDA. */
  readonly keda: boolean;
  /** cert-manager. */
  readonly certManager: boolean;
  /** External Secrets. */
  readonly externalSecrets: boolean;
  /** PostgreSQL of the data layer, seen through CloudWatch. */
  readonly database: boolean;
  /** Redis of the data layer, seen through CloudWatch. */
  readonly cache: boolean;
  /** OpenCost. */
  readonly cost: boolean;
  /** Loki. */
  readonly logs: boolean;
  /** Tempo. */
  readonly tracing: boolean;
  /** MLflow. */
  readonly tracking: boolean;
  /** Argo Workflows. */
  readonly workflows: boolean;
}

/** Numbers at which alerts fire; each has a default in `ALERT_THRESHOLDS`. */
export interface AlertThresholds {
  /** Degrees Celsius of a GPU. */
  readonly gpuTemperatureCelsius: number;
  /** Share of a GPU's memory in use, 0 to 1. */
  readonly gpuMemoryRatio: number;
  /** Utilisation under which an allocated GPU counts as idle, 0 to 1. */
  readonly gpuIdleRatio: number;
  /** Minutes for which a GPU must be idle before anybody is told. */
  readonly gpuIdleMinutes: number;
  /** Minutes that a pod with GPUs may wait. */
  readonly gpuPendingMinutes: number;
  /** Share of a persistent volume in use, 0 to 1. */
  readonly volumeRatio: number;
  /** Share of failed requests to MLflow, 0 to 1. */
  readonly trackingErrorRatio: number;
  /** Share of the connections of a database in use, 0 to 1. */
  readonly databaseConnectionRatio: number;
  /** Free storage of a database in bytes. */
  readonly databaseFreeStorageBytes: number;
  /** Seconds for which a request may wait in a model server before it is run, 95th percentile. */
  readonly servingQueueSeconds: number;
  /**
   * Seconds until a request has its first token, 95th percentile.
   *
   * @default - nobody is told: how long it may take depends on the length of prompts
   */
  readonly servingFirstTokenSeconds?: number;
  /** How many times the error ratio of a canary may be that of the stable version. */
  readonly canaryErrorFactor: number;
  /** How many times the 95th percentile of a canary's latency may be that of the stable version. */
  readonly canaryLatencyFactor: number;
}

/** Thresholds where nothing else is said. */
export const ALERT_THRESHOLDS: AlertThresholds = {
  gpuTemperatureCelsius: 85,
  gpuMemoryRatio: 0.95,
  gpuIdleRatio: 0.05,
  gpuIdleMinutes: 60,
  gpuPendingMinutes: 15,
  volumeRatio: 0.85,
  trackingErrorRatio: 0.05,
  databaseConnectionRatio: 0.8,
  databaseFreeStorageBytes: 10 * 1024 ** 3,
  servingQueueSeconds: 5,
  canaryErrorFactor: 2,
  canaryLatencyFactor: 1.5,
};

/** What the rules of one environment are made from. */
export interface RuleSettings {
  /** Which parts there are. */
  readonly components: MonitoredComponents;
  /** Numbers at which alerts fire. */
  readonly thresholds: AlertThresholds;
  /** What model services promise. */
  readonly services: readonly ServiceObjective[];
  /** Models whose data and quality are watched. */
  readonly models: readonly ModelThresholds[];
  /**
   * Connections that the database takes at most: its parameter `max_connections`. CloudWatch knows how many there are, not how
   * many there may be.
   *
   * @default - nobody is told when they run out
   */
  readonly databaseMaxConnections?: number;
  /** US dollars that the environment may cost in a month; undefined: no limit. */
  readonly monthlyBudgetUsd: number | undefined;
  /** US dollars that a pool may cost in a month, by the pool's name. */
  readonly poolBudgetsUsd: Readonly<Record<string, number>>;
}
