import type { Stage } from "./environment-config";

/** What a stage gives to settings that a file leaves out. Plain data of the same shape as a file. */
export interface StageDefaults {
  /** Values of the environment itself. */
  readonly environment: Readonly<Record<string, unknown>>;
  /** Values of every pool under `nodePools.cpu`. */
  readonly cpuPool: Readonly<Record<string, unknown>>;
  /** Values of every pool under `nodePools.gpu`. */
  readonly gpuPool: Readonly<Record<string, unknown>>;
  /** Values of every pool under `nodePools.neuron`. */
  readonly neuronPool: Readonly<Record<string, unknown>>;
  /** Values of every pool under `nodePools.karpenter`. */
  readonly karpenterPool: Readonly<Record<string, unknown>>;
}

/** Defaults by stage: dev is cheap and short-lived, prod outlives a zone and forgets slowly, staging lies between. */
export const STAGE_DEFAULTS: Readonly<Record<Stage, StageDefaults>> = {
  dev: {
    environment: {
      protection: { deletion: false },
      network: { nat: "single", flowLogs: { enabled: true, traffic: "reject", retentionDays: 7 } },
      data: {
        keyDeletionWindowDays: 7,
        accessLogs: { enabled: false, retentionDays: 30 },
        database: {
          enabled: true,
          engineVersion: "18",
          instanceClass: "db.t4g.medium",
          storageGiB: 20,
          maxStorageGiB: 100,
          multiAz: false,
          backupRetentionDays: 1,
          finalSnapshot: false,
        },
        cache: {
          enabled: true,
          engine: "valkey",
          engineVersion: "8.1",
          nodeType: "cache.t4g.small",
          replicas: 0,
          snapshotRetentionDays: 0,
        },
        stores: {
          datasets: { noncurrentRetentionDays: 7 },
          artifacts: { noncurrentRetentionDays: 7 },
          models: { noncurrentRetentionDays: 14 },
          logs: { noncurrentRetentionDays: 7, expireAfterDays: 30 },
        },
      },
      cluster: { logRetentionDays: 14 },
      controllers: { highAvailability: false },
      observability: {
        metrics: { retentionDays: 7, storageGiB: 20, replicas: 1, activeSeries: 150_000 },
        logs: { retentionDays: 7 },
      },
      nodePools: {
        system: {
          instanceTypes: ["m7i.large", "m6i.large"],
          capacity: "on-demand",
          minSize: 1,
          desiredSize: 2,
          maxSize: 3,
          diskGiB: 50,
        },
      },
    },
    cpuPool: { capacity: "spot", minSize: 0, desiredSize: 0, maxSize: 4, diskGiB: 100 },
    gpuPool: { capacity: "spot" },
    neuronPool: { capacity: "spot" },
    karpenterPool: { capacity: ["spot", "on-demand"] },
  },
  staging: {
    environment: {
      protection: { deletion: false },
      network: { nat: "single", flowLogs: { enabled: true, traffic: "reject", retentionDays: 30 } },
      data: {
        keyDeletionWindowDays: 14,
        accessLogs: { enabled: true, retentionDays: 30 },
        database: {
          enabled: true,
          engineVersion: "18",
          instanceClass: "db.t4g.large",
          storageGiB: 50,
          maxStorageGiB: 200,
          multiAz: false,
          backupRetentionDays: 7,
          finalSnapshot: false,
        },
        cache: {
          enabled: true,
          engine: "valkey",
          engineVersion: "8.1",
          nodeType: "cache.t4g.medium",
          replicas: 1,
          snapshotRetentionDays: 1,
        },
        stores: {
          datasets: { noncurrentRetentionDays: 14, infrequentAccessAfterDays: 60 },
          artifacts: { noncurrentRetentionDays: 14 },
          models: { noncurrentRetentionDays: 30 },
          logs: { noncurrentRetentionDays: 7, expireAfterDays: 90 },
        },
      },
      cluster: { logRetentionDays: 30 },
      controllers: { highAvailability: true },
      observability: {
        metrics: { retentionDays: 15, storageGiB: 50, replicas: 1, activeSeries: 300_000 },
        logs: { retentionDays: 14 },
      },
      nodePools: {
        system: {
          instanceTypes: ["m7i.xlarge", "m6i.xlarge"],
          capacity: "on-demand",
          minSize: 2,
          desiredSize: 2,
          maxSize: 4,
          diskGiB: 50,
        },
      },
    },
    cpuPool: { capacity: "spot", minSize: 0, desiredSize: 1, maxSize: 6, diskGiB: 100 },
    gpuPool: { capacity: "spot" },
    neuronPool: { capacity: "spot" },
    karpenterPool: { capacity: ["spot", "on-demand"] },
  },
  prod: {
    environment: {
      protection: { deletion: true },
      network: { nat: "per-zone", flowLogs: { enabled: true, traffic: "all", retentionDays: 365 } },
      data: {
        keyDeletionWindowDays: 30,
        accessLogs: { enabled: true, retentionDays: 365 },
        database: {
          enabled: true,
          engineVersion: "18",
          instanceClass: "db.m7g.large",
          storageGiB: 200,
          maxStorageGiB: 2000,
          multiAz: true,
          backupRetentionDays: 35,
          finalSnapshot: true,
        },
        cache: {
          enabled: true,
          engine: "valkey",
          engineVersion: "8.1",
          nodeType: "cache.r7g.large",
          replicas: 2,
          snapshotRetentionDays: 7,
        },
        stores: {
          datasets: { noncurrentRetentionDays: 30, infrequentAccessAfterDays: 90 },
          artifacts: { noncurrentRetentionDays: 30, infrequentAccessAfterDays: 60 },
          models: { noncurrentRetentionDays: 365 },
          logs: { noncurrentRetentionDays: 30, infrequentAccessAfterDays: 60, expireAfterDays: 400 },
        },
      },
      cluster: { logRetentionDays: 365 },
      controllers: { highAvailability: true },
      observability: {
        metrics: { retentionDays: 30, storageGiB: 200, replicas: 2, activeSeries: 500_000 },
        logs: { retentionDays: 90 },
      },
      nodePools: {
        system: {
          instanceTypes: ["m7i.xlarge", "m6i.xlarge"],
          capacity: "on-demand",
          minSize: 3,
          desiredSize: 3,
          maxSize: 6,
          diskGiB: 100,
        },
      },
    },
    cpuPool: { capacity: "on-demand", minSize: 2, desiredSize: 2, maxSize: 12, diskGiB: 100 },
    gpuPool: { capacity: "on-demand" },
    neuronPool: { capacity: "on-demand" },
    karpenterPool: { capacity: ["on-demand"] },
  },
};
