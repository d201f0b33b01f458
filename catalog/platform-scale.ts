/** Numbers of what a platform has, from which the number of series follows. */
export interface PlatformScale {
  /** Nodes of the cluster. */
  readonly nodes: number;
  /** GPUs. */
  readonly gpus: number;
  /** Node pools. */
  readonly pools: number;
  /** Instance types that nodes may be of. */
  readonly instanceTypes: number;
  /** Pods. */
  readonly pods: number;
  /** Containers in them. */
  readonly containers: number;
  /** Namespaces. */
  readonly namespaces: number;
  /** Deployments, stateful sets and daemon sets. */
  readonly workloads: number;
  /** Services. */
  readonly services: number;
  /** Jobs that are kept, done or not. */
  readonly jobs: number;
  /** Cron jobs. */
  readonly cronJobs: number;
  /** Persistent volumes and their claims. */
  readonly volumes: number;
  /** Model services. */
  readonly modelServices: number;
  /** Pods of model services. */
  readonly modelServers: number;
  /** Ray nodes: pods of Ray clusters. */
  readonly rayNodes: number;
  /** Monitored models. */
  readonly models: number;
  /** Columns of the data of all monitored models. */
  readonly modelColumns: number;
  /** Cluster queues of Kueue. */
  readonly clusterQueues: number;
  /** Local queues of Kueue. */
  readonly localQueues: number;
  /** Triggers of KEDA. */
  readonly scaledObjects: number;
  /** Rollouts of Argo. */
  readonly rollouts: number;
  /** Certificates. */
  readonly certificates: number;
  /** External secrets. */
  readonly externalSecrets: number;
  /** Database instances. */
  readonly databases: number;
  /** Nodes of caches. */
  readonly caches: number;
  /** Targets that Prometheus scrapes. */
  readonly scrapeTargets: number;
  /** Groups of rules. */
  readonly ruleGroups: number;
  /** Dashboards. */
  readonly dashboards: number;
}

/** A platform of fifty nodes with two hundred GPUs: large for one team, ordinary for a company. */
export const REFERENCE_SCALE: PlatformScale = {
  nodes: 50,
  gpus: 200,
  pools: 10,
  instanceTypes: 30,
  pods: 2_000,
  containers: 3_000,
  namespaces: 40,
  workloads: 500,
  services: 300,
  jobs: 300,
  cronJobs: 40,
  volumes: 200,
  modelServices: 30,
  modelServers: 90,
  rayNodes: 40,
  models: 30,
  modelColumns: 900,
  clusterQueues: 20,
  localQueues: 40,
  scaledObjects: 40,
  rollouts: 30,
  certificates: 40,
  externalSecrets: 80,
  databases: 3,
  caches: 4,
  scrapeTargets: 500,
  ruleGroups: 60,
  dashboards: 20,
};
