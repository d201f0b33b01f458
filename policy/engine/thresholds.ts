import type { Stage } from "./stage";

/** Limits that rules measure against; the defaults of each stage, over which settings may put their own. */
export interface Thresholds {
  /** GPUs that all node groups of an environment may have together at their largest. */
  readonly maxGpus: number;
  /** Nodes that one node group may grow to. */
  readonly maxNodesPerPool: number;
  /** vCPUs that all node groups of an environment may have together at their largest. */
  readonly maxVcpus: number;
  /** US dollars a month that all node groups of an environment may cost at their largest, on demand. */
  readonly maxMonthlyUsd: number;
  /** Principals that may administer a whole cluster. */
  readonly maxClusterAdmins: number;
  /** GiB that the disk of a GPU node has at least: images with CUDA and an inference server take 10 to 30 GiB each. */
  readonly minGpuDiskGib: number;
  /** Days that backups of databases are kept at least. */
  readonly minBackupDays: number;
  /** Hours that a session of a role may last at most. */
  readonly maxSessionHours: number;
  /** Days that log groups keep their events at least. */
  readonly minLogRetentionDays: number;
  /** Days between the order to delete a key and its deletion, at least. */
  readonly minKeyDeletionDays: number;
  /** Days that models can be brought back at least after they were overwritten or deleted. */
  readonly minModelRetentionDays: number;
  /** Days that Prometheus keeps its series at least. */
  readonly minMetricsRetentionDays: number;
  /** Beginnings of addresses that charts may come from. */
  readonly chartRepositories: readonly string[];
  /** Beginnings of image names that may be run, with `*` for any text without a slash. */
  readonly imageRegistries: readonly string[];
  /** Seconds that model servers get to finish their requests at least. */
  readonly minServingGraceSeconds: number;
  /** Seconds that Helm gives a release at least before it counts as failed. */
  readonly minReleaseTimeoutSeconds: number;
  /** Versions of a release that Helm keeps at most. */
  readonly maxReleaseHistory: number;
}

const ANY_STAGE = {
  chartRepositories: ["https://", "oci://"],
  imageRegistries: ["*.dkr.ecr.*.amazonaws.com/", "public.ecr.aws/", "registry.k8s.io/", "nvcr.io/nvidia/"],
  minServingGraceSeconds: 60,
  minReleaseTimeoutSeconds: 300,
  maxReleaseHistory: 10,
  maxSessionHours: 4,
} as const;

/** Limits by stage. */
export const STAGE_THRESHOLDS: Readonly<Record<Stage, Thresholds>> = {
  dev: {
    ...ANY_STAGE,
    maxGpus: 16,
    maxNodesPerPool: 10,
    maxVcpus: 512,
    maxMonthlyUsd: 25_000,
    maxClusterAdmins: 5,
    minGpuDiskGib: 100,
    minBackupDays: 1,
    minLogRetentionDays: 7,
    minKeyDeletionDays: 7,
    minModelRetentionDays: 1,
    minMetricsRetentionDays: 1,
  },
  staging: {
    ...ANY_STAGE,
    maxGpus: 32,
    maxNodesPerPool: 20,
    maxVcpus: 1_024,
    maxMonthlyUsd: 60_000,
    maxClusterAdmins: 3,
    minGpuDiskGib: 100,
    minBackupDays: 3,
    minLogRetentionDays: 14,
    minKeyDeletionDays: 7,
    minModelRetentionDays: 7,
    minMetricsRetentionDays: 7,
  },
  prod: {
    ...ANY_STAGE,
    maxGpus: 128,
    maxNodesPerPool: 50,
    maxVcpus: 4_096,
    maxMonthlyUsd: 500_000,
    maxClusterAdmins: 2,
    minGpuDiskGib: 100,
    minBackupDays: 7,
    minLogRetentionDays: 90,
    minKeyDeletionDays: 14,
    minModelRetentionDays: 30,
    minMetricsRetentionDays: 15,
  },
};
